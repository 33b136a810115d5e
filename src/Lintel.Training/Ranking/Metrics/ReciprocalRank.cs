using Lintel.Design.Kinds;
using Lintel.Training.Metrics;

namespace Lintel.Training.Ranking.Metrics;

/// <summary>Mean reciprocal rank: one over the place of the first right one.</summary>
/// <remarks>Source: Voorhees, TREC-8, 1999.</remarks>
public sealed class ReciprocalRank : IRankingMetric
{
    public Kind Kind { get; } = new(
        KindFamily.RankingMetric, "mrr", typeof(NoParameters), "One over the place of the first right one.");

    public MetricAim Aim => MetricAim.Highest;

    public string Unit => "share";

    public MetricCutoff Cutoff => MetricCutoff.Count | MetricCutoff.Optional;

    public RankingView View => RankingView.Found;

    public string Conventions => "1 / place of the first right one; 0 where the list (or its first k places) holds none.";

    public string Source => "Voorhees, TREC-8, 1999.";

    public PreparedRankingMetric Prepare(JudgedPages pages, int depth) => DecisionMean.OfRelevant(pages, hits =>
    {
        for (var i = 0; i < Math.Min(depth, hits.Length); i++)
        {
            if (hits.Found[i] > 0) { return 1.0 / (i + 1); }
        }
        return 0;
    });
}
