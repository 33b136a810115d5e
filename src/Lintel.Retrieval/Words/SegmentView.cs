namespace Lintel.Retrieval.Words;

/// <summary>A segment as one index sees it: some of its documents may have been removed since. Immutable.</summary>
/// <param name="Segment">Shared with other indexes.</param>
/// <param name="Removed">One bit a document, set: it is no longer there; null: all are.</param>
/// <param name="Counts">Documents that hold each term, without those removed, [terms].</param>
/// <param name="IsBehind">Whether all its codes are above those of the segments before it.</param>
internal sealed record SegmentView(Segment Segment, ulong[]? Removed, int[] Counts, bool IsBehind)
{
    /// <summary>Documents that are there.</summary>
    public int DocumentCount { get; } = Segment.DocumentCount - (Removed is null ? 0 : Removed.Sum(static w => System.Numerics.BitOperations.PopCount(w)));

    public static SegmentView Of(Segment segment) => new(segment, null, segment.Counts, false);

    public bool IsRemoved(int document) => Removed is not null && (Removed[document >> 6] >> (document & 63) & 1) != 0;

    /// <summary>The same segment without some of its documents.</summary>
    /// <param name="documents">By number within the segment, none removed yet, none twice.</param>
    public SegmentView Without(IReadOnlyCollection<int> documents)
    {
        if (documents.Count == 0) { return this; }
        var removed = Removed is null ? new ulong[(Segment.DocumentCount + 63) / 64] : (ulong[])Removed.Clone();
        foreach (var document in documents) { removed[document >> 6] |= 1UL << document; }
        var counts = (int[])Counts.Clone();
        // which terms they held is not kept: they are looked for in every term's postings
        int[] rising = [.. documents.Order()];
        var cursor = new PostingCursor();
        for (var term = 0; term < counts.Length; term++)
        {
            cursor.Begin(Segment, term, 1, 1, 1);
            foreach (var document in rising)
            {
                cursor.Advance(document);
                if (cursor.Document == document) { counts[term]--; }
            }
        }
        return new(Segment, removed, counts, IsBehind);
    }

    /// <summary>Adds up the lengths of each field and counts the documents that have it.</summary>
    /// <param name="terms">[fields].</param> <param name="documents">[fields].</param>
    public void AddLengths(Span<long> terms, Span<long> documents)
    {
        for (var f = 0; f < terms.Length; f++)
        {
            var lengths = Segment.Lengths[f];
            for (var d = 0; d < lengths.Length; d++)
            {
                if (lengths[d] == 0 || IsRemoved(d)) { continue; }
                terms[f] += lengths[d];
                documents[f]++;
            }
        }
    }
}
