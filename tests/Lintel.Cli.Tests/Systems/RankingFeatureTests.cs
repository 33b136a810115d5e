using Lintel.Cli.Tests.House;
using Lintel.Design;
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
