namespace Lintel.Retrieval.Words;

/// <summary>One block of postings as bytes; how it is laid out says <see cref="Segment"/>.</summary>
internal static class PostingBlock
{
    private const int MaxDocumentBits = 31, MaxCountBits = 16;

    /// <summary>Appends a block.</summary>
    /// <param name="documents">Rising, [1 to 128].</param> <param name="before">The document before the first; −1: none.</param>
    /// <param name="counts">[documents, fields].</param>
    public static void Write(ReadOnlySpan<int> documents, int before, ReadOnlySpan<ushort> counts, int fields, ByteList to)
    {
        Span<int> values = stackalloc int[BlockCodec.Size];
        for (var i = 0; i < documents.Length; i++) { values[i] = documents[i] - (i == 0 ? before : documents[i - 1]) - 1; }
        if (documents.Length < BlockCodec.Size)
        {
            for (var i = 0; i < documents.Length; i++) { to.AddVariable(values[i]); }
            for (var f = 0; f < fields; f++)
            {
                for (var i = 0; i < documents.Length; i++) { to.AddVariable(counts[(i * fields) + f]); }
            }
            return;
        }
        var header = to.Take(1 + (2 * fields));
        var bits = BlockCodec.BitsOf(values);
        to.Bytes[header] = (byte)bits;
        BlockCodec.Pack(values, bits, to.TakeSpan(BlockCodec.BytesOf(bits)));
        for (var f = 0; f < fields; f++)
        {
            var least = byte.MaxValue;
            for (var i = 0; i < values.Length; i++) { least = (byte)Math.Min(least, (int)counts[(i * fields) + f]); }
            for (var i = 0; i < values.Length; i++) { values[i] = counts[(i * fields) + f] - least; }
            bits = BlockCodec.BitsOf(values);
            (to.Bytes[header + 1 + (2 * f)], to.Bytes[header + 2 + (2 * f)]) = ((byte)bits, least);
            BlockCodec.Pack(values, bits, to.TakeSpan(BlockCodec.BytesOf(bits)));
        }
    }

    /// <param name="documents">[128]; its start is filled.</param> <returns>Where the block's counts begin.</returns>
    /// <exception cref="InvalidDataException">The block cannot be so.</exception>
    public static int ReadDocuments(Segment segment, int block, int count, int before, Span<int> documents)
    {
        var at = segment.Offsets[block];
        if (count < BlockCodec.Size)
        {
            for (var i = 0; i < count; i++) { documents[i] = before += 1 + ReadVariable(segment.Bytes, ref at); }
            return at;
        }
        var bits = BitsAt(segment.Bytes, at, MaxDocumentBits);
        at += 1 + (2 * segment.FieldCount);
        BlockCodec.Unpack(segment.Bytes.AsSpan(at), bits, documents);
        BlockCodec.Sum(documents, before);
        return at + BlockCodec.BytesOf(bits);
    }

    /// <param name="at">What <see cref="ReadDocuments"/> returned.</param> <param name="counts">[fields][128]; their starts are filled.</param>
    /// <exception cref="InvalidDataException">The block cannot be so.</exception>
    public static int ReadCounts(Segment segment, int block, int count, int at, int[][] counts)
    {
        for (var f = 0; f < segment.FieldCount; f++)
        {
            var values = counts[f].AsSpan(0, BlockCodec.Size);
            if (count < BlockCodec.Size)
            {
                for (var i = 0; i < count; i++) { values[i] = ReadVariable(segment.Bytes, ref at); }
                continue;
            }
            var header = segment.Offsets[block] + 1 + (2 * f);
            var bits = BitsAt(segment.Bytes, header, MaxCountBits);
            BlockCodec.Unpack(segment.Bytes.AsSpan(at), bits, values);
            var least = segment.Bytes[header + 1];
            if (least > 0)
            {
                for (var i = 0; i < values.Length; i++) { values[i] += least; }
            }
            at += BlockCodec.BytesOf(bits);
        }
        return at;
    }

    private static int BitsAt(byte[] bytes, int at, int most) =>
        bytes[at] <= most ? bytes[at] : throw new InvalidDataException($"a block of postings has numbers of {bytes[at]} bits; index again");

    private static int ReadVariable(byte[] bytes, ref int at)
    {
        var value = 0;
        for (var shift = 0; shift < 32; shift += 7)
        {
            var part = bytes[at++];
            value |= (part & 0x7F) << shift;
            if (part < 0x80) { return value; }
        }
        throw new InvalidDataException("a number of the postings does not end; index again");
    }
}
