using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;
using Lintel.Events;
using Lintel.Events.Sources;
using Lintel.Worlds.Ads;

namespace Lintel.Worlds.Tests.Ads;

/// <summary>The files as a design reads them; kinds stand in for those that the rooms above register.</summary>
public sealed class AdsDesignTests : IDisposable
{
    private static readonly AdsOptions Small = new() { Days = 9, Ads = 300, Users = 400, Seed = 7 };

    private const string Text = """
        lintel: 1
        system: ads
        goal: Fill a page with ads.
        catalogues:
          ad:
            source: ads.parquet
            key: ad_id
            from: created
            until: ended
            fields: { advertiser: text, campaign: text, creative: text, category: text, format: text, bid: number, budget: number }
          user:
            source: users.parquet
            key: user_id
            fields: { age: number, region: text, interests: list, interest_1: text, interest_2: text, interest_3: text }
        events:
          request: { source: requests/*.parquet, id: request_id, time: at, keys: { user: user_id, slot: slot_id }, fields: { site: text, device: text } }
          impression:
            source: impressions/*.parquet
            id: impression_id
            about: request by request_id
            time: at
            keys: { ad: ad_id }
            fields: { position: number, propensity: number, price: number in 0.0001 }
          click: { source: clicks/*.parquet, about: impression by impression_id, time: at }
        decision: { each: request, kind: ranking, of: ad, shown: impression, label: click within 30m }
        split: { by: time, train: 70%, validate: 10%, test: 20% }
        candidates:
          all: { kind: stand-in, take: 200 }
        features:
          seen_1d: count(impression) by user, ad over 1d
          clicks_1d: count(click) by ad over 1d
          clicks_user: count(click) by user, ad.category over 7d
          is_told: ad.category = user.interest_1
          bid: ad.bid
        models: { pctr: { kind: stand-in } }
        evaluate: { metrics: [stand-in@4] }
        policy:
          - take 4
        """;

    private static readonly KindRegistry Kinds = new([
        new(KindFamily.Model, "stand-in", typeof(NoParameters), "Stands for any model."),
        new(KindFamily.RankingMetric, "stand-in", typeof(NoParameters), "Stands for any metric."),
        new(KindFamily.CandidateSource, "stand-in", typeof(NoParameters), "Stands for any source."),
        new(KindFamily.PolicyStep, "take", typeof(Take), "Cuts the page.") { Sentence = "take {count}" }]);

    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-world-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_design_reads_every_row_and_the_truth_joins_by_ids()
    {
        AdsWorld.Make(_folder, Small);
        var (history, truth) = (HistoryReader.Read(Read(), _folder, new(), new() { BadRowShare = 0 }), AdsTruth.Of(Small));
        history.Report.Findings.ShouldBeEmpty();
        var description = AdsWorld.ReadDescription(_folder).ShouldNotBeNull();
        history.Report.Counts.Select(static c => (c.Event, c.Rows, c.Taken)).ShouldBe(
        [
            ("request", description.Requests, description.Requests), ("impression", description.Impressions, description.Impressions),
            ("click", description.LoggedClicks, description.LoggedClicks), ("ad", Small.Ads, Small.Ads), ("user", Small.Users, Small.Users),
        ]);
        var (impressions, ads) = (history.Tables[1], history.Dictionaries["ad"]);
        var (key, position, price) = (Column(impressions, "ad"), Column(impressions, "position"), Column(impressions, "price"));
        for (var row = 0; row < impressions.RowCount; row += 37)
        {
            var request = int.Parse(history.Tables[0].Ids[impressions.Subjects![row]]);
            var place = (int)position[row] - 1;
            truth.Shown(request)[place].ShouldBe(int.Parse(ads.Text((int)key[row])));
            truth.ShownPrices(request)[place].ShouldBe(price[row]);
            history.Catalogues[0].Value(5, key[row]).ShouldBeGreaterThanOrEqualTo(price[row]);
        }
        // late, early and doubled clicks are in the log as they came
        var clicks = history.Tables[2];
        var delays = Enumerable.Range(0, clicks.RowCount).Select(r => clicks.KnownOf(r) - impressions.KnownOf(clicks.Subjects![r])).ToArray();
        delays.Count(static d => d > 1_800_000_000L).ShouldBeInRange(1, clicks.RowCount / 20);
        delays.Count(static d => d < 0).ShouldBeGreaterThan(0);
        clicks.Subjects!.Distinct().Count().ShouldBe(description.Clicks);
    }

    private static double[] Column(EventTable table, string name) => table.Columns[table.Event.Find(name)];

    private static SystemDesign Read()
    {
        var diagnostics = new DiagnosticBag();
        var design = DesignFile.Parse("ads.yaml", Text, Kinds, diagnostics);
        diagnostics.All.Select(static d => d.ToString()).ShouldBeEmpty();
        return design.ShouldNotBeNull();
    }

    public sealed record Take
    {
        [Parameter("Places.", Min = 1)]
        public int Count { get; init; } = 10;
    }
}
