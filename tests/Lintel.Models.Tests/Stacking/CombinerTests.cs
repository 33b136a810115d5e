using Lintel.Models.Stacking;
using Lintel.Numerics.Random;

namespace Lintel.Models.Tests.Stacking;

public sealed class CombinerTests
{
    public static TheoryData<string> Kinds => [.. ModelKinds.Combiners.Select(static t => t.Kind.Name)];

    [Theory, MemberData(nameof(Kinds))]
    public void Base_and_weights_give_the_score(string kind)
    {
        var combiner = Fit(kind);
        var weights = new double[2];
        foreach (var margins in new double[][] { [0.5, -2], [3, 9], [-7, 0] })
        {
            var start = combiner.Explain(margins, weights);
            (start + (weights[0] * margins[0]) + (weights[1] * margins[1])).ShouldBe(combiner.Score(margins), 1e-12);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Written_and_read_scores_the_same_bits(string kind)
    {
        var combiner = Fit(kind);
        var bytes = Bytes(combiner);
        var read = Of(kind).Read(new(new MemoryStream(bytes)));
        read.InputCount.ShouldBe(2);
        read.Scale.ShouldBe(combiner.Scale);
        read.Score([0.3, 0.7]).ShouldBe(combiner.Score([0.3, 0.7]));
        Bytes(Fit(kind)).ShouldBe(bytes, "a fit repeats to the byte");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Damaged_payload_is_refused(string kind)
    {
        var bytes = Bytes(Fit(kind));
        bytes[0] = 77;
        Should.Throw<InvalidDataException>(() => Of(kind).Read(new(new MemoryStream(bytes)))).Message.ShouldContain("scale 77");
        for (var at = 0; at < bytes.Length; at++)
        {
            var cut = Bytes(Fit(kind))[..at];
            var fault = Should.Throw<Exception>(() => Of(kind).Read(new(new MemoryStream(cut))));
            (fault is InvalidDataException or EndOfStreamException).ShouldBeTrue();
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Unfit_rows_are_refused_in_words(string kind)
    {
        Fault(kind, [], [], 2).ShouldContain("no out-of-fold row");
        Fault(kind, [1, 0], [], 0).ShouldContain("no model");
        Fault(kind, [1, 0], [1, 2, 3], 2).ShouldContain("3 margins");
        Fault(kind, [1, 0], [1, 2, double.NaN, 3], 2).ShouldContain("row 1, model 0");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Wrong_number_of_margins_is_refused(string kind) =>
        Should.Throw<ArgumentException>(() => Fit(kind).Score([1, 2, 3])).Message.ShouldContain("3 margins");

    [Theory, MemberData(nameof(Kinds))]
    public void Scoring_allocates_nothing(string kind)
    {
        var combiner = Fit(kind);
        double[] margins = [1, 2];
        combiner.Score(margins);
        var before = GC.GetAllocatedBytesForCurrentThread();
        combiner.Score(margins);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Stack_finds_the_log_odds_that_made_the_labels()
    {
        // P = σ(0.8·a + 0.3·b − 1): b is a novelty measure on a scale of its own
        var random = new RandomStream(5);
        const int count = 40_000;
        var margins = new double[2 * count];
        var labels = new float[count];
        for (var i = 0; i < count; i++)
        {
            margins[2 * i] = 2 * random.NextNormal();
            margins[(2 * i) + 1] = 10 + (3 * random.NextNormal());
            var z = (0.8 * margins[2 * i]) + (0.3 * (margins[(2 * i) + 1] - 10)) - 1;
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-z)) ? 1 : 0;
        }
        var stack = new StackTrainer().Fit(
            new StackParameters(), labels, margins, 2, [ScoreScale.LogOdds, ScoreScale.Novelty], SyntheticRows.Context());
        stack.Scale.ShouldBe(ScoreScale.LogOdds);
        var weights = new double[2];
        stack.Explain([0, 0], weights).ShouldBe(-4, 0.15);
        weights[0].ShouldBe(0.8, 0.03);
        weights[1].ShouldBe(0.3, 0.02);
    }

    [Fact]
    public void Stack_gives_a_constant_input_no_weight()
    {
        var stack = new StackTrainer().Fit(new StackParameters(), [0, 1, 0, 1], [3, 1, 3, 2, 3, 1.5, 3, 3], 2,
            [ScoreScale.LogOdds, ScoreScale.LogOdds], SyntheticRows.Context());
        var weights = new double[2];
        stack.Explain([3, 1], weights);
        weights[0].ShouldBe(0);
        weights[1].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Stack_needs_both_classes() =>
        Should.Throw<FitException>(() => new StackTrainer().Fit(new StackParameters(), [0, 0], [1, 2], 1, [ScoreScale.LogOdds], SyntheticRows.Context()))
            .Message.ShouldContain("0 positive and 2 negative");

    [Fact]
    public void Average_is_the_mean_and_refuses_two_scales()
    {
        var trainer = new AverageTrainer();
        var scales = new[] { ScoreScale.Novelty, ScoreScale.Novelty };
        var average = trainer.Fit(new Lintel.Design.Kinds.NoParameters(), [1], [1, 2], 2, scales, SyntheticRows.Context());
        average.Score([1, 4]).ShouldBe(2.5);
        average.Scale.ShouldBe(ScoreScale.Novelty);
        scales[1] = ScoreScale.LogOdds;
        Should.Throw<FitException>(() => trainer.Fit(new Lintel.Design.Kinds.NoParameters(), [1], [1, 2], 2, scales, SyntheticRows.Context()))
            .Message.ShouldContain("Novelty and LogOdds");
    }

    private static ICombinerTrainer Of(string kind) => ModelKinds.Combiners.Single(t => t.Kind.Name == kind);

    private static ICombiner Fit(string kind) => Fit(kind, [0, 1, 0, 1, 1], [-1, -2, 1, 1, 0, -1, 2, 0, -0.5, 3], 2);

    private static ICombiner Fit(string kind, float[] labels, double[] margins, int inputs)
    {
        var trainer = Of(kind);
        return trainer.Fit(Activator.CreateInstance(trainer.Kind.Parameters)!, labels, margins, inputs,
            Enumerable.Repeat(ScoreScale.LogOdds, inputs).ToArray(), SyntheticRows.Context());
    }

    private static string Fault(string kind, float[] labels, double[] margins, int inputs) =>
        Should.Throw<FitException>(() => Fit(kind, labels, margins, inputs)).Message;

    private static byte[] Bytes(ICombiner combiner)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) { combiner.Write(writer); }
        return stream.ToArray();
    }
}
