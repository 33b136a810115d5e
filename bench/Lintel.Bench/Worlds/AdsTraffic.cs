using System.Globalization;
using System.Text;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Ranking;
using Lintel.Worlds.Ads;

namespace Lintel.Bench.Worlds;

/// <summary>What a client of the ads system sends: requests as they come in the world, what was shown of each page a second later, and the
/// clicks that the truth gives. A click comes within half an hour or not at all.</summary>
internal sealed class AdsTraffic(AdsTruth truth, ulong seed)
{
    private const int MeanSeconds = 12, Second = 1_000_000;

    private readonly RandomStream _random = new(seed, stream: 0xADC1);

    /// <summary>Body that asks for a page.</summary>
    public string Request(int request) =>
        $$"""{"id":"{{Id(request)}}","user":"{{truth.User(request)}}","slot":"{{truth.Slot(request)}}","site":"{{truth.Site(request)}}","device":"{{truth.Device(request)}}"}""";

    /// <summary>Shows a page and has it clicked.</summary>
    /// <param name="at">When it was asked for, microseconds.</param>
    /// <param name="send">Told each body and when it is due.</param>
    /// <returns>By position: the true chance of a click, and whether there is one.</returns>
    public (double Chance, bool IsClicked)[] Show(int request, IReadOnlyList<ShownItem> page, long at, Action<string, long> send)
    {
        var shown = new (double, bool)[page.Count];
        var body = new StringBuilder("[");
        for (var p = 0; p < page.Count; p++)
        {
            body.Append(CultureInfo.InvariantCulture, $$"""{{(p > 0 ? "," : "")}}{"event":"impression","id":"{{Id(request)}}-{{p}}","about":"{{Id(request)}}","ad":"{{page[p].Item}}","position":{{p + 1}}""");
            // what the policy cannot tell is null; a price is in units of 0.0001, as the design declares
            body.Append(CultureInfo.InvariantCulture, $",\"propensity\":{Number(page[p].Propensity, "R")},\"price\":{Number(page[p].Price, "0.####")}");
            body.Append('}');
            var chance = truth.ClickWithinHalfHour(request, int.Parse(page[p].Item, CultureInfo.InvariantCulture), p + 1);
            shown[p] = (chance, _random.NextDouble() < chance);
            if (!shown[p].Item2) { continue; }
            var delay = 1 + Math.Min(1_500, -MeanSeconds * Math.Log(1 - _random.NextDouble()));
            send($$"""{"event":"click","about":"{{Id(request)}}-{{p}}"}""", at + Second + (long)(delay * Second));
        }
        send(body.Append(']').ToString(), at + Second);
        return shown;
    }

    private static string Number(double value, string format) => double.IsNaN(value) ? "null" : value.ToString(format, CultureInfo.InvariantCulture);

    private static string Id(int request) => string.Create(CultureInfo.InvariantCulture, $"s{request}");
}
