using Lintel.Pipeline.Versions;
using Lintel.Retrieval.Sources;

namespace Lintel.Training.Ranking;

/// <summary>Recall of each source and of their union against depth, added up decision by decision, over the full
/// catalogue.</summary>
/// <remarks>The mean is over decisions at which something was right. At depth k a source stands for its first k
/// candidates and the union for the first k of every source, so its candidates are up to k times the number of
/// sources.</remarks>
public sealed class RetrievalRecall
{
    public static IReadOnlyList<int> DefaultDepths { get; } = [10, 50, 100, 200, 500];

    public const string Union = "union";

    private readonly IReadOnlyList<string> _sources;
    private readonly int[] _depths;
    private readonly Tally[] _tallies;
    // decisions at which something was right
    private int _decisions;

    /// <param name="sources">Names in the order of the candidate sets.</param>
    public RetrievalRecall(IReadOnlyList<string> sources, IReadOnlyList<int>? depths = null)
    {
        _sources = sources;
        _depths = [.. (depths ?? DefaultDepths).Order()];
        _tallies = [.. Enumerable.Range(0, sources.Count + 1).Select(_ => new Tally(_depths.Length))];
    }

    /// <summary>Decisions that count: those at which something was right.</summary>
    public int Decisions => _decisions;

    /// <summary>Adds one decision.</summary>
    /// <param name="relevant">Items that were right; empty: the decision takes no part.</param>
    /// <exception cref="ArgumentException">The set has another number of sources.</exception>
    public void Add(ReadOnlySpan<int> relevant, CandidateSet candidates)
    {
        if (candidates.SourceCount != _sources.Count)
        {
            throw new ArgumentException($"the candidates come from {candidates.SourceCount} sources, expected {_sources.Count}");
        }
        if (relevant.Length == 0) { return; }
        _decisions++;
        Span<int> best = stackalloc int[_sources.Count + 1];
        foreach (var tally in _tallies) { tally.Begin(); }
        for (var c = 0; c < candidates.Count; c++)
        {
            var offers = BestRanks(candidates.Ranks(c), best);
            var right = relevant.Contains(candidates.Items[c]);
            for (var s = 0; s < best.Length; s++)
            {
                if (best[s] != int.MaxValue) { _tallies[s].Look(best[s], _depths, right, right && offers == 1); }
            }
        }
        foreach (var tally in _tallies) { tally.End(relevant.Length); }
    }

    /// <summary>Each source, then the union.</summary>
    public IReadOnlyList<RetrievalResult> Results() =>
        [.. _tallies.Select((tally, s) => s < _sources.Count
            ? tally.Result(_sources[s], _depths, _decisions, tally.Only)
            : tally.Result(Union, _depths, _decisions, null))];

    /// <summary>Ranks, with int.MaxValue for none; the least of all last.</summary>
    private static int BestRanks(ReadOnlySpan<int> ranks, Span<int> best)
    {
        var offers = 0;
        best[^1] = int.MaxValue;
        for (var s = 0; s < ranks.Length; s++)
        {
            best[s] = ranks[s] > 0 ? ranks[s] : int.MaxValue;
            best[^1] = Math.Min(best[^1], best[s]);
            offers += ranks[s] > 0 ? 1 : 0;
        }
        return offers;
    }

    /// <summary>One source's sums; those of the decision at hand apart.</summary>
    private sealed class Tally(int depths)
    {
        private readonly double[] _recall = new double[depths];
        private readonly int[] _hit = new int[depths], _found = new int[depths];
        private readonly long[] _candidates = new long[depths];
        private long _offered;
        private int _alone;

        /// <summary>Sum over decisions of the share of what was right that only this source offered.</summary>
        public double Only { get; private set; }

        public void Begin()
        {
            Array.Clear(_found);
            _alone = 0;
        }

        public void Look(int rank, int[] at, bool right, bool alone)
        {
            _offered++;
            _alone += alone ? 1 : 0;
            for (var i = 0; i < at.Length; i++)
            {
                if (rank > at[i]) { continue; }
                _candidates[i]++;
                _found[i] += right ? 1 : 0;
            }
        }

        public void End(int relevant)
        {
            Only += (double)_alone / relevant;
            for (var i = 0; i < _found.Length; i++)
            {
                _recall[i] += (double)_found[i] / relevant;
                _hit[i] += _found[i] > 0 ? 1 : 0;
            }
        }

        public RetrievalResult Result(string name, int[] at, int decisions, double? only)
        {
            var all = Math.Max(1.0, decisions);
            return new(
                name,
                [.. at.Select((k, i) => new RetrievalDepth(k, _recall[i] / all, _hit[i] / all, _candidates[i] / all))],
                _offered / all,
                only / all);
        }
    }
}
