using System.Globalization;
using System.Text;
using Lintel.Decisions.Pages;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Events;
using Lintel.Events.Sources;
using Lintel.Models;
using Lintel.Pipeline;
using Lintel.Retrieval.Sources;
using Lintel.Training.Fitting;
using Lintel.Training.Metrics;
using Lintel.Training.Ranking;

namespace Lintel.Training.Tests.Ranking;

/// <summary>Requests for ads, one an hour, of which each shows two at their positions, and clicks that follow.</summary>
internal sealed class SmallAds : IDisposable
{
    internal const long Minute = 60_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-ads-").FullName;
    private readonly StringBuilder _clicks = new("impression_id,at\n");

    private const string Text = """
        lintel: 1
        system: ads
        goal: Show what will be clicked.
        catalogues:
          ad: { source: ads.csv, key: ad, fields: { bid: number } }
        events:
          request: { source: requests.csv, id: request_id, time: at, keys: { user: user } }
          impression: { source: impressions.csv, id: impression_id, about: request by request_id, time: at, keys: { ad: ad }, fields: { position: number } }
          click: { source: clicks.csv, about: impression by impression_id, time: at }
        decision: { each: request, kind: ranking, of: ad, shown: impression, label: click within 30m }
        split: { by: time, train: 50%, test: 50% }
        candidates:
          fresh: { kind: newest, take: 10 }
        features:
          position: impression.position (serving 1)
          bid: ad.bid
          ctr: rate(click, impression) by ad over 1d smoothed 2
        models:
          pctr: { kind: logistic }
        evaluate:
          metrics: [ndcg@10]
        policy:
          - take 2
        serve: { mode: online, on failure: fresh }
        """;

    internal static DateTime Start { get; } = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Request r is made at hour r and shows ads r mod 3 and r + 1 mod 3 a minute and two minutes later.</summary>
    internal const int Requests = 10;

    /// <summary>Known instants count from here, microseconds.</summary>
    internal static long Hour(int hour) => ((Start.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond) + (hour * 60 * Minute);

    /// <summary>A click on what a request showed at a position, so many minutes after it was shown.</summary>
    internal SmallAds Click(int request, int position, int minutes)
    {
        _clicks.AppendLine(CultureInfo.InvariantCulture, $"i{request}-{position},{At(request, position + minutes)}");
        return this;
    }

    internal Preparation Prepare()
    {
        var (requests, impressions) = (new StringBuilder("request_id,at,user\n"), new StringBuilder("impression_id,request_id,at,ad,position\n"));
        for (var r = 0; r < Requests; r++)
        {
            requests.AppendLine(CultureInfo.InvariantCulture, $"r{r},{At(r, 0)},u{r % 2}");
            for (var p = 1; p <= 2; p++)
            {
                impressions.AppendLine(CultureInfo.InvariantCulture, $"i{r}-{p},r{r},{At(r, p)},a{(r + p - 1) % 3},{p}");
            }
        }
        File.WriteAllText(Path.Combine(_folder, "ads.csv"), "ad,bid\na0,1\na1,2\na2,3\n");
        File.WriteAllText(Path.Combine(_folder, "requests.csv"), requests.ToString());
        File.WriteAllText(Path.Combine(_folder, "impressions.csv"), impressions.ToString());
        File.WriteAllText(Path.Combine(_folder, "clicks.csv"), _clicks.ToString());
        var diagnostics = new DiagnosticBag();
        var design = DesignFile.Parse("ads.yaml", Text, new([
            .. ModelKinds.Kinds, .. MetricKinds.Kinds, .. RankingMetricKinds.Kinds, .. PageStepKinds.Kinds, .. CandidateKinds.Kinds]), diagnostics);
        diagnostics.ThrowIfErrors();
        var dictionaries = new CodeDictionaries();
        var history = HistoryReader.Read(design!, _folder, dictionaries, new() { BadRowShare = 0 });
        return Preparation.Of(CompiledDesign.Compile(design!, dictionaries, history.Catalogues), history);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string At(int hour, int minute) => Start.AddHours(hour).AddMinutes(minute).ToString("s", CultureInfo.InvariantCulture);
}
