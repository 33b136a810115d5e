namespace Lintel.Retrieval.Words;

/// <summary>Whether a segment that was read from a file can be what a builder made.</summary>
internal static class SegmentCheck
{
    /// <exception cref="InvalidDataException">Codes or documents do not rise, a block is not where it should be, a text holds more of its
    /// terms than it is long, or a maximum is below what its block holds.</exception>
    public static void Run(Segment segment, Bm25Settings settings)
    {
        for (var d = 0; d < segment.DocumentCount; d++)
        {
            if (segment.Codes[d] <= (d == 0 ? -1 : segment.Codes[d - 1])) { throw new InvalidDataException($"code {d} does not rise; index again"); }
        }
        foreach (var average in segment.Averages)
        {
            if (!(average is >= 0 and <= Segment.MaxCount)) { throw new InvalidDataException($"a mean length is {average}; index again"); }
        }
        var norms = settings.Norms(segment.Averages, segment.Longest());
        var documents = new int[BlockCodec.Size];
        var counts = new int[segment.FieldCount][];
        for (var f = 0; f < counts.Length; f++) { counts[f] = new int[BlockCodec.Size]; }
        var end = 0;
        for (var term = 0; term < segment.Terms.Count; term++)
        {
            for (var block = segment.FirstBlocks[term]; block < segment.FirstBlocks[term + 1]; block++)
            {
                var isLast = block == segment.FirstBlocks[term + 1] - 1;
                var count = isLast ? segment.Counts[term] - ((block - segment.FirstBlocks[term]) * BlockCodec.Size) : BlockCodec.Size;
                var before = block == segment.FirstBlocks[term] ? -1 : segment.Last[block - 1];
                if (segment.Offsets[block] != end) { throw new InvalidDataException($"block {block} of postings begins at {segment.Offsets[block]}, expected {end}; index again"); }
                end = PostingBlock.ReadDocuments(segment, block, count, before, documents);
                end = PostingBlock.ReadCounts(segment, block, count, end, counts);
                CheckBlock(segment, block, documents.AsSpan(0, count), before, counts, norms);
            }
        }
        if (end != segment.Bytes.Length) { throw new InvalidDataException($"postings end at {end:N0} of {segment.Bytes.Length:N0} bytes; index again"); }
    }

    private static void CheckBlock(Segment segment, int block, ReadOnlySpan<int> documents, int before, int[][] counts, double[][] norms)
    {
        if (documents[^1] != segment.Last[block]) { throw new InvalidDataException($"block {block} of postings ends otherwise than it says; index again"); }
        for (var i = 0; i < documents.Length; i++)
        {
            var document = documents[i];
            if (document <= (i == 0 ? before : documents[i - 1]) || document >= segment.DocumentCount)
            {
                throw new InvalidDataException($"block {block} of postings holds document {document} of {segment.DocumentCount}; index again");
            }
            double x = 0;
            for (var f = 0; f < counts.Length; f++)
            {
                var length = segment.Lengths[f][document];
                if (counts[f][i] < 0 || counts[f][i] > length)
                {
                    throw new InvalidDataException($"block {block} of postings counts {counts[f][i]} terms in a text of {length}; index again");
                }
                x += counts[f][i] * norms[f][length];
            }
            if (!(x > 0) || !(x <= segment.Maxima[block]) || !float.IsFinite(segment.Maxima[block]))
            {
                throw new InvalidDataException($"block {block} of postings exceeds its maximum {segment.Maxima[block]}; index again");
            }
        }
    }
}
