using Lintel.Design.Kinds;
using Lintel.Training.Metrics;

namespace Lintel.Training.Ranking.Metrics;

/// <summary>Share of what was right that stands on the first k places.</summary>
/// <remarks>hits / |right|; not over min(k, |right|). Source: Manning, Raghavan and Schütze, Introduction to
/// Information Retrieval, 2008, chapter 8.</remarks>
public sealed class PageRecall : IRankingMetric
{
    public Kind Kind { get; } = new(
        KindFamily.RankingMetric, "recall", typeof(NoParameters), "Share of what was right that stands on the first k places.");

    public MetricAim Aim => MetricAim.Highest;

    public string Unit => "share";

    public MetricCutoff Cutoff => MetricCutoff.Count;

    public RankingView View => RankingView.Found;

    public string Conventions =>
        "Right ones on the first k places over all that was right, of the full catalogue. With more than k right ones it stays below 1.";

    public string Source => "Manning, Raghavan and Schütze 2008, chapter 8.";

    public PreparedRankingMetric Prepare(JudgedPages pages, int depth) =>
        DecisionMean.OfRelevant(pages, hits => (double)hits.Hits(depth) / hits.RelevantCount);
}
