using System.Globalization;
using System.Text;
using Lintel.Pipeline.Live;

namespace Lintel.Training.Tests.Continuous;

/// <summary>A workspace of pages that show two of three ads, each clicked or not within ten minutes: ad a four times of ten, ad b one of
/// twenty, ad c never, as it never stands on a page; a version that was trained on two weeks of it and goes on learning.</summary>
internal sealed class TrainedAds : TrainedSystem
{
    private const string Design = """
        lintel: 1
        system: ads
        goal: Show the ads that are clicked.
        catalogues:
          ad: { source: ads.csv, key: ad, fields: { bid: number } }
        events:
          request: { source: requests.csv, id: request, time: at, keys: { user: user } }
          impression: { source: impressions.csv, id: impression, about: request by request, time: at, keys: { ad: ad }, fields: { position: number } }
          click: { source: clicks.csv, about: impression by impression, time: at }
        decision: { each: request, kind: ranking, of: ad, shown: impression, labels: { click: click within 10m } }
        split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 1h }
        candidates:
          fresh: { kind: newest, take: 3 }
        features:
          ad: ad
          position: impression.position (serving 1)
          requests_1h: count(request) by user over 1h
        models:
          clicks: { kind: ftrl, alpha: 0.2 }
        evaluate:
          metrics: [normalised-entropy, auc, calibration, ndcg@2]
          baselines: [random]
        policy:
          - drop if ad.bid <= 0
          - take 2
        serve: { mode: online, on failure: fresh }
        retrain: { continuous: 5m, rollback: calibration outside 0.85..1.2, refit: now }
        """;

    /// <summary>Two learners and a model that stays, combined.</summary>
    internal const string Stack =
        "kind: ftrl, alpha: 0.2 }\n  deep: { kind: dcn }\n  trees: { kind: xgboost, trees: 5, depth: 2 }\n  both: { kind: stack, of: [clicks, deep, trees]";

    private int _sent;

    /// <param name="gates">More of what the design's evaluation says.</param> <param name="model">What learns.</param>
    internal TrainedAds(string gates = "", string model = "kind: ftrl, alpha: 0.2")
        : base(
            Design.Replace("policy:", gates.Length == 0 ? "policy:" : $"  gates: {gates}\npolicy:", StringComparison.Ordinal)
                .Replace("kind: ftrl, alpha: 0.2", model, StringComparison.Ordinal),
            Files())
    {
    }

    /// <summary>As the history has it.</summary>
    /// <param name="i">Number of the request.</param>
    internal static bool Usual(int i, string ad) => ad == "a" ? i % 10 < 4 : i % 20 == 7;

    /// <summary>Asks for pages, ten seconds between two, shows what stands on them and clicks; returns when ten minutes have passed and one
    /// more page was asked for, so that every label is known.</summary>
    /// <param name="clicked">Of the number of a page and an ad.</param>
    internal async Task<long> PlayAsync(LiveService live, int count, Func<int, string, bool> clicked)
    {
        for (var i = 0; i < count; i++)
        {
            foreach (var (ad, impression) in await ShowAsync(live))
            {
                if (clicked(i, ad)) { await ClickAsync(live, impression); }
            }
            Clock.Advance(TimeSpan.FromSeconds(10));
        }
        Clock.Advance(TimeSpan.FromMinutes(11));
        await AskAsync(live);
        return live.Log.Durable;
    }

    /// <summary>Asks for a page and shows all of it.</summary>
    internal async Task<IReadOnlyList<(string Ad, string Impression)>> ShowAsync(LiveService live)
    {
        var shown = new List<(string, string)>();
        var (request, ads) = await AskAsync(live);
        for (var p = 0; p < ads.Count; p++)
        {
            shown.Add((ads[p], $"{request}-{p}"));
            await ShowAsync(live, shown[^1].Item2, request, ads[p], p + 1);
        }
        return shown;
    }

    /// <summary>Asks for a page.</summary>
    internal async Task<(string Request, IReadOnlyList<string> Ads)> AskAsync(LiveService live)
    {
        var id = $"r{++_sent}";
        var decision = await SendAsync(live, $$"""{"id":"{{id}}","user":"u{{_sent % 3_000}}"}""", decide: true);
        return (id, [.. decision!.Page!.Shown.Select(static s => s.Item)]);
    }

    internal static Task ShowAsync(LiveService live, string impression, string request, string ad, int position) => SendAsync(
        live, $$"""{"event":"impression","id":"{{impression}}","about":"{{request}}","ad":"{{ad}}","position":{{position}}}""", decide: false);

    internal static Task ClickAsync(LiveService live, string impression) =>
        SendAsync(live, $$"""{"event":"click","about":"{{impression}}"}""", decide: false);

    private static Dictionary<string, string> Files()
    {
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var (requests, clicks) = (new StringBuilder("request,at,user\n"), new StringBuilder("impression,at\n"));
        var impressions = new StringBuilder("impression,request,at,ad,position\n");
        for (var i = 0; i < 2_000; i++)
        {
            var at = start.AddMinutes(10 * i);
            requests.Append(CultureInfo.InvariantCulture, $"h{i},{at:s},u{i % 50}\n");
            for (var p = 1; p <= 2; p++)
            {
                // each stands as often at the top as below
                var ad = (i / 20 % 2 == 0) == (p == 1) ? "a" : "b";
                impressions.Append(CultureInfo.InvariantCulture, $"h{i}-{p},h{i},{at.AddSeconds(1):s},{ad},{p}\n");
                if (Usual(i, ad)) { clicks.Append(CultureInfo.InvariantCulture, $"h{i}-{p},{at.AddMinutes(1):s}\n"); }
            }
        }
        return new()
        {
            ["ads.csv"] = "ad,bid\na,1\nb,1\nc,0\n",
            ["requests.csv"] = requests.ToString(),
            ["impressions.csv"] = impressions.ToString(),
            ["clicks.csv"] = clicks.ToString(),
        };
    }
}
