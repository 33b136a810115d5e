using Lintel.Design;
using Lintel.Design.Kinds;
using Lintel.Training.Metrics.Values;

namespace Lintel.Training.Metrics;

/// <summary>Mean cost of a decision under the outcomes that the policy gave, or what it promised, and the design's costs.</summary>
/// <remarks>See <see cref="Consequences"/> for who pays what. A trivial competitor is charged for as many refusals and reviews as
/// the policy made, handed out by its own order. Undefined when the design names no costs. O(n) a weighting.</remarks>
public sealed class Cost : IMetric
{
    public Kind Kind { get; } = new(
        KindFamily.Metric, "cost", typeof(NoParameters),
        "Mean cost of a decision under the policy's outcomes, of a regression under its promise, and the design's costs.")
    {
        For = DecisionUse.Conditions | DecisionUse.Regression,
    };

    public MetricAim Aim => MetricAim.Lowest;

    public string Unit => "per decision";

    public MetricCutoff Cutoff => MetricCutoff.None;

    public bool NeedsKey => false;

    public string Conventions =>
        "A passed positive costs `missed`, a refused negative `blocked`, every reviewed decision `review`, every "
        + "challenged one `challenge`, and a positive the share of `missed` that the challenge does not stop; all "
        + "else nothing. A cost that is not named is 0, a decision whose cost is missing is left out. A baseline "
        + "refuses, reviews and challenges as many decisions as the policy did, by its own order. Of a regression "
        + "`late` · (y − p)⁺ + `early` · (p − y)⁺ + `lost` · p, p being the promise; a baseline and every model but the "
        + "last promise their estimate. Undefined when the design names no costs.";

    public string Source =>
        "Elkan, The Foundations of Cost-Sensitive Learning, IJCAI 2001 (costs by outcome and truth, varying by "
        + "example).";

    public PreparedMetric Prepare(RankedRows rows, MetricDesign design)
    {
        if (rows.Source.AreValues) { return OfPromises(rows); }
        if (rows.Source.Consequences is not { } consequences
            || (consequences.Missed ?? consequences.Blocked ?? consequences.Review ?? consequences.Challenge) is null)
        {
            return PreparedMetric.Undefined("the design names no costs (requirements: costs), or nothing was decided");
        }
        var costs = new double[rows.Count];
        for (var i = 0; i < costs.Length; i++)
        {
            costs[i] = consequences.CostOf(rows.Order[i], (float)rows.Labels[i]);
        }
        return new RowMean(costs, "no decision has a cost");
    }

    /// <summary>What one promise costs.</summary>
    internal static RowFigure OfPromise { get; } = new(static (in AnsweredValue row) => row.Costs.CostOf(row.Promise, row.Label));

    private static PreparedMetric OfPromises(RankedRows rows)
    {
        if (rows.Source.PromiseCosts is not { } of) { return PreparedMetric.Undefined("the design names none of the costs late, early and lost"); }
        var costs = new double[rows.Count];
        for (var i = 0; i < costs.Length; i++) { costs[i] = of.Of(rows.Order[i], rows.Promises[i], rows.Labels[i]); }
        return new RowMean(costs, "no decision has a cost");
    }
}
