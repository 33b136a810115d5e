using Lintel.Design;
using Lintel.Events;

namespace Lintel.Features.Tests.Windows;

/// <summary>What the engine holds, gives back, allocates and refuses.</summary>
public sealed class UpkeepTests
{
    private const long Second = 1_000_000;

    private static readonly SystemDesign Design = TestDesigns.Payments("""
        n_{5s,50s}: count(payment) by card over {5s,50s}
        mean_50s: mean(payment.amount) by card over 50s
        std_50s: std(payment.amount) by card over 50s
        max_50s: max(payment.amount) by card over 50s
        terminals: distinct(payment.terminal) by card over 50s
        pair: count(payment) by card, terminal over 50s
        risk: mean(verdict.fraud) by terminal over 50s
        since: since(payment) by card over 50s
        sum: sum(payment.amount)
        """);

    [Theory]
    [InlineData(InstantOrder.Together)]
    [InlineData(InstantOrder.ByPlace)]
    public void Accept_allocates_nothing_in_steady_state(InstantOrder order)
    {
        var engine = Engine(order);
        var registers = new double[engine.Plan.RegisterCount];
        for (var i = 0; i < 20_000; i++) { Feed(engine, i, keys: 50, registers); }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 20_000; i < 40_000; i++) { Feed(engine, i, keys: 50, registers); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void State_of_idle_keys_is_freed()
    {
        var engine = Engine(InstantOrder.ByPlace);
        var registers = new double[engine.Plan.RegisterCount];
        // every key is seen for a while and never again
        for (var i = 0; i < 200_000; i++) { Feed(engine, i, keys: int.MaxValue, registers); }
        foreach (var state in engine.States) { state.KeyCount.ShouldBeLessThan(4_000); }
        engine.States.Sum(static s => s.RingWords).ShouldBeLessThan(1_000_000);
        var (size, snapshot) = (new MemoryStream(), engine.States.Sum(static s => s.KeyCount));
        engine.Save(size);
        size.Length.ShouldBeLessThan(100_000);
        engine.States.Sum(static s => s.KeyCount).ShouldBeLessThan(snapshot);
    }

    [Fact]
    public void A_value_too_large_for_exact_sums_is_refused_by_name()
    {
        var engine = Engine(InstantOrder.ByPlace);
        var values = new double[] { 0, 0, 1, 1, 1e14, 0 };
        var fault = Should.Throw<OverflowException>(() => engine.Check(Payment(0, 0, values)));
        fault.Message.ShouldContain("mean_50s");
        fault.Message.ShouldContain("100000000000000");
        fault.Message.ShouldContain("larger scale");
        values[4] = 9e12;
        engine.Check(Payment(0, 0, values));
    }

    [Fact]
    public void Sums_do_not_drift()
    {
        var engine = Engine(InstantOrder.ByPlace);
        var registers = new double[engine.Plan.RegisterCount];
        for (var i = 0; i < 100_000; i++)
        {
            double[] values = [i * Second, i * Second, 0, 0, i % 3 == 0 ? 0.1 : 1e9 + 0.3, 0];
            engine.Accept(Payment(i, i * Second, values), registers);
        }
        // what is left in the window is what was put there, to the bit
        double[] small = [2e5 * Second, 2e5 * Second, 0, 0, 0.1, 0];
        for (var i = 0; i < 4; i++) { engine.Accept(Payment(i, 200_000 * Second, small), registers); }
        registers[engine.Plan.FeatureStart + 2].ShouldBe(0.1);
        registers[engine.Plan.FeatureStart + 3].ShouldBe(0);
    }

    [Fact]
    public void Records_out_of_order_and_short_registers_are_refused()
    {
        var engine = Engine(InstantOrder.Together);
        var registers = new double[engine.Plan.RegisterCount];
        double[] values = [0, 0, 0, 0, 1, 0];
        engine.Accept(Payment(0, 5, values), registers);
        Should.Throw<ArgumentException>(() => engine.Accept(Payment(1, 4, values), registers)).Message.ShouldContain("log order");
        Should.Throw<ArgumentException>(() => engine.Accept(Payment(1, 6, values), [])).Message.ShouldContain("registers");
    }

    private static FeatureEngine Engine(InstantOrder order) =>
        new(new FeaturePlanBuilder(Design, new CodeDictionaries()).Build(), order);

    private static void Feed(FeatureEngine engine, int i, int keys, double[] registers)
    {
        var time = i * Second / 10;
        Span<double> payment = [time, time, i / 3 % keys, i / 7 % keys, i % 97, i % 3];
        engine.Accept(Payment(i, time, payment), registers);
        Span<double> verdict = [time, time, i % 2, 5, time, time, payment[2], payment[3], payment[4], payment[5]];
        engine.Accept(new() { Type = 1, Number = i, Subject = i, Known = time, Values = verdict }, default);
    }

    private static EventRecord Payment(int number, long known, ReadOnlySpan<double> values) =>
        new() { Type = 0, Number = number, Subject = -1, Known = known, Values = values };
}
