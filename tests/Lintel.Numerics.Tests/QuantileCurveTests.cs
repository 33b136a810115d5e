using Lintel.Numerics.Random;

namespace Lintel.Numerics.Tests;

public sealed class QuantileCurveTests
{
    private static readonly double[] Levels = [0.1, 0.5, 0.9];

    private static readonly double[] Values = [20, 30, 50];

    [Theory]
    [InlineData(0.1, 20)]
    [InlineData(0.3, 25)]
    [InlineData(0.5, 30)]
    [InlineData(0.9, 50)]
    [InlineData(0.95, 52.5)]
    [InlineData(0.0, 17.5)]
    public void Lies_on_straight_lines_through_the_quantiles(double level, double value) =>
        QuantileCurve.At(Levels, Values, level).ShouldBe(value, 1e-12);

    [Fact]
    public void One_quantile_is_a_point_and_a_missing_one_is_missing()
    {
        QuantileCurve.At([0.5], [7], 0.9).ShouldBe(7);
        QuantileCurve.At(Levels, [20, double.NaN, 50], 0.3).ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData(3, 1, 0, 0.75)]
    [InlineData(1, 1, 0, 0.5)]
    [InlineData(3, 1, 1, 0.5)]
    [InlineData(1, 1, 5, 0)]
    [InlineData(0, 0, 0, double.NaN)]
    [InlineData(-1, 3, 0, double.NaN)]
    [InlineData(double.NaN, 3, 0, double.NaN)]
    public void Cheapest_level_is_the_critical_ratio(double late, double early, double lost, double level) =>
        QuantileCurve.CheapestLevel(late, early, lost).ShouldBe(level);

    /// <summary>By search: no other promise costs less over many outcomes.</summary>
    [Fact]
    public void Nothing_else_costs_less()
    {
        var random = new RandomStream(4);
        double[] outcomes = [.. Enumerable.Range(0, 20_000).Select(_ => 30 * Math.Exp(0.3 * random.NextNormal())).Order()];
        double Cost(double promise) => outcomes.Sum(y => (3 * Math.Max(0, y - promise)) + Math.Max(0, promise - y) + (0.4 * promise)) / outcomes.Length;
        double[] levels = [.. Enumerable.Range(1, 19).Select(static l => l / 20.0)];
        double[] values = [.. levels.Select(l => outcomes[(int)(l * outcomes.Length)])];
        var promise = QuantileCurve.At(levels, values, QuantileCurve.CheapestLevel(3, 1, 0.4));
        for (var other = 20.0; other < 50; other += 0.25) { Cost(promise).ShouldBeLessThan(Cost(other) + 0.01); }
    }
}
