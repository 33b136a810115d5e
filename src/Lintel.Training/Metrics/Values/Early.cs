using Lintel.Design;

namespace Lintel.Training.Metrics.Values;

/// <summary>Share of decisions whose label falls short of what was said by more than so many units. O(n) a weighting.</summary>
public sealed class Early() : ValueMetric("early", "Share of decisions where it took less than was said by more than so many units.")
{
    public override string Unit => "share";

    public override MetricCutoff Cutoff => MetricCutoff.Count;

    public override string Conventions => "mean(s − y > k), k behind the @ in the label's unit.";

    public override string Source => "The share of promises undercut by more than k.";

    public override PreparedMetric Prepare(RankedRows rows, MetricDesign design)
    {
        var allowed = design.At!.Value;
        return new RowMean(ByRow(rows, (s, y) => s - y > allowed ? 1 : 0), NoRow);
    }
}
