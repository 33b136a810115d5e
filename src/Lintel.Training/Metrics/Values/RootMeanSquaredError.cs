using Lintel.Design;

namespace Lintel.Training.Metrics.Values;

/// <summary>Root of the mean squared error, √mean((s − y)²). O(n) a weighting. Test: scikit-learn 1.2.1's <c>mean_squared_error</c>.</summary>
public sealed class RootMeanSquaredError() : ValueMetric("rmse", "Root of the mean squared distance of the estimate from what happened.")
{
    public override string Conventions => "√mean((s − y)²), in the label's unit: a few large errors decide it. The mean of the label minimises it.";

    public override string Source => "scikit-learn 1.2.1 `mean_squared_error(squared=False)`.";

    public override RowFigure Figure(MetricDesign design, double[] levels) =>
        new(static (in AnsweredValue row) => (row.Estimate - row.Label) * (row.Estimate - row.Label)) { Summary = RowSummary.RootMean };
}
