using Lintel.Design.Kinds;
using Lintel.Training.Metrics;

namespace Lintel.Training.Ranking.Metrics;

/// <summary>How far the mix of tags on a list is from the mix in the user's own history.</summary>
/// <remarks>KL(p ‖ q̃) = Σ p ln(p / q̃) with q̃ = 0.99 q + 0.01 p; p is the mean distribution of tags over the history,
/// q over the first k places, each item's weight in equal parts on its tags. Source: Steck, Calibrated recommendations,
/// RecSys 2018, with its α = 0.01.</remarks>
public sealed class Miscalibration : IRankingMetric
{
    private const double Alpha = 0.01;

    public Kind Kind { get; } = new(
        KindFamily.RankingMetric, "calibration", typeof(NoParameters),
        "How far the mix of genres on a list is from the mix in the user's own history.");

    public MetricAim Aim => MetricAim.Lowest;

    public string Unit => "nats";

    public MetricCutoff Cutoff => MetricCutoff.Count;

    public RankingView View => RankingView.List;

    public string Conventions =>
        "Σ p ln(p / q̃), q̃ = 0.99 q + 0.01 p: p the mix of tags in the user's history, q on the first k places; an item's weight stands in equal "
        + "parts on its tags. 0 is the same mix. Mean over lists of users with a history.";

    public string Source => "Steck 2018, α = 0.01.";

    public PreparedRankingMetric Prepare(JudgedPages pages, int depth)
    {
        if (!pages.Items.HasTags) { return PreparedRankingMetric.Undefined("the catalogue has no list or text by which items are alike"); }
        if (pages.Histories is not { } histories) { return PreparedRankingMetric.Undefined("nothing is known of what users had before"); }
        var tags = new ItemTags(pages.Items);
        var values = new double[pages.Count];
        for (var d = 0; d < values.Length; d++)
        {
            var history = Mix(tags, histories[d]);
            var list = Mix(tags, pages.Lists[d].AsSpan(0, Math.Min(depth, pages.Lists[d].Length)));
            values[d] = history.Count > 0 && list.Count > 0 ? Divergence(history, list) : double.NaN;
        }
        return new DecisionMean(values, "no user with a history was shown anything");
    }

    private static Dictionary<int, double> Mix(ItemTags tags, ReadOnlySpan<int> items)
    {
        var mix = new Dictionary<int, double>();
        var count = 0;
        foreach (var item in items) { count += tags.AddTo(mix, item, 1) ? 1 : 0; }
        foreach (var tag in mix.Keys) { mix[tag] /= count; }
        return mix;
    }

    private static double Divergence(Dictionary<int, double> history, Dictionary<int, double> list)
    {
        double sum = 0;
        foreach (var (tag, p) in history)
        {
            sum += p * Math.Log(p / (((1 - Alpha) * list.GetValueOrDefault(tag)) + (Alpha * p)));
        }
        return sum;
    }
}
