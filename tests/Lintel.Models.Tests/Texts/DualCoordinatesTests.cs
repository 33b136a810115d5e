using Lintel.Models.Texts;

namespace Lintel.Models.Tests.Texts;

public sealed class DualCoordinatesTests
{
    [Theory]
    [InlineData(1, -2, 0, 4), InlineData(50, 3, 0.1, 4), InlineData(2, 40, 3.9, 4), InlineData(2, -40, 0.001, 0.5), InlineData(1e4, 0.3, 7, 1e3)]
    public void One_coordinate_is_solved_for(double q, double margin, double before, double bound)
    {
        var alpha = DualCoordinates.Solve(q, margin, before, bound);
        alpha.ShouldBeInRange(0, bound);
        var t = Math.Log(alpha / (bound - alpha));
        if (Math.Abs(t) < 30) { ((q * (alpha - before)) + margin + t).ShouldBe(0, 1e-4 * (1 + q)); }
    }

    [Theory]
    [InlineData(0), InlineData(1)]
    public void The_weights_are_where_the_loss_has_no_slope(double ratio)
    {
        var settings = new TextParameters { Bits = 14, Ratio = ratio };
        var rows = SyntheticPosts.Rows(500, 4, columns: 2);
        var grams = GramRows.Read("text", rows, rows.Texts!, new(settings.Shape), CancellationToken.None);
        var squares = LogCountRatios.Squares(grams, rows.Labels, default, settings);
        var bounds = Enumerable.Repeat(4.0, rows.Count).ToArray();
        var fit = DualCoordinates.Fit(grams, squares, rows.Labels, bounds, 1_000, SyntheticRows.Context());
        var weights = fit.Weights();
        var slopes = new double[weights.Length];
        double interceptSlope = 0, largest = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            var margin = fit.Intercept;
            for (var c = 0; c < 2; c++)
            {
                foreach (var id in grams.Of(i, c)) { margin += weights[id] * GramRows.Scale(grams.Of(i, c).Length); }
            }
            var pull = bounds[i] * (rows.Labels[i] - (1 / (1 + Math.Exp(-margin))));
            interceptSlope += pull;
            for (var c = 0; c < 2; c++)
            {
                foreach (var id in grams.Of(i, c)) { slopes[id] += pull * GramRows.Scale(grams.Of(i, c).Length) * squares[id]; }
            }
        }
        for (var j = 0; j < weights.Length; j++)
        {
            slopes[j].ShouldBe(weights[j], 0.02, $"weight {j}");
            largest = Math.Max(largest, Math.Abs(weights[j]));
        }
        interceptSlope.ShouldBe(fit.Intercept, 0.1, "of 500 rows that count four times");
        largest.ShouldBeGreaterThan(0.5);
    }
}
