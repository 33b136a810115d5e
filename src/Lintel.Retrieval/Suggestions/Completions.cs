namespace Lintel.Retrieval.Suggestions;

/// <summary>Which words or phrases begin with what somebody has typed so far, the most frequent first. Immutable and thread-safe; a search allocates
/// nothing.</summary>
/// <remarks>Words with one beginning stand side by side in ordinal order; a tree of maxima over the order gives the k most frequent of a stretch
/// in O(k log n), however long it is.</remarks>
public sealed class Completions
{
    /// <summary>Most that can be asked for.</summary>
    public const int MaxCount = 100;

    private readonly WordCounts _words;

    // the most frequent word below each node; node 1 is the root, words are the leaves from _leaves on; −1: none
    private readonly int[] _most;
    private readonly int _leaves;

    public Completions(WordCounts words)
    {
        _words = words;
        _leaves = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, words.Count));
        _most = new int[2 * _leaves];
        Array.Fill(_most, -1);
        for (var word = 0; word < words.Count; word++) { _most[_leaves + word] = word; }
        for (var node = _leaves - 1; node > 0; node--) { _most[node] = Better(_most[2 * node], _most[(2 * node) + 1]); }
    }

    /// <summary>Fills the words that begin so, the most frequent first, ties in ordinal order.</summary>
    /// <param name="prefix">As the counts' analysis leaves it; empty: all words.</param>
    /// <param name="best">Numbers of words in the counts; its length is k, of which the first 100 are used.</param>
    /// <returns>How many were filled.</returns>
    public int Find(ReadOnlySpan<char> prefix, Span<int> best)
    {
        best = best[..Math.Min(best.Length, MaxCount)];
        var (from, to) = (_words.Words.LowerBound(prefix), End(prefix));
        // stretches that are left, each with its most frequent word: taking one word cuts its stretch in two
        Span<(int From, int To, int Most)> stretches = stackalloc (int, int, int)[MaxCount + 1];
        var (left, count) = (0, 0);
        Push(stretches, ref left, from, to);
        while (left > 0 && count < best.Length)
        {
            var at = 0;
            for (var s = 1; s < left; s++)
            {
                if (Better(stretches[s].Most, stretches[at].Most) == stretches[s].Most) { at = s; }
            }
            var stretch = stretches[at];
            best[count++] = stretch.Most;
            stretches[at] = stretches[--left];
            Push(stretches, ref left, stretch.From, stretch.Most);
            Push(stretches, ref left, stretch.Most + 1, stretch.To);
        }
        return count;
    }

    private void Push(Span<(int From, int To, int Most)> stretches, ref int left, int from, int to)
    {
        if (from < to) { stretches[left++] = (from, to, Most(from, to)); }
    }

    /// <summary>The most frequent word of a stretch.</summary>
    private int Most(int from, int to)
    {
        var most = -1;
        for (var (low, high) = (_leaves + from, _leaves + to); low < high; low >>= 1, high >>= 1)
        {
            if ((low & 1) != 0) { most = Better(most, _most[low++]); }
            if ((high & 1) != 0) { most = Better(most, _most[--high]); }
        }
        return most;
    }

    private int Better(int a, int b)
    {
        if (a < 0 || b < 0) { return Math.Max(a, b); }
        var (one, other) = (_words.CountOf(a), _words.CountOf(b));
        return one > other || (one == other && a < b) ? a : b;
    }

    /// <summary>The first word behind those that begin so.</summary>
    private int End(ReadOnlySpan<char> prefix)
    {
        var (low, high) = (0, _words.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var word = _words[middle];
            if (word[..Math.Min(word.Length, prefix.Length)].SequenceCompareTo(prefix) <= 0) { low = middle + 1; }
            else { high = middle; }
        }
        return low;
    }
}
