using Lintel.Design.Kinds;
using Lintel.Training.Metrics;

namespace Lintel.Training.Ranking.Metrics;

/// <summary>Normalised discounted cumulative gain of the first k places.</summary>
/// <remarks>DCG = Σ (2^g − 1) / log2(i + 1) over places i from 1 to k, divided by the DCG of the best order of
/// everything that was right, of the full catalogue. Source: Järvelin and Kekäläinen, TOIS 20(4), 2002; exponential
/// gain as in Burges et al., ICML 2005. Test: agrees with scikit-learn 1.2.1's <c>ndcg_score</c> on gains 2^g − 1 to
/// 1e-12.</remarks>
public sealed class Ndcg : IRankingMetric
{
    public Kind Kind { get; } = new(
        KindFamily.RankingMetric, "ndcg", typeof(NoParameters),
        "Gain found, discounted by place, over the most that could be found.");

    public MetricAim Aim => MetricAim.Highest;

    public string Unit => "share";

    public MetricCutoff Cutoff => MetricCutoff.Count;

    public RankingView View => RankingView.Found;

    public string Conventions =>
        "Σ (2^g − 1) / log2(i + 1) over places i = 1 … k, over the same sum for the best order of everything that was right, retrieved or "
        + "not. A yes has the gain g = 1, so it adds 1 / log2(i + 1). A list that found nothing counts as 0.";

    public string Source => "Järvelin and Kekäläinen 2002, gains of Burges et al. 2005; scikit-learn 1.2.1 `ndcg_score`.";

    public PreparedRankingMetric Prepare(JudgedPages pages, int depth) => DecisionMean.OfRelevant(pages, hits =>
    {
        double found = 0, best = 0;
        for (var i = 0; i < Math.Min(depth, hits.Length); i++) { found += Gain(hits.Found[i], i); }
        for (var i = 0; i < Math.Min(depth, hits.RelevantCount); i++) { best += Gain(hits.Ideal[i], i); }
        return found / best;
    });

    private static double Gain(double gain, int index) => gain == 0 ? 0 : (Math.Pow(2, gain) - 1) / Math.Log2(index + 2);
}
