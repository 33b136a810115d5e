using Lintel.Design;
using Lintel.Design.Kinds;

namespace Lintel.Training.Metrics;

/// <summary>Share of positives among the alerts of a budget.</summary>
/// <remarks><c>precision@100</c>: the mean over days of the share of positives among the day's 100 highest margins (a day with fewer
/// decisions: among all of them); <c>precision@1%</c>: among the 1 % of all rows with the highest margins. The group of equal
/// margins at the cut counts in proportion. Source: Precision top-k of the Fraud Detection Handbook, chapter 4.</remarks>
public sealed class Precision : IMetric
{
    public Kind Kind { get; } = new(
        KindFamily.Metric, "precision", typeof(NoParameters),
        "Share of positives among the alerts of a budget, by day.");

    public MetricAim Aim => MetricAim.Highest;

    public string Unit => "share";

    public MetricCutoff Cutoff => MetricCutoff.Share | MetricCutoff.Count;

    public bool NeedsKey => false;

    public string Conventions =>
        "`precision@100`: mean over days of the share of positives among the day's 100 highest margins (of all "
        + "its decisions where they are fewer); `precision@1%`: among the 1 % of all decisions. Equal margins at "
        + "the cut count in proportion. Undefined without rows.";

    public string Source => "Fraud Detection Handbook, chapter 4 (Precision top-k).";

    public PreparedMetric Prepare(RankedRows rows, MetricDesign design) => design switch
    {
        { At: { } share, IsShare: true } => new TopShare(rows, rows.Labels, share, perAlert: true, "there are no rows"),
        { At: { } k } => new DailyTop(rows, k, recall: false),
        _ => PreparedMetric.Undefined("precision needs a budget: precision@100 (a day) or precision@1%"),
    };
}
