using System.Buffers.Binary;
using System.Numerics;

namespace Lintel.Events.Log;

/// <summary>The one file format of the log. A segment is a header of 32 bytes and records behind each other:
/// <c>length u32 | crc32c u32 | type u8 | payload</c>, little-endian; length counts the payload, the checksum covers
/// length, type and payload. A record's place is its byte in the whole log: the segment's first place plus its
/// distance from the header's end.</summary>
/// <remarks>Every batch that reaches the file in one write starts with a mark that names its own place. A mark is
/// written only after everything before it was synced; so a fault with a mark behind it is damage, and a fault with
/// none is the torn end of a write that nobody was told of. Zeros behind the end stand ready for the next writes.</remarks>
internal static class LogFormat
{
    internal const int HeaderBytes = 32;
    internal const int FrameBytes = 9;
    internal const uint Version = 1;

    /// <summary>Type of a batch's mark; the types of others start at 1.</summary>
    internal const byte Mark = 0;

    /// <summary>Largest payload of one record: far past what any request may carry, so that a wrong length is seen at
    /// once.</summary>
    internal const int MaxPayloadBytes = 16 << 20;

    internal const int MarkBytes = FrameBytes + 16;

    internal static ReadOnlySpan<byte> Magic => "LINTELOG"u8;

    internal static ReadOnlySpan<byte> MarkMagic => "\u0001MARK\u0002\u0003\u0004"u8;

    /// <summary>Name of the segment that starts at a place; names sort as places do.</summary>
    internal static string SegmentName(long firstPlace) => $"{firstPlace:D20}.log";

    /// <summary>First place of a segment, as its name says.</summary>
    /// <exception cref="InvalidDataException">The file is no segment.</exception>
    internal static long FirstPlaceOf(string path) =>
        long.TryParse(Path.GetFileNameWithoutExtension(path), out var first) && first >= 0 ? first
            : throw new InvalidDataException($"{path}: not a segment of a log, whose name is a place; move it away.");

    internal static void WriteHeader(Span<byte> header, long firstPlace)
    {
        header[..HeaderBytes].Clear();
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], firstPlace);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], Checksum(0, header[..28]));
    }

    /// <summary>First place of a segment.</summary>
    /// <exception cref="InvalidDataException">Not a log, altered, or of a newer format.</exception>
    internal static long ReadHeader(ReadOnlySpan<byte> header, string path)
    {
        if (header.Length < HeaderBytes || !header[..8].SequenceEqual(Magic))
        {
            throw new InvalidDataException($"{path}: not a Lintel log; restore it from a backup, or move it away.");
        }
        var version = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        if (version > Version)
        {
            throw new InvalidDataException(
                $"{path}: log format {version}, this program reads up to {Version}; use a newer Lintel.");
        }
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[28..]) != Checksum(0, header[..28]))
        {
            throw new InvalidDataException($"{path}: the header's checksum does not match: altered; restore it from a backup.");
        }
        return BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
    }

    internal static void WriteRecord(Span<byte> target, byte type, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, payload.Length);
        target[8] = type;
        payload.CopyTo(target[FrameBytes..]);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], RecordChecksum(target, payload.Length));
    }

    internal static void WriteMark(Span<byte> target, long place)
    {
        Span<byte> payload = stackalloc byte[16];
        MarkMagic.CopyTo(payload);
        BinaryPrimitives.WriteInt64LittleEndian(payload[8..], place);
        WriteRecord(target, Mark, payload);
    }

    /// <summary>Whether a whole, unaltered record stands at the start of the bytes; its payload's length.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out int payloadBytes)
    {
        payloadBytes = bytes.Length < FrameBytes ? -1 : BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return payloadBytes is >= 0 and <= MaxPayloadBytes
            && bytes.Length >= FrameBytes + payloadBytes
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) == RecordChecksum(bytes, payloadBytes)
            && (payloadBytes > 0 || bytes[8] != Mark);
    }

    /// <summary>Whether a mark that names this very place stands at the start of the bytes.</summary>
    internal static bool IsMark(ReadOnlySpan<byte> bytes, long place) =>
        TryRead(bytes, out var length) && length == 16 && bytes[8] == Mark
        && bytes.Slice(FrameBytes, 8).SequenceEqual(MarkMagic)
        && BinaryPrimitives.ReadInt64LittleEndian(bytes[(FrameBytes + 8)..]) == place;

    private static uint RecordChecksum(ReadOnlySpan<byte> record, int payloadBytes) =>
        ~Checksum(Checksum(uint.MaxValue, record[..4]), record.Slice(8, 1 + payloadBytes));

    /// <summary>CRC-32C (Castagnoli), continued from a running value.</summary>
    internal static uint Checksum(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }
        foreach (var b in bytes) { crc = BitOperations.Crc32C(crc, b); }
        return crc;
    }
}
