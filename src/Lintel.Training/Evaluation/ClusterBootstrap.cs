using Lintel.Numerics.Random;
using Lintel.Training.Metrics;

namespace Lintel.Training.Evaluation;

/// <summary>Resamples decisions by key and by day at once: the pigeonhole bootstrap.</summary>
/// <remarks>Each replicate draws as many keys as there are, with replacement, and independently as many days; a decision counts the
/// copies of its key × the copies of its day. Decisions of one card move together, and so do those of one day, so an interval
/// knows that neither are independent. The variance is not too small on average, and up to three times too large where decisions
/// happen to be independent of both: intervals are honest or wide. Over few days the days' part of it is known only roughly.
/// Source: Owen, The pigeonhole bootstrap, Annals of Applied Statistics 1(2), 2007; Owen and Eckles, ibid. 6(3), 2012. Replicate r is drawn from stream r of the seed, so threads do not matter.</remarks>
public sealed class ClusterBootstrap(Clusters clusters, int replicateCount, ulong seed)
{
    public const int DefaultReplicates = 400;

    public int ReplicateCount { get; } = replicateCount;

    /// <summary>Copies of each key and each day in one replicate; both arrays are overwritten.</summary>
    public void Draw(int replicate, double[] keys, double[] days)
    {
        var random = new RandomStream(seed, (ulong)replicate);
        DrawCopies(random, days.AsSpan(0, clusters.Days.Length));
        DrawCopies(random, keys.AsSpan(0, clusters.KeyCount));
    }

    private static void DrawCopies(RandomStream random, Span<double> copies)
    {
        copies.Clear();
        for (var i = 0; i < copies.Length; i++) { copies[random.NextInt32(copies.Length)]++; }
    }

    /// <summary>Evaluates metrics over groups of the same rows (the whole, slices, another score), each replicate with the same
    /// draw for all of them, so that figures can be compared pair by pair.</summary>
    /// <param name="groups">All over the same clusters.</param>
    /// <param name="threads">1 or more; the result does not depend on it.</param>
    /// <returns>[group][metric].</returns>
    public BootstrapFigure[][] Evaluate(
        IReadOnlyList<MetricGroup> groups, int threads, CancellationToken cancellation = default)
    {
        var replicates = groups.Select(g => g.Metrics.Select(_ => new double[ReplicateCount]).ToArray()).ToArray();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation };
        Parallel.For(
            0, ReplicateCount, options,
            () => Scratch(groups),
            (replicate, _, scratch) =>
            {
                Draw(replicate, scratch[0].Keys, scratch[0].Days);
                for (var g = 0; g < groups.Count; g++)
                {
                    if (groups[g].Metrics.Count == 0) { continue; }
                    scratch[g].Spread();
                    for (var m = 0; m < groups[g].Metrics.Count; m++)
                    {
                        replicates[g][m][replicate] = groups[g].Metrics[m].Evaluate(scratch[g]);
                    }
                }
                return scratch;
            },
            static _ => { });
        return [.. groups.Select((g, index) =>
        {
            var natural = g.Rows.NaturalWeights();
            return g.Metrics.Select((m, i) =>
                new BootstrapFigure(m.Evaluate(natural), m.UndefinedBecause, replicates[index][i])).ToArray();
        })];
    }

    private RowWeights[] Scratch(IReadOnlyList<MetricGroup> groups)
    {
        var keys = new double[clusters.KeyCount];
        var days = new double[clusters.Days.Length];
        return [.. groups.Select(g => new RowWeights(g.Rows, keys, days))];
    }
}

/// <summary>Metrics over one set of ranked rows.</summary>
public sealed record MetricGroup(RankedRows Rows, IReadOnlyList<PreparedMetric> Metrics);
