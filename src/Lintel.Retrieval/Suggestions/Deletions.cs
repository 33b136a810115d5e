namespace Lintel.Retrieval.Suggestions;

/// <summary>What is left of a word's start when some of its characters are deleted.</summary>
internal static class Deletions
{
    /// <summary>1 + 7 + 21: of seven characters, up to two.</summary>
    internal const int MaxCount = 29;

    /// <param name="edits">Most characters deleted, 0 to 2.</param>
    /// <param name="left">Hashes, [29]; one may stand twice.</param> <returns>How many.</returns>
    public static int Of(ReadOnlySpan<char> word, int prefix, int edits, Span<uint> left)
    {
        word = word[..Math.Min(word.Length, prefix)];
        left[0] = Hash(word, -1, -1);
        var count = 1;
        for (var i = 0; i < word.Length && edits > 0; i++)
        {
            left[count++] = Hash(word, i, -1);
            for (var j = i + 1; j < word.Length && edits > 1; j++) { left[count++] = Hash(word, i, j); }
        }
        return count;
    }

    /// <summary>FNV-1a over the characters without two of them.</summary>
    private static uint Hash(ReadOnlySpan<char> word, int one, int other)
    {
        var hash = 0x811C9DC5u;
        for (var i = 0; i < word.Length; i++)
        {
            if (i != one && i != other) { hash = (hash ^ word[i]) * 0x01000193u; }
        }
        return hash;
    }
}
