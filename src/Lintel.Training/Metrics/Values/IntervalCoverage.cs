using Lintel.Design;

namespace Lintel.Training.Metrics.Values;

/// <summary>Share of the labels that lie within the central interval, ends included. O(n) a weighting.</summary>
public sealed class IntervalCoverage() : ValueMetric("coverage", "Share of what happened that lies within the range that is to hold this share.")
{
    public override MetricAim Aim => MetricAim.Level;

    public override string Unit => "share";

    public override MetricCutoff Cutoff => MetricCutoff.Share;

    public override string Conventions =>
        "mean(l ≤ y ≤ h), l and h the quantiles that leave the rest to both sides in equal parts: coverage@80% looks between 10 % and 90 %. "
        + "Best at the share itself. Undefined without these two quantiles.";

    public override string Source => "Gneiting and Raftery, JASA 102, 2007, section 6.";

    public override RowFigure Figure(MetricDesign design, double[] levels)
    {
        if (IntervalEnds.Of(levels, design.At!.Value) is not var (low, high)) { return IntervalEnds.Missing(design.At!.Value); }
        return new((in AnsweredValue row) => row.Label >= row.Quantiles[low] && row.Label <= row.Quantiles[high] ? 1 : 0);
    }
}
