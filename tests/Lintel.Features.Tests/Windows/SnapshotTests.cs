using Lintel.Design;
using Lintel.Events;

namespace Lintel.Features.Tests.Windows;

/// <summary>A state that is saved and loaded continues to the bit; a damaged or foreign one is refused.</summary>
public sealed class SnapshotTests
{
    private static readonly SystemDesign Design = TestDesigns.Payments("""
        n_{3s,20s}: count(payment) by card over {3s,20s}
        n: count(payment) by card
        mean_{3s,20s}: mean(payment.amount) by card over {3s,20s}
        std: std(payment.amount) by card
        std_20s: std(payment.amount) by card over 20s
        min_{3s,20s}: min(payment.amount) by card over {3s,20s}
        max: max(payment.amount) by card
        distinct_{3s,20s}: distinct(payment.terminal) by card over {3s,20s}
        distinct: distinct(payment.channel) by card
        last: last(payment.amount) by terminal
        since: since(payment) by card, terminal
        risk_{3s,20s}: mean(verdict.fraud) by terminal over {3s,20s}
        worst_20s: max(verdict.loss) by terminal over 20s
        worst: max(verdict.loss) by terminal
        kinds: distinct(verdict.fraud) by terminal
        all: count(payment) over 10s
        """);

    [Theory]
    [InlineData(InstantOrder.Together)]
    [InlineData(InstantOrder.ByPlace)]
    public void A_loaded_state_continues_to_the_bit(InstantOrder order)
    {
        for (var seed = 0UL; seed < 40; seed++)
        {
            var history = new RandomHistory(Design, seed) { Corrections = 0.3 }.Make();
            var plan = new FeaturePlanBuilder(Design, history.Dictionaries).Build();
            var kept = new FeatureEngine(plan, order);
            var cut = (int)seed * history.Order.Length / 40;
            for (var i = 0; i < cut; i++) { Accept(kept, history, i); }
            var first = Save(kept);
            var loaded = FeatureEngine.Load(new MemoryStream(first), plan, order);
            Save(loaded).ShouldBe(first);
            for (var i = cut; i < history.Order.Length; i++)
            {
                Accept(loaded, history, i).ShouldBe(Accept(kept, history, i));
            }
            Save(loaded).ShouldBe(Save(kept));
        }
    }

    [Fact]
    public void Equal_histories_save_equal_bytes_whatever_was_swept_between()
    {
        var history = new RandomHistory(Design, 7) { Seconds = 400, Size = 100 }.Make();
        var plan = new FeaturePlanBuilder(Design, history.Dictionaries).Build();
        var plain = new FeatureEngine(plan, InstantOrder.ByPlace);
        var often = new FeatureEngine(plan, InstantOrder.ByPlace);
        for (var i = 0; i < history.Order.Length; i++)
        {
            _ = Accept(plain, history, i);
            _ = Accept(often, history, i);
            if (i % 10 == 0) { often = FeatureEngine.Load(new MemoryStream(Save(often)), plan, InstantOrder.ByPlace); }
        }
        Save(often).ShouldBe(Save(plain));
    }

    [Fact]
    public void A_state_from_files_goes_live_with_its_last_instant_over()
    {
        var history = new RandomHistory(Design, 3).Make();
        var plan = new FeaturePlanBuilder(Design, history.Dictionaries).Build();
        var files = new FeatureEngine(plan, InstantOrder.Together);
        for (var i = 0; i < history.Order.Length; i++) { _ = Accept(files, history, i); }
        var live = FeatureEngine.Load(new MemoryStream(Save(files)), plan, InstantOrder.ByPlace);
        live.Order.ShouldBe(InstantOrder.ByPlace);
        // at the very next instant both have seen everything
        var payment = history.Order.Last(static e => e.Type == 0);
        var next = payment with { Known = history.Order[^1].Known + 1 };
        Accept(live, history, next).ShouldBe(Accept(files, history, next));
    }

    [Fact]
    public void A_state_that_is_cut_short_altered_or_of_another_plan_is_refused()
    {
        var history = new RandomHistory(Design, 1).Make();
        var plan = new FeaturePlanBuilder(Design, history.Dictionaries).Build();
        var engine = new FeatureEngine(plan, InstantOrder.Together);
        for (var i = 0; i < history.Order.Length; i++) { _ = Accept(engine, history, i); }
        var bytes = Save(engine);
        string Fault(byte[] state, FeaturePlan of) => Should.Throw<InvalidDataException>(
            () => FeatureEngine.Load(new MemoryStream(state), of, InstantOrder.Together)).Message;

        foreach (var length in new[] { 0, 10, bytes.Length / 2, bytes.Length - 1 })
        {
            Fault(bytes[..length], plan).ShouldContain("cut short");
        }
        foreach (var at in new[] { 20, bytes.Length / 2, bytes.Length - 5 })
        {
            var altered = bytes.ToArray();
            altered[at] ^= 1;
            Fault(altered, plan).ShouldContain("altered");
        }
        var other = new FeaturePlanBuilder(TestDesigns.Payments("n: count(payment) by card over 4s"), history.Dictionaries).Build();
        Fault(bytes, other).ShouldContain("belongs to plan");
        var empty = new FeaturePlanBuilder(Design, new CodeDictionaries()).Build();
        Fault(bytes, empty).ShouldContain("dictionaries");
    }

    [Fact]
    public void Features_that_need_no_new_state_keep_the_hash()
    {
        var dictionaries = new CodeDictionaries();
        string Hash(string features) => new FeaturePlanBuilder(TestDesigns.Payments(features), dictionaries).Build().StateHash;
        Hash("a: count(payment) by card over 4s\nb: a + 1").ShouldBe(Hash("x: count(payment) by card over 4s"));
        Hash("a: count(payment) by card over 5s").ShouldNotBe(Hash("a: count(payment) by card over 4s"));
        Hash("a: count(payment) by card over 4s where amount > 1").ShouldNotBe(Hash("a: count(payment) by card over 4s"));
    }

    private static byte[] Save(FeatureEngine engine)
    {
        var stream = new MemoryStream();
        engine.Save(stream);
        return stream.ToArray();
    }

    private static double[] Accept(FeatureEngine engine, EventHistory history, int place) =>
        Accept(engine, history, history.Order[place]);

    private static double[] Accept(FeatureEngine engine, EventHistory history, LogEntry entry)
    {
        var scratch = new double[32];
        var registers = new double[engine.Plan.RegisterCount];
        engine.Accept(history.Read(entry, scratch), registers);
        return registers;
    }
}
