using Lintel.Design;

namespace Lintel.Training.Metrics.Values;

/// <summary>Median absolute error. O(n) a weighting. Test: scikit-learn 1.2.1's <c>median_absolute_error</c>.</summary>
public sealed class MedianAbsoluteError() : ValueMetric("median-ae", "Median distance of the estimate from what happened.")
{
    public override string Conventions => "median(|s − y|), in the label's unit: half of the estimates are nearer than that.";

    public override string Source => "scikit-learn 1.2.1 `median_absolute_error`.";

    public override RowFigure Figure(MetricDesign design, double[] levels) =>
        MeanAbsoluteError.OfRow with { Summary = RowSummary.Quantile, Level = 0.5 };
}
