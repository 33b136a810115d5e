using Lintel.Design.Kinds;
using Lintel.Training.Metrics;

namespace Lintel.Training.Ranking.Metrics;

/// <summary>Share of the first k places that hold something right.</summary>
/// <remarks>hits / k, also where the list is shorter: an empty place is a lost one. Source: Manning, Raghavan and
/// Schütze, Introduction to Information Retrieval, 2008, chapter 8.</remarks>
public sealed class PagePrecision : IRankingMetric
{
    public Kind Kind { get; } = new(
        KindFamily.RankingMetric, "precision", typeof(NoParameters), "Share of the first k places that hold something right.");

    public MetricAim Aim => MetricAim.Highest;

    public string Unit => "share";

    public MetricCutoff Cutoff => MetricCutoff.Count;

    public RankingView View => RankingView.Found;

    public string Conventions => "Right ones on the first k places over k, also where the list is shorter: an empty place is a lost one.";

    public string Source => "Manning, Raghavan and Schütze 2008, chapter 8.";

    public PreparedRankingMetric Prepare(JudgedPages pages, int depth) =>
        DecisionMean.OfRelevant(pages, hits => (double)hits.Hits(depth) / depth);
}
