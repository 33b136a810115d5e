using Lintel.Design;
using Lintel.Design.Kinds;

namespace Lintel.Training.Metrics;

/// <summary>Share of the money at stake that an alert budget catches: recall with each positive weighted by its cost <c>missed</c>.</summary>
/// <remarks><c>value-recall@1%</c>: among the 1 % of all rows with the highest margins; ties at the cut count in proportion; a
/// missing or negative value counts as 0. Undefined when nothing is at stake, or the design names no cost <c>missed</c>.</remarks>
public sealed class ValueRecall : IMetric
{
    public Kind Kind { get; } = new(
        KindFamily.Metric, "value-recall", typeof(NoParameters),
        "Share of the money at stake that an alert budget catches.");

    public MetricAim Aim => MetricAim.Highest;

    public string Unit => "share";

    public MetricCutoff Cutoff => MetricCutoff.Share;

    public bool NeedsKey => false;

    public string Conventions =>
        "`value-recall@1%`: Σ of the cost `missed` over the positives among the 1 % of the decisions with the "
        + "highest margins, over that of all positives. Equal margins at the cut count in proportion; a missing "
        + "value counts as 0. Undefined without a cost `missed`.";

    public string Source => "Counts by definition.";

    public PreparedMetric Prepare(RankedRows rows, MetricDesign design)
    {
        if (design is not { At: { } share, IsShare: true })
        {
            return PreparedMetric.Undefined("value recall needs an alert budget: value-recall@1%");
        }
        if (rows.Source.Consequences?.Missed is not { } missed)
        {
            return PreparedMetric.Undefined("the design names no cost 'missed' (requirements: costs: { missed: amount })");
        }
        var values = new double[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var value = missed[rows.Order[i]];
            values[i] = value > 0 ? rows.Labels[i] * value : 0;
        }
        return new TopShare(rows, values, share, perAlert: false, "no positive has a value");
    }
}
