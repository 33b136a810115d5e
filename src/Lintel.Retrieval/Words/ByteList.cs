namespace Lintel.Retrieval.Words;

/// <summary>Bytes that grow.</summary>
internal sealed class ByteList
{
    public byte[] Bytes { get; private set; } = new byte[1024];

    public int Count { get; private set; }

    public void AddVariable(int value)
    {
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7) { Add((byte)(rest | 0x80)); }
        Add((byte)rest);
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

    public Span<byte> TakeSpan(int count)
    {
        // taking may replace the array
        var at = Take(count);
        return Bytes.AsSpan(at, count);
    }

    public byte[] ToArray() => Bytes[..Count];

    private void Add(byte value)
    {
        var at = Take(1);
        Bytes[at] = value;
    }
}
