using Lintel.Design;

namespace Lintel.Training.Metrics.Values;

/// <summary>Mean absolute error, mean(|s − y|). O(n) a weighting. Test: scikit-learn 1.2.1's <c>mean_absolute_error</c> to 1e-12.</summary>
public sealed class MeanAbsoluteError() : ValueMetric("mae", "Mean distance of the estimate from what happened.")
{
    public override string Conventions => "mean(|s − y|), in the label's unit. The median of the label minimises it.";

    public override string Source => "scikit-learn 1.2.1 `mean_absolute_error`.";

    internal static RowFigure OfRow { get; } = new(static (in AnsweredValue row) => Math.Abs(row.Estimate - row.Label));

    public override RowFigure Figure(MetricDesign design, double[] levels) => OfRow;
}
