using System.Text.Json;
using Lintel.Worlds.Ads;

namespace Lintel.Cli.Tests.Verbs;

/// <summary>What models cost and bring, on a small ads world.</summary>
public sealed class TradeoffsVerbTests : IDisposable
{
    private const string Design = """
        lintel: 1
        system: ads
        goal: Fill a page with ads.
        catalogues:
          ad:
            source: ads.parquet
            key: ad_id
            from: created
            until: ended
            fields: { advertiser: text, category: text, bid: number }
        events:
          request: { source: requests/*.parquet, id: request_id, time: at, keys: { user: user_id, slot: slot_id }, fields: { device: text } }
          impression: { source: impressions/*.parquet, id: impression_id, about: request by request_id, time: at, keys: { ad: ad_id }, fields: { position: number } }
          click: { source: clicks/*.parquet, about: impression by impression_id, time: at }
        decision: { each: request, kind: ranking, of: ad, shown: impression, label: click within 30m }
        split: { by: time, train: 70%, test: 30% }
        candidates:
          fresh: { kind: newest, take: 20 }
        features:
          user: user hashed 20 bits
          ad: ad hashed 20 bits
          slot: slot
          both: cross(user, ad.category) hashed 20 bits
          position: impression.position (serving 1)
          ctr: rate(click, impression) by ad over 7d smoothed 20
        models:
          numbers: { kind: logistic, uses: [position, ctr] }
          pctr: { kind: ftrl }
        evaluate: { metrics: [ndcg@4] }
        policy:
          - rank by ad.bid * pctr
          - take 4
        serve: { mode: online, on failure: fresh }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-tradeoffs-").FullName;

    public TradeoffsVerbTests()
    {
        File.WriteAllText(Path.Combine(_folder, "design.yaml"), Design);
        AdsWorld.Make(Path.Combine(_folder, "data"), new() { Users = 600, Ads = 300, Days = 10 });
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Tradeoffs_are_one_object_and_a_page()
    {
        var answer = Lintel("tradeoffs");
        answer.ExitCode.ShouldBe(0);
        var made = answer.Json.GetProperty("tradeoffs");
        made.GetProperty("testRows").GetInt32().ShouldBeGreaterThan(5_000);
        var models = made.GetProperty("models").EnumerateArray().ToList();
        models.Select(static m => (m.GetProperty("name").GetString(), m.GetProperty("learnsOnline").GetBoolean()))
            .ShouldBe([("numbers", false), ("pctr", true)]);
        foreach (var way in models[1].GetProperty("ways").EnumerateArray())
        {
            var figures = way.GetProperty("figures");
            figures.GetProperty("normalisedEntropy").GetDouble().ShouldBeInRange(0.9, 1.02);
            figures.GetProperty("auc").GetDouble().ShouldBeInRange(0.55, 0.8);
            way.GetProperty("days").GetArrayLength().ShouldBe(3);
        }
        Entropy(models[1], "online 5m").ShouldBeLessThan(Entropy(models[1], "fitted once"));
        var page = File.ReadAllText(answer.Json.GetProperty("page").GetString()!);
        page.ShouldContain("pctr, online 5m, reweighted");
        page.ShouldNotContain("<script");
        answer.Error.ShouldContain("pctr online 1h");
    }

    [Fact]
    public void Sampling_does_not_show_in_the_probabilities()
    {
        var answer = Lintel("sampling", "--model", "pctr");
        answer.ExitCode.ShouldBe(0);
        var ways = answer.Json.GetProperty("ways").EnumerateArray().ToList();
        ways.Count.ShouldBe(5);
        var rows = ways.Select(static w => w.GetProperty("rows").GetInt32()).ToList();
        rows[1].ShouldBeLessThan(rows[0] / 2);
        foreach (var way in ways.Where((_, i) => i is 0 or 1))
        {
            way.GetProperty("figures").GetProperty("calibration").GetDouble().ShouldBeInRange(0.8, 1.25, way.GetProperty("way").GetString());
        }
        Lintel("sampling", "--model", "nobody").Json.GetProperty("error").GetString()!.ShouldContain("numbers, pctr");
    }

    [Fact]
    public void Without_an_online_learner_the_fault_says_which_kinds_are()
    {
        File.WriteAllText(Path.Combine(_folder, "design.yaml"), Design.Replace("{ kind: ftrl }", "{ kind: logistic, uses: [ctr] }", StringComparison.Ordinal));
        var answer = Lintel("tradeoffs");
        answer.ExitCode.ShouldBe(2);
        answer.Json.GetProperty("error").GetString()!.ShouldContain("no model learns online");
    }

    private static double Entropy(JsonElement model, string way) => model.GetProperty("ways").EnumerateArray()
        .Single(w => w.GetProperty("way").GetString() == way).GetProperty("figures").GetProperty("normalisedEntropy").GetDouble();

    private LintelAnswer Lintel(string verb, params string[] more) =>
        LintelProcess.Run([verb, _folder, "--data", Path.Combine(_folder, "data"), .. more, "--json", "--workspace", _folder]);
}
