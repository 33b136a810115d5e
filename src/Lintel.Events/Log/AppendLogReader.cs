using Microsoft.Win32.SafeHandles;

namespace Lintel.Events.Log;

/// <summary>Reads a log's segments without changing them; a writer may be at work on the last one.</summary>
public static class AppendLogReader
{
    private const int BlockBytes = 1 << 20;

    /// <summary>Visits every whole record of every segment of a folder, in order of place.</summary>
    /// <exception cref="InvalidDataException">A record was altered after it was synced, or a segment is missing; the
    /// message gives file and byte.</exception>
    public static LogScan Scan(string folder, LogVisitor visit)
    {
        var total = new LogScan(0, 0, 0);
        foreach (var path in Segments(folder))
        {
            if (total.TornBytes > 0)
            {
                throw new InvalidDataException(
                    $"{folder}: the segment before {Path.GetFileName(path)} ends in {total.TornBytes} unreadable bytes at place "
                    + $"{total.End}; restore the folder from a backup.");
            }
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            var scan = Scan(file, path, visit);
            total = new(total.Records + scan.Records, scan.End, scan.TornBytes);
        }
        return total;
    }

    /// <summary>Segments of a folder in order of place; empty when there is no folder yet.</summary>
    internal static IReadOnlyList<string> Segments(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*.log").Order(StringComparer.Ordinal)]
        : [];

    internal static LogScan Scan(SafeFileHandle file, string path, LogVisitor visit)
    {
        Span<byte> header = stackalloc byte[LogFormat.HeaderBytes];
        header = header[..RandomAccess.Read(file, header, 0)];
        var first = LogFormat.ReadHeader(header, path);
        var size = RandomAccess.GetLength(file);              // a writer may be at work behind it
        var buffer = new byte[BlockBytes];
        long at = LogFormat.HeaderBytes;                      // byte of the file where buffer[0] stands
        var length = 0;
        var records = 0L;
        while (true)
        {
            var wanted = (int)Math.Min(buffer.Length - length, size - at - length);
            var read = RandomAccess.Read(file, buffer.AsSpan(length, wanted), at + length);
            length += read;
            var used = 0;
            while (LogFormat.TryRead(buffer.AsSpan(used, length - used), out var payload))
            {
                var type = buffer[used + 8];
                if (type != LogFormat.Mark)
                {
                    records++;
                    visit(new()
                    {
                        Place = first + at + used - LogFormat.HeaderBytes,
                        Type = type,
                        Payload = buffer.AsSpan(used + LogFormat.FrameBytes, payload),
                    });
                }
                used += LogFormat.FrameBytes + payload;
            }
            if (read == 0) { return End(file, path, first, at + used, size, records); }
            Buffer.BlockCopy(buffer, used, buffer, 0, length - used);
            at += used;
            length -= used;
            if (length == buffer.Length)
            {
                if (length > LogFormat.MaxPayloadBytes + LogFormat.FrameBytes)
                {
                    return End(file, path, first, at, size, records);
                }
                Array.Resize(ref buffer, 2 * length);
            }
        }
    }

    /// <summary>What stands behind the last whole record: nothing, the torn end of a write, or damage.</summary>
    private static LogScan End(SafeFileHandle file, string path, long first, long at, long size, long records)
    {
        var place = first + at - LogFormat.HeaderBytes;
        var torn = LastWritten(file, at, size) - at;
        if (torn > 0 && FindMark(file, first, at, size) is { } mark && !IsWhole(file, at))
        {
            throw new InvalidDataException(
                $"{path}: the record at byte {at} (place {place}) does not match its checksum, and what follows it was synced "
                + $"(a mark stands at byte {mark}): the file was altered. Restore it from a backup; nothing was changed.");
        }
        return new(records, place, torn);
    }

    /// <summary>Whether a record that could not be read has come whole meanwhile: a writer is at work, nothing is damaged.</summary>
    private static bool IsWhole(SafeFileHandle file, long at)
    {
        var frame = new byte[LogFormat.FrameBytes];
        if (RandomAccess.Read(file, frame, at) < frame.Length) { return false; }
        var length = BitConverter.ToInt32(frame);
        if (length is < 0 or > LogFormat.MaxPayloadBytes) { return false; }
        var record = new byte[LogFormat.FrameBytes + length];
        return RandomAccess.Read(file, record, at) == record.Length && LogFormat.TryRead(record, out _);
    }

    /// <summary>Byte behind the last one that is not zero; zeros behind the end stand ready for a writer.</summary>
    private static long LastWritten(SafeFileHandle file, long from, long size)
    {
        var buffer = new byte[BlockBytes];
        var last = from;
        for (var at = from; at < size;)
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, size - at)), at);
            if (read == 0) { break; }
            var written = buffer.AsSpan(0, read).LastIndexOfAnyExcept((byte)0);
            if (written >= 0) { last = at + written + 1; }
            at += read;
        }
        return last;
    }

    /// <summary>Byte of the first mark behind a fault; null without one.</summary>
    private static long? FindMark(SafeFileHandle file, long first, long from, long size)
    {
        var buffer = new byte[BlockBytes];
        for (var at = from; at < size; at += BlockBytes - LogFormat.MarkBytes)
        {
            var block = buffer.AsSpan(0, RandomAccess.Read(file, buffer, at));
            for (var i = 0; i + LogFormat.MarkBytes <= block.Length; i++)
            {
                var next = block[(i + LogFormat.FrameBytes)..].IndexOf(LogFormat.MarkMagic);
                if (next < 0) { break; }
                i += next;
                if (LogFormat.IsMark(block[i..], first + at + i - LogFormat.HeaderBytes)) { return at + i; }
            }
        }
        return null;
    }
}
