using Lintel.Models.Calibration;
using Lintel.Numerics.Random;

namespace Lintel.Models.Tests.Calibration;

public sealed class CalibratorTests
{
    private static readonly double[] Margins = [-3, -2.5, -2.5, -1, -0.5, 0, 0.25, 0.5, 0.5, 1, 1.5, 2, 3, 4];
    private static readonly float[] Labels = [0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 1, 1];

    public static TheoryData<string> Kinds => [.. ModelKinds.Calibrators.Select(static t => t.Kind.Name)];

    [Theory, MemberData(nameof(Kinds))]
    public void Probability_never_falls_and_stays_inside_zero_and_one(string kind)
    {
        var random = new RandomStream(3);
        for (var round = 0; round < 30; round++)
        {
            var count = 1 + random.NextInt32(60);
            var margins = new double[count];
            var labels = new float[count];
            for (var i = 0; i < count; i++)
            {
                margins[i] = Math.Round(3 * random.NextNormal(), random.NextInt32(3));
                labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-margins[i])) ? 1 : 0;
            }
            var calibrator = Of(kind).Fit(margins, labels);
            var last = 0.0;
            for (var m = -15.0; m <= 15; m += 0.01)
            {
                var p = calibrator.Probability(m);
                p.ShouldBeInRange(double.BitIncrement(0), double.BitDecrement(1));
                p.ShouldBeGreaterThanOrEqualTo(last);
                last = p;
            }
            calibrator.Probability(-1e300).ShouldBeGreaterThan(0);
            calibrator.Probability(1e300).ShouldBeLessThan(1);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Overconfident_margins_are_brought_back(string kind)
    {
        // labels come from half the log-odds that are claimed
        var random = new RandomStream(11);
        var margins = new double[60_000];
        var labels = new float[margins.Length];
        for (var i = 0; i < margins.Length; i++)
        {
            margins[i] = 4 * random.NextNormal();
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-margins[i] / 2)) ? 1 : 0;
        }
        var calibrator = Of(kind).Fit(margins, labels);
        foreach (var m in new[] { -4.0, -1, 0, 2, 5 }) { calibrator.Probability(m).ShouldBe(1 / (1 + Math.Exp(-m / 2)), 0.05); }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Written_and_read_gives_the_same_bits(string kind)
    {
        var calibrator = Of(kind).Fit(Margins, Labels);
        var bytes = Bytes(calibrator);
        Bytes(Of(kind).Fit(Margins, Labels)).ShouldBe(bytes, "a fit repeats to the byte");
        var read = Of(kind).Read(new(new MemoryStream(bytes)));
        for (var m = -5.0; m < 5; m += 0.1) { read.Probability(m).ShouldBe(calibrator.Probability(m)); }
        for (var at = 0; at < bytes.Length; at++)
        {
            var fault = Should.Throw<Exception>(() => Of(kind).Read(new(new MemoryStream(bytes[..at]))));
            (fault is InvalidDataException or EndOfStreamException).ShouldBeTrue();
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void One_class_gives_a_constant_inside_zero_and_one(string kind)
    {
        Of(kind).Fit([1, 2, 3], [0, 0, 0]).Probability(2).ShouldBeInRange(0.01, 0.4);
        Of(kind).Fit([1, 2, 3], [1, 1, 1]).Probability(2).ShouldBeInRange(0.6, 0.99);
        Of(kind).Fit([7], [1]).Probability(7).ShouldBeInRange(0.5, 0.99);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Unfit_rows_are_refused_in_words(string kind)
    {
        Should.Throw<FitException>(() => Of(kind).Fit([], [])).Message.ShouldContain("no out-of-fold row");
        Should.Throw<FitException>(() => Of(kind).Fit([1], [1, 0])).Message.ShouldContain("1 margins for 2 labels");
        Should.Throw<FitException>(() => Of(kind).Fit([1, double.NaN], [1, 0])).Message.ShouldContain("row 1 scored NaN");
        Should.Throw<FitException>(() => Of(kind).Fit([1, 2], [1, 0.5f])).Message.ShouldContain("row 1 has label 0.5");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Missing_margin_has_no_probability(string kind) =>
        Of(kind).Fit(Margins, Labels).Probability(double.NaN).ShouldBe(double.NaN);

    [Theory]
    [InlineData("isotonic")]
    [InlineData("platt")]
    public void Row_of_weight_two_counts_as_two_and_of_weight_zero_as_none(string kind)
    {
        var weighted = Of(kind).Fit([1, 2, 3, 4, 5], [0, 1, 0, 1, 1], [2, 1, 2, 0, 1]);
        var repeated = Of(kind).Fit([1, 1, 2, 3, 3, 5], [0, 0, 1, 0, 0, 1]);
        foreach (var margin in (double[])[0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6])
        {
            weighted.Probability(margin).ShouldBe(repeated.Probability(margin), 1e-9, $"at {margin}");
        }
        Should.Throw<FitException>(() => Of(kind).Fit([1, 2], [0, 1], [1])).Message.ShouldContain("1 weights for 2 labels");
        Should.Throw<FitException>(() => Of(kind).Fit([1, 2], [0, 1], [1, -1])).Message.ShouldContain("a weight is -1");
    }

    // scikit-learn 1.2.1, IsotonicRegression(out_of_bounds='clip').predict; its ends of 0 and 1 are 1/8 and 5/6 here
    [Theory]
    [InlineData(-2.5, 0.25)]
    [InlineData(-1.2, 0.25)]
    [InlineData(-0.5, 0.25)]
    [InlineData(-0.25, 0.375)]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 0.5)]
    [InlineData(0.9, 0.6333333333333333)]
    [InlineData(1, 0.6666666666666666)]
    [InlineData(1.7, 0.6666666666666666)]
    [InlineData(-3, 0.125)]
    [InlineData(-9, 0.125)]
    [InlineData(3, 0.8333333333333333)]
    [InlineData(9, 0.8333333333333333)]
    [InlineData(2.5, 0.75)]
    public void Isotonic_agrees_with_scikit_learn(double margin, double expected) =>
        new IsotonicTrainer().Fit(Margins, Labels).Probability(margin).ShouldBe(expected, 1e-12);

    [Fact]
    public void Isotonic_pools_equal_margins_whatever_their_order()
    {
        var a = new IsotonicTrainer().Fit([1, 1, 1, 2], [1, 0, 0, 1]);
        var b = new IsotonicTrainer().Fit([2, 1, 1, 1], [1, 0, 0, 1]);
        Bytes(a).ShouldBe(Bytes(b));
        a.Probability(1).ShouldBe(1.0 / 3, 1e-12);
    }

    [Fact]
    public void Isotonic_file_with_falling_probabilities_is_refused()
    {
        var bytes = Bytes(new IsotonicCalibrator([new(0, 1, 0.6), new(2, 3, 0.4)]));
        Should.Throw<InvalidDataException>(() => new IsotonicTrainer().Read(new(new MemoryStream(bytes)))).Message.ShouldContain("step 1");
    }

    // the minimum of Platt's loss by scikit-learn 1.2.1, _SigmoidCalibration (its a and b are ours negated)
    [Fact]
    public void Platt_agrees_with_scikit_learn()
    {
        var platt = (PlattCalibrator)new PlattTrainer().Fit(Margins, Labels);
        platt.Slope.ShouldBe(0.36584085, 1e-6);
        platt.Intercept.ShouldBe(-0.08393475, 1e-6);
    }

    [Fact]
    public void Platt_of_margins_against_the_labels_is_the_base_rate()
    {
        var platt = (PlattCalibrator)new PlattTrainer().Fit([1, 2, 3, 4], [1, 1, 0, 0]);
        platt.Slope.ShouldBe(0);
        platt.Probability(3).ShouldBe(0.5, 1e-12);
    }

    private static ICalibratorTrainer Of(string kind) => ModelKinds.Calibrators.Single(t => t.Kind.Name == kind);

    private static byte[] Bytes(ICalibrator calibrator)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) { calibrator.Write(writer); }
        return stream.ToArray();
    }
}
