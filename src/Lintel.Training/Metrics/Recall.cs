using Lintel.Design;
using Lintel.Design.Kinds;

namespace Lintel.Training.Metrics;

/// <summary>Share of the positives that an alert budget catches.</summary>
/// <remarks><c>recall@1%</c>: among the 1 % of all rows with the highest margins; <c>recall@100</c>: among the 100 highest of each
/// day. The group of equal margins at the cut counts in proportion. Undefined without a positive. O(n) a weighting.</remarks>
public sealed class Recall : IMetric
{
    public Kind Kind { get; } = new(
        KindFamily.Metric, "recall", typeof(NoParameters),
        "Share of the positives that an alert budget catches.");

    public MetricAim Aim => MetricAim.Highest;

    public string Unit => "share";

    public MetricCutoff Cutoff => MetricCutoff.Share | MetricCutoff.Count;

    public bool NeedsKey => false;

    public string Conventions =>
        "`recall@1%`: positives among the 1 % of the decisions with the highest margins, over all positives; "
        + "`recall@100`: among the 100 highest of each day. Equal margins at the cut count in proportion. "
        + "Undefined without a positive.";

    public string Source => "Counts by definition; ties as the mean over all orders of the tied rows.";

    public PreparedMetric Prepare(RankedRows rows, MetricDesign design) => design switch
    {
        { At: { } share, IsShare: true } => new TopShare(
            rows, rows.Labels, share, perAlert: false, "recall needs a positive among the rows"),
        { At: { } k } => new DailyTop(rows, k, recall: true),
        _ => PreparedMetric.Undefined("recall needs an alert budget: recall@1% or recall@100 (a day)"),
    };
}
