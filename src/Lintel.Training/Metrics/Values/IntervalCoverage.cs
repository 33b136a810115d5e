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

    public override PreparedMetric Prepare(RankedRows rows, MetricDesign design)
    {
        if (IntervalBounds.Of(rows, design.At!.Value) is not { } bounds) { return IntervalBounds.Missing(design.At!.Value); }
        var within = new double[rows.Count];
        for (var i = 0; i < within.Length; i++) { within[i] = rows.Labels[i] >= bounds.Low[i] && rows.Labels[i] <= bounds.High[i] ? 1 : 0; }
        return new RowMean(within, NoRow);
    }
}
