using System.Buffers.Binary;

namespace Lintel.Events.Log;

/// <summary>Blocks of bytes behind each other: <c>length u32 | crc32c u32 | bytes</c>. A block's checksum goes on from the
/// one before, so a block that was altered, left out or moved is seen; a block without bytes ends the file.</summary>
internal static class BlockFormat
{
    internal const int BlockBytes = 1 << 20;
    internal const int FrameBytes = 8;

    internal static uint Checksum(uint before, int length, ReadOnlySpan<byte> bytes)
    {
        Span<byte> frame = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(frame, length);
        return ~LogFormat.Checksum(LogFormat.Checksum(~before, frame), bytes);
    }
}

/// <summary>Writes blocks; memory stays at one block however long the file grows.</summary>
/// <param name="target">Stays open.</param>
/// <param name="written">Told behind each block; may flush the target, or wait.</param>
internal sealed class BlockWriter(Stream target, Action? written) : Stream
{
    private readonly byte[] _block = new byte[BlockFormat.FrameBytes + BlockFormat.BlockBytes];
    private int _length = BlockFormat.FrameBytes;
    private uint _checksum;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > _block.Length - _length)
        {
            var part = _block.Length - _length;
            buffer[..part].CopyTo(_block.AsSpan(_length));
            _length = _block.Length;
            WriteBlock();
            buffer = buffer[part..];
        }
        buffer.CopyTo(_block.AsSpan(_length));
        _length += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void WriteByte(byte value) => Write([value]);

    /// <summary>Nothing: a block is written when it is full.</summary>
    public override void Flush() { }

    /// <summary>Writes what is left and the block that ends the file.</summary>
    internal void End()
    {
        if (_length > BlockFormat.FrameBytes) { WriteBlock(); }
        WriteBlock();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void WriteBlock()
    {
        var length = _length - BlockFormat.FrameBytes;
        _checksum = BlockFormat.Checksum(_checksum, length, _block.AsSpan(BlockFormat.FrameBytes, length));
        BinaryPrimitives.WriteInt32LittleEndian(_block, length);
        BinaryPrimitives.WriteUInt32LittleEndian(_block.AsSpan(4), _checksum);
        target.Write(_block.AsSpan(0, _length));
        _length = BlockFormat.FrameBytes;
        written?.Invoke();
    }
}

/// <summary>Reads what <see cref="BlockWriter"/> wrote; no byte is handed out before its block's checksum was compared.</summary>
/// <param name="name">What messages call it.</param>
/// <param name="taken">Told behind each block; may wait.</param>
internal sealed class BlockReader(Stream source, string name, Action? taken) : Stream
{
    private readonly byte[] _block = new byte[BlockFormat.BlockBytes];
    private int _at;
    private int _length;
    private uint _checksum;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_at == _length && (buffer.IsEmpty || !ReadBlock())) { return 0; }
        var part = Math.Min(buffer.Length, _length - _at);
        _block.AsSpan(_at, part).CopyTo(buffer);
        _at += part;
        return part;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Sees that nothing is left: neither of what was written, nor behind it.</summary>
    /// <exception cref="InvalidDataException">Something is.</exception>
    internal void End()
    {
        if (_at < _length || ReadBlock() || source.ReadByte() >= 0)
        {
            throw new InvalidDataException($"{name}: holds more than its end says; it was altered.");
        }
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool ReadBlock()
    {
        if (_ended) { return false; }
        Span<byte> frame = stackalloc byte[BlockFormat.FrameBytes];
        if (source.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) < frame.Length) { throw Cut(); }
        var length = BinaryPrimitives.ReadInt32LittleEndian(frame);
        if (length is < 0 or > BlockFormat.BlockBytes) { throw Altered(); }
        if (source.ReadAtLeast(_block.AsSpan(0, length), length, throwOnEndOfStream: false) < length) { throw Cut(); }
        _checksum = BlockFormat.Checksum(_checksum, length, _block.AsSpan(0, length));
        if (_checksum != BinaryPrimitives.ReadUInt32LittleEndian(frame[4..])) { throw Altered(); }
        (_at, _length, _ended) = (0, length, length == 0);
        taken?.Invoke();
        return !_ended;
    }

    private InvalidDataException Cut() => new($"{name}: cut short at {source.Position} bytes.");

    private InvalidDataException Altered() =>
        new($"{name}: the checksum of the block before byte {source.Position} does not match; it was altered.");
}
