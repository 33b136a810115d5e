using Lintel.Design.Kinds;
using Lintel.Training.Metrics;

namespace Lintel.Training.Ranking.Metrics;

/// <summary>How little known the shown items are: the mean self-information of having had one in train.</summary>
/// <remarks>Mean over the first k places of −log2(u / U), u of U users in train had the item; one that nobody had
/// counts as had by one. Source: Zhou et al., PNAS 107(10), 2010; Castells, Hurley and Vargas, Recommender Systems
/// Handbook, 2022.</remarks>
public sealed class Novelty : IRankingMetric
{
    public Kind Kind { get; } = new(
        KindFamily.RankingMetric, "novelty", typeof(NoParameters), "How little known the shown items are.");

    public MetricAim Aim => MetricAim.Highest;

    public string Unit => "bits";

    public MetricCutoff Cutoff => MetricCutoff.Count;

    public RankingView View => RankingView.List;

    public string Conventions =>
        "Mean over the first k places of −log2 of the share of train's users who had the item; an item that nobody had counts as had by one. "
        + "Mean over lists that show something.";

    public string Source => "Zhou et al. 2010; Castells, Hurley and Vargas 2022.";

    public PreparedRankingMetric Prepare(JudgedPages pages, int depth)
    {
        var facts = pages.Items;
        if (facts.TrainUserCount == 0) { return PreparedRankingMetric.Undefined("train has no users"); }
        var values = new double[pages.Count];
        for (var d = 0; d < values.Length; d++)
        {
            double sum = 0;
            var shown = Math.Min(depth, pages.Lists[d].Length);
            for (var i = 0; i < shown; i++)
            {
                sum -= Math.Log2((double)Math.Max(1, facts.UsersInTrain[pages.Lists[d][i]]) / facts.TrainUserCount);
            }
            values[d] = shown > 0 ? sum / shown : double.NaN;
        }
        return new DecisionMean(values, "no list shows anything");
    }
}
