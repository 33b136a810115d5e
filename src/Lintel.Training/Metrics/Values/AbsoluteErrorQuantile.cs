using Lintel.Design;

namespace Lintel.Training.Metrics.Values;

/// <summary>A quantile of the absolute error. O(n) a weighting.</summary>
public sealed class AbsoluteErrorQuantile() : ValueMetric("ae", "Distance of the estimate from what happened that this share of the decisions keeps within.")
{
    public override MetricCutoff Cutoff => MetricCutoff.Share;

    public override string Conventions => "The quantile of |s − y| at the share behind the @, in the label's unit: the tail that a mean hides.";

    public override string Source => "Hyndman and Fan, The American Statistician 50(4), 1996, definition 2.";

    public override RowFigure Figure(MetricDesign design, double[] levels) =>
        MeanAbsoluteError.OfRow with { Summary = RowSummary.Quantile, Level = design.At!.Value };
}
