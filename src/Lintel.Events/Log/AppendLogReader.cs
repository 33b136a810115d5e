using Microsoft.Win32.SafeHandles;

namespace Lintel.Events.Log;

/// <summary>Reads a log's segments without changing them; a writer may be at work on the last one.</summary>
public static class AppendLogReader
{
    private const int BlockBytes = 1 << 20;

    /// <summary>Visits every whole record of every segment of a folder, in order of place.</summary>
    /// <exception cref="InvalidDataException">A record was altered after it was synced, or a segment is missing; the
    /// message gives file and byte.</exception>
    public static LogScan Scan(string folder, LogVisitor visit) => Scan(folder, 0, visit);

    /// <summary>Visits every whole record from a place on.</summary>
    /// <param name="from">Place of a record, or the end that an earlier scan gave.</param>
    public static LogScan Scan(string folder, long from, LogVisitor visit)
    {
        var total = new LogScan(0, from, 0);
        foreach (var path in SegmentsFrom(folder, from))
        {
            if (total.TornBytes > 0)
            {
                throw new InvalidDataException(
                    $"{folder}: the segment before {Path.GetFileName(path)} ends in {total.TornBytes} unreadable bytes at place "
                    + $"{total.End}; restore the folder from a backup.");
            }
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            var scan = Scan(file, path, visit, from);
            total = new(total.Records + scan.Records, scan.End, scan.TornBytes);
        }
        return total;
    }

    /// <summary>Segments of a folder in order of place; empty when there is no folder yet.</summary>
    internal static IReadOnlyList<string> Segments(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*.log").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Segments that hold places from one on.</summary>
    internal static IEnumerable<string> SegmentsFrom(string folder, long from)
    {
        var segments = Segments(folder);
        var behind = segments.TakeWhile(s => FirstPlace(s) <= from).Count();
        return segments.Skip(Math.Max(0, behind - 1));
    }

    /// <summary>One whole record; null when none stands at the place.</summary>
    public static byte[]? Find(string folder, long place)
    {
        if (SegmentsFrom(folder, place).FirstOrDefault() is not { } path || FirstPlace(path) > place) { return null; }
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        return Read(file, place - FirstPlace(path) + LogFormat.HeaderBytes) is { } record ? record[LogFormat.FrameBytes..] : null;
    }

    /// <summary>First place that a folder's log still holds; 0 when there is no log yet.</summary>
    public static long First(string folder) => Segments(folder) is [var first, ..] ? FirstPlace(first) : 0;

    internal static long FirstPlace(string path) => long.Parse(Path.GetFileNameWithoutExtension(path));

    internal static LogScan Scan(SafeFileHandle file, string path, LogVisitor visit, long from = 0)
    {
        Span<byte> header = stackalloc byte[LogFormat.HeaderBytes];
        header = header[..RandomAccess.Read(file, header, 0)];
        var first = LogFormat.ReadHeader(header, path);
        var size = RandomAccess.GetLength(file);              // a writer may be at work behind it
        var buffer = new byte[BlockBytes];
        // byte of the file where buffer[0] stands
        var at = LogFormat.HeaderBytes + Math.Max(0, from - first);
        if (at > size)
        {
            throw new InvalidDataException($"{path}: ends before place {from}; it was cut short, or is another log.");
        }
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
    private static bool IsWhole(SafeFileHandle file, long at) => Read(file, at) is not null;

    /// <summary>The whole record at a byte with its frame; null when none stands there.</summary>
    private static byte[]? Read(SafeFileHandle file, long at)
    {
        var frame = new byte[LogFormat.FrameBytes];
        if (RandomAccess.Read(file, frame, at) < frame.Length) { return null; }
        var length = BitConverter.ToInt32(frame);
        if (length is < 0 or > LogFormat.MaxPayloadBytes) { return null; }
        var record = new byte[LogFormat.FrameBytes + length];
        return RandomAccess.Read(file, record, at) == record.Length && LogFormat.TryRead(record, out _) ? record : null;
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
