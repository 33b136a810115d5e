using Lintel.Design;

namespace Lintel.Training.Metrics.Values;

/// <summary>Share of decisions whose label exceeds what was promised by more than so many units. O(n) a weighting.</summary>
public sealed class Late() : ValueMetric("late", "Share of decisions where it took longer than was promised by more than so many units.")
{
    public override string Unit => "share";

    public override MetricCutoff Cutoff => MetricCutoff.Count;

    public override string Conventions => "mean(y − p > k), p being the promise, without a policy the estimate, and k behind the @ in the label's unit: late@5 of minutes is more than five minutes late.";

    public override string Source => "The share of promises broken by more than k.";

    public override RowFigure Figure(MetricDesign design, double[] levels) => By(design.At!.Value);

    /// <summary>Whether the label exceeds the promise by more than so many units.</summary>
    public static RowFigure By(double allowed) => new((in AnsweredValue row) => Exceeds(row.Label - row.Promise, allowed));

    internal static double Exceeds(double by, double allowed) => double.IsNaN(by) ? double.NaN : by > allowed ? 1 : 0;
}
