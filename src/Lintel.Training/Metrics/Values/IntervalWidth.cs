using Lintel.Design;

namespace Lintel.Training.Metrics.Values;

/// <summary>Mean width of the central interval. O(n) a weighting.</summary>
public sealed class IntervalWidth() : ValueMetric("width", "Mean width of the range that is to hold this share of what happens.")
{
    public override MetricCutoff Cutoff => MetricCutoff.Share;

    public override string Conventions => "mean(h − l), in the label's unit, beside `coverage` at the same share: of two ranges that keep their word the narrower one says more.";

    public override string Source => "Gneiting and Raftery, JASA 102, 2007, section 6.";

    public override RowFigure Figure(MetricDesign design, double[] levels)
    {
        if (IntervalEnds.Of(levels, design.At!.Value) is not var (low, high)) { return IntervalEnds.Missing(design.At!.Value); }
        return new((in AnsweredValue row) => row.Quantiles[high] - row.Quantiles[low]);
    }
}
