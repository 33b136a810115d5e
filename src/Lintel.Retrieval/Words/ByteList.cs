namespace Lintel.Retrieval.Words;

/// <summary>Bytes that grow.</summary>
internal sealed class ByteList
{
    public byte[] Bytes { get; private set; } = new byte[1024];

    public int Count { get; private set; }

    public void AddVariable(int value)
    {
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7) { Bytes[Take(1)] = (byte)(rest | 0x80); }
        Bytes[Take(1)] = (byte)rest;
    }

    /// <summary>Makes room.</summary>
    /// <returns>Where it begins.</returns>
    public int Take(int count)
    {
        if (Count + (long)count > Bytes.Length)
        {
            var bytes = Bytes;
            Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max(2L * Bytes.Length, Count + (long)count)));
            Bytes = bytes;
        }
        Count = checked(Count + count);
        return Count - count;
    }

    public Span<byte> TakeSpan(int count) => Bytes.AsSpan(Take(count), count);

    public byte[] ToArray() => Bytes[..Count];
}
