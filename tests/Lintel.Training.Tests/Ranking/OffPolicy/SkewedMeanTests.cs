using Lintel.Numerics.Random;
using Lintel.Training.Ranking.OffPolicy;

namespace Lintel.Training.Tests.Ranking.OffPolicy;

public sealed class SkewedMeanTests
{
    [Theory]
    // Student's 97.5 % quantiles, from tables
    [InlineData(5, 2.5706)]
    [InlineData(10, 2.2281)]
    [InlineData(30, 2.0423)]
    [InlineData(1e9, 1.9600)]
    public void Quantiles_are_students(double freedom, double expected) =>
        SkewedMean.Student(freedom).ShouldBe(expected, freedom < 10 ? 1e-3 : 2e-4);

    [Theory]
    [InlineData(0.3)]
    [InlineData(-0.2)]
    [InlineData(0)]
    public void Transformation_is_inverted(double s)
    {
        foreach (var x in (double[])[-2.5, -1, 0, 0.7, 2.2])
        {
            var y = x + (s * x * x / 3) + (s * s * x * x * x / 27) + (s / 6);
            SkewedMean.Untransform(y, s).ShouldBe(x, 1e-9);
        }
    }

    [Fact]
    public void Without_skewness_it_is_the_usual_interval()
    {
        var interval = SkewedMean.Interval95(5, [-1, 1, -1, 1, -1, 1, -1, 1], 8);
        var half = SkewedMean.Student(7) * Math.Sqrt(8 / 7.0) / Math.Sqrt(8);
        interval.Low.ShouldBe(5 - half, 1e-12);
        interval.High.ShouldBe(5 + half, 1e-12);
    }

    [Fact]
    public void Rare_large_terms_are_covered_better_than_by_the_usual_interval()
    {
        // a hundredth of the terms is 100: mean 1, skewness 10
        var (covered, usual) = (0, 0);
        const int runs = 2_000, n = 1_500;
        for (var run = 0; run < runs; run++)
        {
            var random = new RandomStream(1, (ulong)run);
            double[] terms = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() < 0.01 ? 100.0 : 0)];
            var mean = terms.Average();
            double[] deviations = [.. terms.Select(t => t - mean)];
            var interval = SkewedMean.Interval95(mean, deviations, n);
            covered += interval.Low <= 1 && 1 <= interval.High ? 1 : 0;
            usual += Math.Abs(mean - 1) <= 1.96 * Math.Sqrt(deviations.Sum(static d => d * d)) / n ? 1 : 0;
        }
        // deviation of a share of 0.95 over 2,000 runs: 0.5 points
        ((double)covered / runs).ShouldBeInRange(0.935, 0.965);
        usual.ShouldBeLessThan(covered);
    }
}
