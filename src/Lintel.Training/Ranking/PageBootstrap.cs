using Lintel.Design;
using Lintel.Training.Evaluation;
using Lintel.Training.Metrics;

namespace Lintel.Training.Ranking;

/// <summary>Metrics over some of the decisions, under some lists.</summary>
/// <param name="Decisions">Places among all; the pages stand in this order.</param>
/// <param name="Metrics">Null where a metric is not asked of this group.</param>
internal sealed record PageGroup(int[] Decisions, JudgedPages Pages, PreparedRankingMetric?[] Metrics)
{
    public static PageGroup Of(
        JudgedPages pages, int[] decisions, IReadOnlyList<MetricDesign> metrics, Func<IRankingMetric, bool> asked)
    {
        var picked = decisions.Length == pages.Count ? pages : pages.Pick(decisions);
        return new(
            decisions, picked,
            [.. metrics.Select(m => asked(RankingMetricKinds.Of(m)) ? RankingMetricKinds.Prepare(m, picked) : null)]);
    }

    public double?[] Points()
    {
        var ones = new double[Decisions.Length];
        ones.AsSpan().Fill(1);
        return [.. Metrics.Select(m => m?.Evaluate(ones) is { } value && !double.IsNaN(value) ? value : (double?)null)];
    }
}

/// <summary>The pigeonhole bootstrap over pages: every group sees the same draw of keys and days, so that figures can
/// be compared pair by pair. See <see cref="ClusterBootstrap"/>.</summary>
internal static class PageBootstrap
{
    /// <returns>[group][metric]; null where a metric was not asked.</returns>
    public static BootstrapFigure?[][] Evaluate(
        Clusters clusters, IReadOnlyList<PageGroup> groups, int replicates, ulong seed, int threads, CancellationToken cancellation)
    {
        var bootstrap = new ClusterBootstrap(clusters, replicates, seed);
        var values = groups.Select(g => g.Metrics.Select(_ => new double[replicates]).ToArray()).ToArray();
        Parallel.For(
            0, replicates, new() { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation },
            () => (Keys: new double[clusters.KeyCount], Days: new double[clusters.Days.Length], Weights: new double[clusters.KeyOf.Length]),
            (replicate, _, scratch) =>
            {
                bootstrap.Draw(replicate, scratch.Keys, scratch.Days);
                for (var g = 0; g < groups.Count; g++)
                {
                    var decisions = groups[g].Decisions;
                    var weights = scratch.Weights.AsSpan(0, decisions.Length);
                    for (var i = 0; i < decisions.Length; i++)
                    {
                        weights[i] = scratch.Keys[clusters.KeyOf[decisions[i]]] * scratch.Days[clusters.DayOf[decisions[i]]];
                    }
                    for (var m = 0; m < groups[g].Metrics.Length; m++)
                    {
                        values[g][m][replicate] = groups[g].Metrics[m]?.Evaluate(weights) ?? double.NaN;
                    }
                }
                return scratch;
            },
            static _ => { });
        return [.. groups.Select((group, g) =>
        {
            var points = group.Points();
            return group.Metrics.Select((metric, m) => metric is null
                ? null : new BootstrapFigure(points[m] ?? double.NaN, metric.UndefinedBecause, values[g][m])).ToArray();
        })];
    }
}
