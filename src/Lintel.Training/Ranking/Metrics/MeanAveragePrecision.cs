using Lintel.Design.Kinds;
using Lintel.Training.Metrics;

namespace Lintel.Training.Ranking.Metrics;

/// <summary>Mean over decisions of the average precision at the places of what was right.</summary>
/// <remarks>AP@k = Σ P@i · [place i is right] / min(k, |right|), over i from 1 to k. Source: Manning, Raghavan and
/// Schütze, Introduction to Information Retrieval, 2008, chapter 8; the denominator as in the Million Song Dataset
/// Challenge, McFee et al., WWW 2012.</remarks>
public sealed class MeanAveragePrecision : IRankingMetric
{
    public Kind Kind { get; } = new(
        KindFamily.RankingMetric, "map", typeof(NoParameters), "Mean over decisions of the precision at the places of what was right.");

    public MetricAim Aim => MetricAim.Highest;

    public string Unit => "share";

    public MetricCutoff Cutoff => MetricCutoff.Count;

    public RankingView View => RankingView.Found;

    public string Conventions =>
        "Σ over the places i = 1 … k that hold something right of the precision of the first i, over min(k, number of right ones).";

    public string Source => "Manning, Raghavan and Schütze 2008, chapter 8; denominator of McFee et al. 2012.";

    public PreparedRankingMetric Prepare(JudgedPages pages, int depth) => DecisionMean.OfRelevant(pages, hits =>
    {
        double sum = 0;
        var right = 0;
        for (var i = 0; i < Math.Min(depth, hits.Length); i++)
        {
            if (hits.Found[i] > 0) { sum += (double)++right / (i + 1); }
        }
        return sum / Math.Min(depth, hits.RelevantCount);
    });
}
