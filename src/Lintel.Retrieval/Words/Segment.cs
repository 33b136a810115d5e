namespace Lintel.Retrieval.Words;

/// <summary>Some documents of an index and the terms that they hold. Immutable; shared by all indexes that it is part of.</summary>
/// <remarks>Documents are numbered within the segment, in the order of their codes. The postings of a term stand in blocks of 128: its
/// documents as gaps, then how often each field of each holds it. A full block is packed (<see cref="BlockCodec"/>): bits of the gaps;
/// for each field its bits and its least number; the gaps; each field's numbers less the least. The last block of fewer has each gap, then each
/// field's numbers, in seven bits a byte.</remarks>
internal sealed class Segment
{
    /// <summary>Longest text and most occurrences that are counted.</summary>
    internal const int MaxCount = ushort.MaxValue;

    private float[]? _termMaxima;

    /// <summary>Code of each document, rising, [documents].</summary>
    public required int[] Codes { get; init; }

    /// <summary>Terms of each field of each document, [fields][documents].</summary>
    public required ushort[][] Lengths { get; init; }

    public required Vocabulary Terms { get; init; }

    /// <summary>Documents that hold each term, [terms].</summary>
    public required int[] Counts { get; init; }

    /// <summary>Index of each term's first block, [terms + 1].</summary>
    public required int[] FirstBlocks { get; init; }

    /// <summary>Last document of each block, [blocks].</summary>
    public required int[] Last { get; init; }

    /// <summary>Where each block begins among the bytes, [blocks].</summary>
    public required int[] Offsets { get; init; }

    /// <summary>The largest x of each block (<see cref="Bm25Settings"/>) by <see cref="Averages"/>, rounded up, [blocks].</summary>
    public required float[] Maxima { get; init; }

    public required byte[] Bytes { get; init; }

    /// <summary>Mean lengths by which the maxima were worked out, [fields].</summary>
    public required double[] Averages { get; init; }

    public int DocumentCount => Codes.Length;

    /// <summary>The largest of each term's maxima, [terms]; worked out when it is first asked for.</summary>
    public float[] TermMaxima => _termMaxima ??= MaximaOfTerms();

    public int FieldCount => Lengths.Length;

    /// <summary>Bytes that it takes in memory.</summary>
    public long MemoryBytes =>
        Terms.Bytes + Bytes.Length + (sizeof(int) * ((long)Codes.Length + (2 * (long)Counts.Length) + FirstBlocks.Length + (3 * (long)Last.Length)))
        + (sizeof(ushort) * (long)Codes.Length * FieldCount);

    /// <summary>The document of a code within the segment; −1: it has none.</summary>
    public int Find(int code)
    {
        // codes without gaps are found without a search
        if (Codes.Length == 0 || code < Codes[0]) { return -1; }
        var guess = code - Codes[0];
        if (guess < Codes.Length && Codes[guess] == code) { return guess; }
        var found = Array.BinarySearch(Codes, code);
        return found >= 0 ? found : -1;
    }

    /// <summary>Longest text of each field, [fields].</summary>
    public int[] Longest()
    {
        var longest = new int[FieldCount];
        for (var f = 0; f < longest.Length; f++)
        {
            foreach (var length in Lengths[f]) { longest[f] = Math.Max(longest[f], length); }
        }
        return longest;
    }

    private float[] MaximaOfTerms()
    {
        var maxima = new float[Terms.Count];
        for (var term = 0; term < maxima.Length; term++)
        {
            for (var block = FirstBlocks[term]; block < FirstBlocks[term + 1]; block++) { maxima[term] = Math.Max(maxima[term], Maxima[block]); }
        }
        return maxima;
    }
}
