using Lintel.Cli.Tests.House;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Events;
using Lintel.Features;
using Lintel.Features.Tests;
using Lintel.Numerics.Random;
using Lintel.Pipeline;

namespace Lintel.Cli.Tests.Systems;

/// <summary>Every feature of every ranking: read in one pass = continued after a restart = read without accepting.</summary>
public sealed class RankingFeatureTests
{
    public static TheoryData<string> Rankings() =>
    [
        .. Checkout.Files("systems", ".yaml").Select(Checkout.Relative)
            .Where(static p => DesignFile.Load(Checkout.PathOf(p), Composition.Kinds).Decision.Ranking is not null),
    ];

    [Theory]
    [MemberData(nameof(Rankings))]
    public void Candidates_read_the_same_after_a_restart_and_by_a_peek(string path)
    {
        var design = DesignFile.Load(Checkout.PathOf(path), Composition.Kinds);
        foreach (var order in new[] { InstantOrder.ByPlace, InstantOrder.Together })
        {
            for (var seed = 0UL; seed < 3; seed++)
            {
                AssertSame(new RandomHistory(design, seed) { Seconds = seed < 2 ? 60 : 40 * 86_400, Size = 60, Corrections = 0.2 }.Make(), order);
            }
        }
    }

    private const string Ads = """
        lintel: 1
        system: ads
        goal: Show what will be clicked.
        catalogues:
          ad: { source: ads.csv, key: ad, fields: { advertiser: text, topics: list, bid: number } }
          user: { source: users.csv, key: user, fields: { region: text, interests: list } }
        events:
          request: { source: requests.csv, id: request_id, time: at, keys: { user: user }, fields: { device: text } }
          impression: { source: impressions.csv, id: impression_id, about: request by request_id, time: at, keys: { ad: ad }, fields: { position: number } }
          click: { source: clicks.csv, about: impression by impression_id, time: at }
        decision: { each: request, kind: ranking, of: ad, shown: impression, label: click within 30m }
        split: { by: time, train: 50%, test: 50% }
        candidates:
          fresh: { kind: newest, take: 10 }
        features:
          device: device
          advertiser: ad.advertiser
          user: user hashed 22 bits
          ad: ad hashed 20 bits
          user_x_advertiser: cross(user, ad.advertiser) hashed 22 bits
          user_x_topic: cross(device, hour(time), ad.bid > 20) hashed 18 bits
          topics: ad.topics most 3
          interests: user.interests most 2 hashed 12 bits
          position: impression.position (serving 1)
          ctr_{30s,1d}: rate(click, impression) by ad over {30s,1d} smoothed 20
          topic_ctr: rate(click, impression) by user, ad.topics over 1d
        models:
          pctr: { kind: logistic }
        evaluate:
          metrics: [ndcg@10]
        policy:
          - take 2
        serve: { mode: online, on failure: fresh }
        """;

    [Fact]
    public void Ids_read_the_same_after_a_restart_and_by_a_peek()
    {
        var diagnostics = new DiagnosticBag();
        var design = DesignFile.Parse("ads.yaml", Ads, Composition.Kinds, diagnostics);
        diagnostics.ThrowIfErrors();
        foreach (var order in new[] { InstantOrder.ByPlace, InstantOrder.Together })
        {
            for (var seed = 0UL; seed < 5; seed++) { AssertSame(new RandomHistory(design!, seed) { Seconds = 60, Size = 60 }.Make(), order); }
        }
    }

    [Fact]
    public void Candidates_have_their_own_ids_and_allocate_nothing()
    {
        var design = DesignFile.Parse("ads.yaml", Ads, Composition.Kinds, new())!;
        var history = new RandomHistory(design, 1) { Size = 60 }.Make();
        var plan = CompiledDesign.Compile(design, history.Dictionaries, history.Catalogues).Plan;
        var engine = new FeatureEngine(plan, InstantOrder.ByPlace);
        var asked = history.Order.First(e => e.Type == design.Decision.Each.Number);
        var values = history.Read(asked, new double[64]).Values.ToArray();
        var (shared, registers) = (new double[plan.RegisterCount], new double[plan.RegisterCount]);
        var at = plan.FeatureNames.IndexOf("topics_1");
        var topics = plan.Row!.Items.Design.Find("topics");
        plan.FeatureShapes[at].ShouldBe(plan.FeatureShapes[at + 2]);
        void Round()
        {
            engine.ReadRequest(asked.Known, values, shared);
            for (var item = 0; item < plan.Row.Items.Count; item++)
            {
                shared.CopyTo(registers);
                plan.Row.FillCandidate(item, [1], registers);
                engine.ReadCandidate(asked.Known, registers);
                var members = plan.Row.Items.List(topics, item);
                for (var m = 0; m < 3; m++)
                {
                    var expected = m < members.Length ? members[m] : double.NaN;
                    if (!registers[plan.FeatureStart + at + m].Equals(expected)) { throw new InvalidOperationException($"item {item}, member {m}"); }
                }
            }
        }

        Round();
        Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Round();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static void AssertSame(EventHistory history, InstantOrder order)
    {
        var plan = CompiledDesign.Compile(history.Design, history.Dictionaries, history.Catalogues).Plan;
        var (engine, restarted) = (new FeatureEngine(plan, order), (FeatureEngine?)null);
        var (scratch, random, read) = (new double[64], new RandomStream(7), 0);
        for (var e = 0; e < history.Order.Length; e++)
        {
            var record = history.Read(history.Order[e], scratch);
            engine.Advance(record.Known);
            if (e == history.Order.Length / 2)
            {
                using var saved = new MemoryStream();
                engine.Save(saved);
                saved.Position = 0;
                restarted = FeatureEngine.Load(saved, plan, order);
            }
            restarted?.Advance(record.Known);
            if (record.Type == history.Design.Decision.Each.Number)
            {
                var item = random.NextInt32(plan.Row!.Items.Count);
                int[] ranks = [.. plan.Row.Ranking.Candidates.Select(c => random.NextInt32(c.Take + 1))];
                var peeked = Read(engine, plan, record, item, ranks, peek: true);
                var accepted = Read(engine, plan, record, item, ranks, peek: false);
                peeked.ShouldBe(accepted);
                if (restarted is not null) { Read(restarted, plan, record, item, ranks, peek: false).ShouldBe(accepted); }
                accepted.AsSpan(plan.FeatureStart).IndexOfAnyExcept(double.NaN).ShouldBeGreaterThanOrEqualTo(0);
                read++;
            }
            engine.Accept(record, default);
            restarted?.Accept(record, default);
        }
        read.ShouldBeGreaterThan(10);
    }

    private static double[] Read(FeatureEngine engine, FeaturePlan plan, in EventRecord record, int item, int[] ranks, bool peek)
    {
        var registers = new double[plan.RegisterCount];
        engine.ReadRequest(record.Known, record.Values, registers, peek);
        plan.Row!.FillCandidate(item, ranks, registers);
        engine.ReadCandidate(record.Known, registers, peek);
        return registers;
    }
}
