using Lintel.Design;
using Lintel.Training.Metrics;

namespace Lintel.Training.Evaluation;

/// <summary>How a challenger stands beside the champion.</summary>
public enum Change
{
    Better,
    Worse,
    Undecided,
    /// <summary>Too few positives, or undefined.</summary>
    NotJudged,
}

/// <summary>One figure of two versions on the same decisions.</summary>
/// <param name="Slice">Null: all decisions.</param>
/// <param name="Gain">Challenger's advantage: positive is better, whatever the metric's direction.</param>
public sealed record ComparisonResult(
    string Metric, string? Slice, int Positives, double? Champion, double? Challenger, double? Gain,
    Interval? Interval, Change Change);

/// <summary>Compares two scores of the same decisions, pair by pair in each resample. A slice is better or worse when the interval of
/// the difference lies off zero and is still rejected after Holm's correction over all slices and metrics compared.</summary>
public static class Comparison
{
    /// <param name="champion">Same decisions in the same order as <paramref name="challenger"/>.</param>
    /// <param name="slices">Condition by row, by slice name.</param>
    /// <param name="resampleBy">The entity whose decisions move together.</param>
    /// <exception cref="ArgumentException">The two do not hold the same decisions.</exception>
    public static IReadOnlyList<ComparisonResult> Compare(
        Judged champion, Judged challenger, IReadOnlyList<MetricDesign> metrics, IReadOnlyList<SliceRows> slices,
        string? resampleBy, ulong seed, int replicates = ClusterBootstrap.DefaultReplicates, int threads = 1)
    {
        if (!champion.Labels.AsSpan().SequenceEqual(challenger.Labels)
            || !champion.Days.AsSpan().SequenceEqual(challenger.Days))
        {
            throw new ArgumentException("champion and challenger must have judged the same decisions, in the same order");
        }
        var clusters = Clusters.Of(champion, resampleBy);
        var first = Groups(champion, clusters, metrics, slices);
        var second = Groups(challenger, clusters, metrics, slices);
        var figures = new ClusterBootstrap(clusters, replicates, seed).Evaluate([.. first, .. second], threads);
        var results = new List<(ComparisonResult Result, double P)>();
        for (var group = 0; group < first.Count; group++)
        {
            var positives = first[group].Rows.EvidenceCount;
            for (var m = 0; m < metrics.Count; m++)
            {
                var (aim, at) = (MetricKinds.Of(metrics[m]).Aim, metrics[m].At);
                BootstrapFigure a = figures[group][m], b = figures[first.Count + group][m];
                var gain = BootstrapFigure.Paired(a, b, (x, y) => Gain(aim, x, y, at));
                var judged = gain.Interval is not null && (group == 0 || positives >= GateJudge.LeastPositives);
                results.Add((
                    new(metrics[m].Name, group == 0 ? null : slices[group - 1].Name, positives, a.Value, b.Value, gain.Value,
                        gain.Interval, judged ? Side(gain.Interval!.Value) : Change.NotJudged),
                    gain.PValue(0)));
            }
        }
        return Corrected(results);
    }

    private static List<ComparisonResult> Corrected(List<(ComparisonResult Result, double P)> results)
    {
        var family = results.Where(static r => r.Result is { Slice: not null, Change: not Change.NotJudged }).ToList();
        var rejected = Holm.Reject([.. family.Select(static r => r.P)]);
        return [.. results.Select(r =>
        {
            var place = family.IndexOf(r);
            return place >= 0 && !rejected[place] ? r.Result with { Change = Change.Undecided } : r.Result;
        })];
    }

    private static List<MetricGroup> Groups(
        Judged rows, Clusters clusters, IReadOnlyList<MetricDesign> metrics, IReadOnlyList<SliceRows> slices)
    {
        var whole = RankedRows.Rank(rows, clusters);
        RankedRows[] sets = [whole, .. slices.Select(s => whole.Slice(s.Holds))];
        return [.. sets.Select(set => new MetricGroup(set, [.. metrics.Select(m => MetricKinds.Prepare(m, set))]))];
    }

    /// <summary>Advantage of the challenger's figure.</summary>
    /// <param name="at">What stands behind the metric's <c>@</c>; null: nothing.</param>
    internal static double Gain(MetricAim aim, double champion, double challenger, double? at = null) =>
        MetricKinds.Badness(aim, at, champion) - MetricKinds.Badness(aim, at, challenger);

    private static Change Side(Interval gain) => gain.Low > 0 ? Change.Better : gain.High < 0 ? Change.Worse : Change.Undecided;
}
