using Lintel.Design.Kinds;
using Lintel.Training.Metrics;

namespace Lintel.Training.Ranking.Metrics;

/// <summary>How unlike each other the items of one list are.</summary>
/// <remarks>1 − mean over pairs among the first k places of the likeness of their tags: Jaccard's, members that both
/// have over those that one has; a pair without tags is unlike. Source: Ziegler et al., WWW 2005 (intra-list
/// similarity).</remarks>
public sealed class Diversity : IRankingMetric
{
    public Kind Kind { get; } = new(
        KindFamily.RankingMetric, "diversity", typeof(NoParameters), "How unlike each other the items of one list are.");

    public MetricAim Aim => MetricAim.Highest;

    public string Unit => "share";

    public MetricCutoff Cutoff => MetricCutoff.Count;

    public RankingView View => RankingView.List;

    public string Conventions =>
        "1 − mean over pairs among the first k places of the likeness of their tags (the catalogue's first list field, else its first text): "
        + "members that both have over members that either has; without tags a pair is unlike. Mean over lists of two or more.";

    public string Source => "Ziegler et al. 2005, with Jaccard's likeness.";

    public PreparedRankingMetric Prepare(JudgedPages pages, int depth)
    {
        if (!pages.Items.HasTags) { return PreparedRankingMetric.Undefined("the catalogue has no list or text by which items are alike"); }
        var tags = new ItemTags(pages.Items);
        var values = new double[pages.Count];
        for (var d = 0; d < values.Length; d++)
        {
            double alike = 0;
            var list = pages.Lists[d];
            var shown = Math.Min(depth, list.Length);
            for (var i = 1; i < shown; i++)
            {
                for (var j = 0; j < i; j++) { alike += tags.Likeness(list[i], list[j]); }
            }
            values[d] = shown > 1 ? 1 - (alike / (shown * (shown - 1) / 2.0)) : double.NaN;
        }
        return new DecisionMean(values, "no list shows two items");
    }
}
