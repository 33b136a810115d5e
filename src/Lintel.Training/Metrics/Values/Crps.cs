using Lintel.Design;

namespace Lintel.Training.Metrics.Values;

/// <summary>Continuous ranked probability score, ∫ (F(x) − 1{y ≤ x})² dx, of the distribution that the quantiles draw.</summary>
/// <remarks>F runs straight between neighbouring quantiles and jumps at the outermost ones by what is left: exact for that F, O(quantiles)
/// a row. One value alone is a jump of 1, and its score the absolute error. Source: Gneiting and Raftery, JASA 102, 2007. Test: numeric
/// integration to 1e-6.</remarks>
public sealed class Crps() : ValueMetric("crps", "How far the whole distribution of the estimate lies from what happened.")
{
    public override string Conventions =>
        "mean(∫ (F(x) − 1{y ≤ x})² dx), in the label's unit; F runs straight between the quantiles and jumps at the outermost ones by what is "
        + "left. Of an estimate without quantiles it is the mean absolute error, so both stand beside each other.";

    public override string Source => "Gneiting and Raftery, JASA 102, 2007.";

    public override RowFigure Figure(MetricDesign design, double[] levels) => levels.Length == 0
        ? MeanAbsoluteError.OfRow
        : new((in AnsweredValue row) => Of(levels, row.Quantiles, row.Label));

    /// <param name="levels">Ascending, 0 to 1.</param> <param name="points">Not falling.</param>
    internal static double Of(ReadOnlySpan<double> levels, ReadOnlySpan<double> points, double label)
    {
        // outside the quantiles F is 0 or 1, so only a label out there counts
        var score = Math.Max(0, points[0] - label) + Math.Max(0, label - points[^1]);
        for (var k = 1; k < points.Length; k++)
        {
            double from = points[k - 1], to = points[k];
            if (!(to > from)) { continue; }
            var split = Math.Clamp(label, from, to);
            var slope = (levels[k] - levels[k - 1]) / (to - from);
            var middle = levels[k - 1] + (slope * (split - from));
            score += Squares(levels[k - 1], middle, split - from) + Squares(1 - middle, 1 - levels[k], to - split);
        }
        return score;
    }

    /// <summary>∫ of the square of what runs straight from a to b over a width.</summary>
    private static double Squares(double a, double b, double width) => width * ((a * a) + (a * b) + (b * b)) / 3;
}
