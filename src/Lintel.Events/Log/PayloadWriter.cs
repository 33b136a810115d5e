using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Lintel.Events.Log;

/// <summary>Builds one record's payload, little-endian, in a buffer that is used again.</summary>
public sealed class PayloadWriter
{
    private byte[] _buffer = new byte[1024];
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Byte(byte value) => Take(1)[0] = value;

    public void UInt16(int value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), checked((ushort)value));

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);

    public void Doubles(ReadOnlySpan<double> values) => MemoryMarshal.AsBytes(values).CopyTo(Take(8 * values.Length));

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        UInt16(bytes.Length);
        bytes.CopyTo(Take(bytes.Length));
    }

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        UInt16(length);
        Encoding.UTF8.GetBytes(text, Take(length));
    }

    private Span<byte> Take(int count)
    {
        if (_length + count > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + count));
        }
        _length += count;
        return _buffer.AsSpan(_length - count, count);
    }
}

/// <summary>Reads what <see cref="PayloadWriter"/> wrote, in the same order.</summary>
/// <remarks>A payload that ends too early throws <see cref="ArgumentOutOfRangeException"/>; checksums keep it from
/// happening to what was damaged.</remarks>
public ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    /// <summary>Everything was read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public void Doubles(Span<double> values) => Take(8 * values.Length).CopyTo(MemoryMarshal.AsBytes(values));

    public ReadOnlySpan<byte> Bytes() => Take(UInt16());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>Bytes as they stand.</summary>
    public ReadOnlySpan<byte> Raw(int length) => Take(length);

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
