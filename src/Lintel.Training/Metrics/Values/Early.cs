using Lintel.Design;

namespace Lintel.Training.Metrics.Values;

/// <summary>Share of decisions whose label falls short of what was promised by more than so many units. O(n) a weighting.</summary>
public sealed class Early() : ValueMetric("early", "Share of decisions where it took less than was promised by more than so many units.")
{
    public override string Unit => "share";

    public override MetricCutoff Cutoff => MetricCutoff.Count;

    public override string Conventions => "mean(p − y > k), p being the promise, without a policy the estimate, and k behind the @ in the label's unit.";

    public override string Source => "The share of promises undercut by more than k.";

    public override PreparedMetric Prepare(RankedRows rows, MetricDesign design)
    {
        var allowed = design.At!.Value;
        return new RowMean(ByPromise(rows, (p, y) => p - y > allowed ? 1 : 0), NoRow);
    }
}
