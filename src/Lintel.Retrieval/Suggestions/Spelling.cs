namespace Lintel.Retrieval.Suggestions;

/// <summary>A word that may have been meant.</summary>
/// <param name="Word">Its number in the counts.</param> <param name="Edits">How far it is from what was written.</param>
public readonly record struct SpellingSuggestion(int Word, int Edits, int Count);

/// <summary>Which words are within one or two edits of what somebody wrote. Immutable and thread-safe; a search allocates nothing.</summary>
/// <remarks>Two words within d edits share a text that is left of each when at most d characters are deleted, and so do their first
/// <see cref="PrefixLength"/> characters. Each word is listed under what is left of its start; a search looks what is left of its own up, and works out the
/// distance of what it finds. Source: W. Garbe's symmetric deletes (SymSpell), 2012; the idea of neighbourhoods of deletions is
/// Mor and Fraenkel's, CACM 25(12), 1982. Test: finds what comparing with every word finds.</remarks>
public sealed class Spelling
{
    /// <summary>Most edits that can be asked for.</summary>
    public const int MaxEdits = 2;

    /// <summary>Of longer words, the start is listed: 29 entries a word at most.</summary>
    private const int PrefixLength = 7;

    private readonly WordCounts _words;

    // what is left of a word's start, as a hash, and the word; by hash, then by word
    private readonly (uint Left, int Word)[] _entries;

    public Spelling(WordCounts words)
    {
        _words = words;
        var entries = new List<(uint, int)>();
        Span<uint> left = stackalloc uint[Deletions.MaxCount];
        for (var word = 0; word < words.Count; word++)
        {
            var count = Deletions.Of(words[word], PrefixLength, MaxEdits, left);
            foreach (var hash in left[..count]) { entries.Add((hash, word)); }
        }
        entries.Sort();
        _entries = [.. entries.Distinct()];
    }

    /// <summary>How many edits are usual for a mistake in a word of a length: 0 to 2 characters none, to 5 one, beyond two, as Lucene's
    /// automatic fuzziness has it.</summary>
    public static int UsualEdits(int length) => length switch
    {
        <= 2 => 0,
        <= 5 => 1,
        _ => 2,
    };

    /// <summary>Fills the words within so many edits: the nearest first, of those the most frequent, then in ordinal order.</summary>
    /// <param name="word">As the counts' analysis leaves it.</param> <param name="edits">0 to 2.</param>
    /// <returns>How many were filled; the word itself is among them, with 0 edits, where it occurs.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="edits"/> is below 0 or above 2.</exception>
    public int Find(ReadOnlySpan<char> word, int edits, Span<SpellingSuggestion> best)
    {
        if (edits is < 0 or > MaxEdits) { throw new ArgumentOutOfRangeException(nameof(edits), edits, $"expected 0 to {MaxEdits}"); }
        Span<uint> left = stackalloc uint[Deletions.MaxCount];
        var kinds = Deletions.Of(word, PrefixLength, edits, left);
        var count = 0;
        foreach (var hash in left[..kinds])
        {
            for (var e = First(hash); e < _entries.Length && _entries[e].Left == hash; e++)
            {
                var found = _entries[e].Word;
                var distance = EditDistance.Between(word, _words[found], edits);
                if (distance <= edits) { Offer(new(found, distance, _words.CountOf(found)), best, ref count); }
            }
        }
        return count;
    }

    private int First(uint hash)
    {
        var (low, high) = (0, _entries.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_entries[middle].Left < hash) { low = middle + 1; }
            else { high = middle; }
        }
        return low;
    }

    private static void Offer(SpellingSuggestion suggestion, Span<SpellingSuggestion> best, ref int count)
    {
        // one word is found under several of the texts that are left
        foreach (var other in best[..count])
        {
            if (other.Word == suggestion.Word) { return; }
        }
        if (count == best.Length && (count == 0 || !IsBefore(suggestion, best[^1]))) { return; }
        var at = count < best.Length ? count++ : count - 1;
        for (; at > 0 && IsBefore(suggestion, best[at - 1]); at--) { best[at] = best[at - 1]; }
        best[at] = suggestion;
    }

    private static bool IsBefore(in SpellingSuggestion a, in SpellingSuggestion b) =>
        a.Edits != b.Edits ? a.Edits < b.Edits : a.Count != b.Count ? a.Count > b.Count : a.Word < b.Word;
}
