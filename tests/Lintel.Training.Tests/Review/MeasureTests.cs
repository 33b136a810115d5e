using Lintel.Training.Review;

namespace Lintel.Training.Tests.Review;

public sealed class MeasureTests
{
    [Theory]
    [InlineData(new float[] { 1, 2, 3, 4 }, new double[] { 0, 0, 1, 1 }, 1.0)]
    [InlineData(new float[] { 4, 3, 2, 1 }, new double[] { 0, 0, 1, 1 }, 0.0)]
    [InlineData(new float[] { 1, 1, 1, 1 }, new double[] { 0, 1, 0, 1 }, 0.5)]
    [InlineData(new float[] { 1, 2, 2, 3 }, new double[] { 0, 0, 1, 1 }, 0.875)]             // pairs: 1, 1, ½, 1
    [InlineData(new[] { 1, float.NaN, 2, 3 }, new[] { 0, 1, double.NaN, 1 }, 1.0)]
    public void Auc_counts_pairs_in_order_and_ties_half(float[] scores, double[] labels, double expected) =>
        Measure.Auc(scores, labels).ShouldBe(expected, 1e-15);

    [Fact]
    public void Auc_without_both_classes_is_undefined() => Measure.Auc([1, 2], [1, 1]).ShouldBe(double.NaN);

    [Fact]
    public void Auc_error_follows_the_equation()
    {
        // by hand: Q1 = 0.80668, Q2 = 0.84252, variance = (0.09555 + 50 · 0.00923 + 57 · 0.04507) / 2958
        Measure.AucError(0.893, 51, 58).ShouldBe(0.03251, 1e-5);
    }

    [Fact]
    public void Psi_is_zero_for_equal_and_follows_the_formula_for_moved_shares()
    {
        float[] even = [.. Enumerable.Range(0, 1_000).Select(static i => (float)(i % 2))];
        float[] moved = [.. Enumerable.Range(0, 1_000).Select(static i => i % 4 == 0 ? 1f : 0f)];

        Measure.Psi(even, even).ShouldBe(0, 1e-12);
        Measure.Psi(even, moved).ShouldBe((-0.25 * Math.Log(0.25 / 0.5)) + (0.25 * Math.Log(0.75 / 0.5)), 1e-9);
    }

    [Fact]
    public void Psi_sees_values_that_went_missing()
    {
        float[] whole = [.. Enumerable.Range(0, 100).Select(static i => (float)i)];
        float[] half = [.. whole.Select(static v => v % 2 == 0 ? v : float.NaN)];

        Measure.Psi(whole, half).ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.5, 2.0)]
    [InlineData(0.51, 3.0)]
    [InlineData(1.0, 4.0)]
    public void Quantile_is_the_nearest_rank(double share, double expected) => Measure.Quantile([1, 2, 3, 4], share).ShouldBe(expected);

    [Theory]
    [InlineData(7 * 86_400e6, "7 d")]
    [InlineData(36 * 3_600e6, "1.5 d")]
    [InlineData(90 * 60e6, "1.5 h")]
    [InlineData(0, "0 s")]
    [InlineData(2_500, "2.5 ms")]
    public void Duration_takes_the_largest_unit(double microseconds, string expected) => Measure.Duration(microseconds).ShouldBe(expected);
}
