using Lintel.Design;

namespace Lintel.Training.Metrics.Values;

/// <summary>Mean width of the central interval. O(n) a weighting.</summary>
public sealed class IntervalWidth() : ValueMetric("width", "Mean width of the range that is to hold this share of what happens.")
{
    public override MetricCutoff Cutoff => MetricCutoff.Share;

    public override string Conventions => "mean(h − l), in the label's unit, beside `coverage` at the same share: of two ranges that keep their word the narrower one says more.";

    public override string Source => "Gneiting and Raftery, JASA 102, 2007, section 6.";

    public override PreparedMetric Prepare(RankedRows rows, MetricDesign design)
    {
        if (IntervalBounds.Of(rows, design.At!.Value) is not { } bounds) { return IntervalBounds.Missing(design.At!.Value); }
        var widths = new double[rows.Count];
        for (var i = 0; i < widths.Length; i++) { widths[i] = bounds.High[i] - bounds.Low[i]; }
        return new RowMean(widths, NoRow);
    }
}
