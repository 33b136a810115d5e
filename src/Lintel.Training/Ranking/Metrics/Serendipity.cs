using Lintel.Design.Kinds;
using Lintel.Training.Metrics;

namespace Lintel.Training.Ranking.Metrics;

/// <summary>Share of the first k places that hold something right which the most popular list would not have
/// shown.</summary>
/// <remarks>Right ones on the first k places that are not among the k items of most interactions in train, over k. Of
/// equally popular items at the cut all count as popular. Source: Ge, Delgado-Battenfeld and Jannach, RecSys 2010, with
/// popularity as the primitive recommender.</remarks>
public sealed class Serendipity : IRankingMetric
{
    public Kind Kind { get; } = new(
        KindFamily.RankingMetric, "serendipity", typeof(NoParameters),
        "Share of the first k places that hold something right which popularity alone would not have shown.");

    public MetricAim Aim => MetricAim.Highest;

    public string Unit => "share";

    public MetricCutoff Cutoff => MetricCutoff.Count;

    public RankingView View => RankingView.Found;

    public string Conventions =>
        "Right ones on the first k places that are not among the k items of most interactions in train, over k. Of equally popular items "
        + "at the cut all count as popular.";

    public string Source => "Ge, Delgado-Battenfeld and Jannach 2010, with popularity as the primitive recommender.";

    public PreparedRankingMetric Prepare(JudgedPages pages, int depth)
    {
        var counts = pages.Items.Popularity.Where((_, item) => pages.Items.Available[item]).OrderDescending().ToArray();
        var least = counts.Length == 0 ? 0 : counts[Math.Min(depth, counts.Length) - 1];
        return DecisionMean.OfRelevant(pages, hits =>
        {
            var unexpected = 0;
            for (var i = 0; i < Math.Min(depth, hits.Length); i++)
            {
                var expected = pages.Items.Popularity[hits.List[i]] >= least && least > 0;
                unexpected += hits.Found[i] > 0 && !expected ? 1 : 0;
            }
            return (double)unexpected / depth;
        });
    }
}
