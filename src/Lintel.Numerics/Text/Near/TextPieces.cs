namespace Lintel.Numerics.Text.Near;

/// <summary>The three-letter pieces of a text, each once: what near copies share.</summary>
public static class TextPieces
{
    /// <summary>Letters of a piece, 16 bits each.</summary>
    private const int Length = 3;

    /// <summary>How many places a text may need.</summary>
    public static int Most(int textLength) => Math.Max(0, textLength + 3 - Length);

    /// <summary>Pieces of a text with a blank before and behind it, in rising order.</summary>
    /// <param name="text">Normalised.</param> <param name="pieces">[<see cref="Most"/>], overwritten.</param>
    /// <returns>How many there are; 0: the text is empty.</returns>
    public static int Read(ReadOnlySpan<char> text, Span<ulong> pieces)
    {
        if (text.IsEmpty) { return 0; }
        ulong piece = ' ';
        for (var i = 0; i <= text.Length; i++)
        {
            piece = ((piece << 16) | (i < text.Length ? text[i] : ' ')) & 0xFFFF_FFFF_FFFF;
            if (i > 0) { pieces[i - 1] = piece; }
        }
        var all = pieces[..text.Length];
        all.Sort();
        var count = 1;
        foreach (var next in all)
        {
            if (next != all[count - 1]) { all[count++] = next; }
        }
        return count;
    }

    /// <summary>Jaccard's likeness: pieces that both have over those that one has.</summary>
    /// <param name="one">Rising.</param> <param name="other">Rising.</param> <returns>0 to 1; 0 when both are empty.</returns>
    public static double Likeness(ReadOnlySpan<ulong> one, ReadOnlySpan<ulong> other)
    {
        var (i, j, both) = (0, 0, 0);
        while (i < one.Length && j < other.Length)
        {
            var (a, b) = (one[i], other[j]);
            both += a == b ? 1 : 0;
            i += a <= b ? 1 : 0;
            j += b <= a ? 1 : 0;
        }
        var either = one.Length + other.Length - both;
        return either == 0 ? 0 : (double)both / either;
    }
}
