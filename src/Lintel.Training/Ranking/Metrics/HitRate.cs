using Lintel.Design.Kinds;
using Lintel.Training.Metrics;

namespace Lintel.Training.Ranking.Metrics;

/// <summary>Share of decisions with something right on the first k places.</summary>
/// <remarks>With one right item a decision it equals recall. Source: Deshpande and Karypis, TOIS 22(1), 2004.</remarks>
public sealed class HitRate : IRankingMetric
{
    public Kind Kind { get; } = new(
        KindFamily.RankingMetric, "hit-rate", typeof(NoParameters), "Share of decisions with something right on the first k places.");

    public MetricAim Aim => MetricAim.Highest;

    public string Unit => "share";

    public MetricCutoff Cutoff => MetricCutoff.Count;

    public RankingView View => RankingView.Found;

    public string Conventions => "1 where the first k places hold something right, else 0. With one right item a decision it equals recall.";

    public string Source => "Deshpande and Karypis 2004.";

    public PreparedRankingMetric Prepare(JudgedPages pages, int depth) =>
        DecisionMean.OfRelevant(pages, hits => hits.Hits(depth) > 0 ? 1 : 0);
}
