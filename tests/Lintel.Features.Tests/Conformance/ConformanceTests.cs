using Lintel.Design;
using Lintel.Events;

namespace Lintel.Features.Tests.Conformance;

/// <summary>Every feature of every design: replayed = fed live, one by one = read without accepting = continued after a restart.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string> Designs()
    {
        var designs = new TheoryData<string>("test");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var systems = Path.Combine(folder.FullName, "systems");
            if (!File.Exists(Path.Combine(folder.FullName, "Lintel.slnx")) || !Directory.Exists(systems)) { continue; }
            // rankings, whose rows are read a candidate at a time, have a suite of their own; random events have no catalogue to read
            foreach (var path in Directory.GetFiles(systems, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Where(static p => !File.ReadLines(p).Any(static l => l.StartsWith("candidates:", StringComparison.Ordinal) || l.StartsWith("catalogues:", StringComparison.Ordinal))))
            {
                designs.Add(path);
            }
        }
        return designs;
    }

    [Theory]
    [MemberData(nameof(Designs))]
    public void Replayed_is_fed_live(string path)
    {
        var design = path == "test" ? TestDesign() : TestDesigns.FeaturesOf(path);
        foreach (var order in new[] { InstantOrder.ByPlace, InstantOrder.Together })
        {
            for (var seed = 0UL; seed < 5; seed++)
            {
                var history = new RandomHistory(design, seed) { Seconds = seed < 3 ? 60 : 40 * 86_400, Size = 150, Corrections = 0.2 }.Make();
                AssertSame(history, order);
            }
        }
    }

    private static void AssertSame(EventHistory history, InstantOrder order)
    {
        var plan = new FeaturePlanBuilder(history.Design, history.Dictionaries, history.Catalogues).Build();
        var half = history.Order[history.Order.Length / 2].Known;
        var restarted = new MemoryStream();
        var replayed = FeatureReplay.Run(history, new FeatureEngine(plan, order), new()
        {
            KeepRegisters = static _ => true,
            Snapshots = [(half, engine => engine.Save(restarted))],
        });
        var live = new FeatureEngine(plan, order);
        var after = (FeatureEngine?)null;
        var scratch = new double[64];
        var (registers, peeked) = (new double[plan.RegisterCount], new double[plan.RegisterCount]);
        var position = 0;
        foreach (var entry in history.Order)
        {
            if (entry.Known >= half && after is null)
            {
                restarted.Position = 0;
                after = FeatureEngine.Load(restarted, plan, order);
            }
            var record = history.Read(entry, scratch);
            var isDecision = entry.Type == history.Design.Decision.Each.Number;
            if (isDecision) { live.Peek(record, peeked); }
            live.Accept(record, registers);
            if (isDecision)
            {
                replayed.Rows[position].ShouldBe(entry.Row);
                var expected = replayed.RegistersOf(position).ToArray();
                registers.ShouldBe(expected);
                peeked.ShouldBe(expected);
                for (var f = 0; f < plan.FeatureCount; f++)
                {
                    replayed.FeaturesOf(position)[f].ShouldBe((float)expected[plan.FeatureStart + f]);
                }
                position++;
            }
            if (after is null) { continue; }
            after.Accept(record, peeked);
            if (isDecision) { peeked.ShouldBe(registers); }
        }
        position.ShouldBe(replayed.Rows.Length);
        position.ShouldBeGreaterThan(0);
    }

    private static SystemDesign TestDesign() => TestDesigns.Payments("""
        amount: amount
        channel_is: channel = 'channel 1'
        known_channel: channel in ['channel 1', 'channel 2', 'never seen']
        ratio: amount / mean_3d
        night: hour(time) <= 6 or weekday(time) >= 6
        mean_3d: mean(payment.amount) by card over 3d
        mean_30s: mean(payment.amount) by card over 30s
        terminals: distinct(payment.terminal) by card over 10d
        cards_ever: distinct(payment.card) by terminal
        extremes: max(payment.amount) by card over 5d - min(payment.amount) by card over 5d
        spread: std(payment.amount) by terminal over 20d ?? 0
        risk: mean(verdict.fraud) by terminal over 30d ?? 0.01
        risk_is_high: if risk > 0.5 then 1 else if present(spread) then 0 else missing
        last_verdict: last(verdict.fraud) by card
        worst: max(verdict.loss) by card, terminal over 30d where fraud
        idle: days(since(payment) by card)
        tries: sum(login.tries) by card over 1d
        channel_id: channel
        card_id: card hashed 22 bits
        card_channel: cross(card, channel, weekday(time), night) hashed 18 bits
        clean_rate: rate(verdict, payment) by terminal over 30d smoothed 20
        """);
}
