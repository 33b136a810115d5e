namespace Lintel.Retrieval.Suggestions;

/// <summary>How many edits lie between two words: a character inserted, deleted or replaced, or two neighbours swapped.</summary>
/// <remarks>Optimal string alignment: no part is edited twice, so <c>ca</c> and <c>abc</c> are 3 apart. Source: Damerau, A Technique for Computer
/// Detection and Correction of Spelling Errors, CACM 7(3), 1964.</remarks>
internal static class EditDistance
{
    /// <summary>Longest words that are compared.</summary>
    internal const int MaxLength = 128;

    /// <returns>The distance, or most + 1 when it is larger.</returns>
    public static int Between(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most || Math.Max(a.Length, b.Length) > MaxLength) { return most + 1; }
        Span<byte> rows = stackalloc byte[3 * (MaxLength + 1)];
        var (before, last, row) = (0, MaxLength + 1, 2 * (MaxLength + 1));
        for (var j = 0; j <= b.Length; j++) { rows[last + j] = (byte)j; }
        for (var i = 1; i <= a.Length; i++)
        {
            rows[row] = (byte)i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var edits = Math.Min(
                    rows[last + j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(rows[last + j], rows[row + j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) { edits = Math.Min(edits, rows[before + j - 2] + 1); }
                rows[row + j] = (byte)edits;
                least = Math.Min(least, edits);
            }
            if (least > most) { return most + 1; }
            (before, last, row) = (last, row, before);
        }
        return Math.Min(rows[last + b.Length], most + 1);
    }
}
