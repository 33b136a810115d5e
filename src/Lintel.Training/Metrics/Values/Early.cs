using Lintel.Design;

namespace Lintel.Training.Metrics.Values;

/// <summary>Share of decisions whose label falls short of what was promised by more than so many units. O(n) a weighting.</summary>
public sealed class Early() : ValueMetric("early", "Share of decisions where it took less than was promised by more than so many units.")
{
    public override string Unit => "share";

    public override MetricCutoff Cutoff => MetricCutoff.Count;

    public override string Conventions => "mean(p − y > k), p being the promise, without a policy the estimate, and k behind the @ in the label's unit.";

    public override string Source => "The share of promises undercut by more than k.";

    public override RowFigure Figure(MetricDesign design, double[] levels)
    {
        var allowed = design.At!.Value;
        return new((in AnsweredValue row) => Late.Exceeds(row.Promise - row.Label, allowed));
    }
}
