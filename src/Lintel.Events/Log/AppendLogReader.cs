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

    /// <summary>Visits every whole record from a place on; segments before it are not read. Of the segment that holds the
    /// place the first record comes before: it says how the others are laid out.</summary>
    /// <param name="from">A border between records, or before the log's first place.</param>
    /// <exception cref="InvalidDataException">As above, or the log ends before <paramref name="from"/>.</exception>
    public static LogScan Scan(string folder, long from, LogVisitor visit)
    {
        var segments = SegmentList.Of(folder);
        segments.Check(folder);
        return Scan(segments, from, visit);
    }

    internal static LogScan Scan(SegmentList segments, long from, LogVisitor visit)
    {
        var total = new LogScan(0, segments.Count > 0 ? segments.First(0) : 0, 0);
        for (var i = Math.Max(0, segments.Find(from)); i < segments.Count; i++)
        {
            using var file = File.OpenHandle(segments[i], share: FileShare.ReadWrite | FileShare.Delete);
            // the header of the last one may be on its way
            if (segments.End(i) is null && !IsBegun(file))
            {
                return total with { End = segments.First(i) };
            }
            var scan = Scan(file, segments[i], from, visit);
            if (segments.End(i) is { } end && scan.End != end)
            {
                throw new InvalidDataException(
                    $"{segments[i]}: whole records end at place {scan.End}, the segment at place {end}: it was altered. Restore it "
                    + "from a backup; nothing was changed.");
            }
            total = new(total.Records + scan.Records, scan.End, scan.TornBytes);
        }
        return total;
    }

    /// <summary>Whether a segment's header was written: one that is shorter, or nothing but zeros as a power loss leaves it,
    /// precedes every acknowledgement.</summary>
    internal static bool IsBegun(SafeFileHandle file)
    {
        Span<byte> header = stackalloc byte[LogFormat.HeaderBytes];
        return RandomAccess.GetLength(file) > header.Length
            || (RandomAccess.Read(file, header, 0) == header.Length && header.ContainsAnyExcept((byte)0));
    }

    /// <summary>One whole record; null when none stands at the place.</summary>
    public static byte[]? Find(string folder, long place)
    {
        var segments = SegmentList.Of(folder);
        if (segments.Find(place) is not (>= 0 and var index)) { return null; }
        using var file = File.OpenHandle(segments[index], share: FileShare.ReadWrite | FileShare.Delete);
        return ReadRecord(file, place - segments.First(index) + LogFormat.HeaderBytes, out _);
    }

    /// <summary>First place that a folder's log still holds; 0 when there is no log yet.</summary>
    public static long First(string folder) => SegmentList.Of(folder) is { Count: > 0 } segments ? segments.First(0) : 0;

    /// <summary>Segments of a folder in order of place; empty when there is no folder yet.</summary>
    internal static IReadOnlyList<string> Segments(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*.log").Order(StringComparer.Ordinal)]
        : [];

    internal static LogScan Scan(SafeFileHandle file, string path, LogVisitor visit) => Scan(file, path, 0, visit);

    private static LogScan Scan(SafeFileHandle file, string path, long from, LogVisitor visit)
    {
        Span<byte> header = stackalloc byte[LogFormat.HeaderBytes];
        header = header[..RandomAccess.Read(file, header, 0)];
        var first = LogFormat.ReadHeader(header, path);
        var size = RandomAccess.GetLength(file);              // a writer may be at work behind it
        if (first != LogFormat.FirstPlaceOf(path))
        {
            throw new InvalidDataException($"{path}: its header says place {first}; it was renamed. Give it its name back.");
        }
        var buffer = new byte[BlockBytes];
        var at = Start(file, path, first, from, size, visit);  // byte of the file where buffer[0] stands
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

    /// <summary>Byte of the first record to visit; the segment's first record was shown before when it stands
    /// earlier.</summary>
    private static long Start(
        SafeFileHandle file, string path, long first, long from, long size, LogVisitor visit)
    {
        if (from <= first) { return LogFormat.HeaderBytes; }
        var start = from - first + LogFormat.HeaderBytes;
        if (start > size)
        {
            throw new InvalidDataException(
                $"{path}: ends at place {first + size - LogFormat.HeaderBytes}, records are wanted from place {from}: the state that "
                + "asks is newer than the log. Restore the folder from a backup, or remove the snapshots behind it.");
        }
        if (ReadFirst(file, out var type) is { } payload)
        {
            visit(new() { Place = first + LogFormat.MarkBytes, Type = type, Payload = payload });
        }
        return start;
    }

    /// <summary>The payload of a segment's first record, behind its marks; null when there is none yet.</summary>
    internal static byte[]? ReadFirst(SafeFileHandle file, out byte type)
    {
        // a batch that was cut off leaves its mark, and the next one has its own
        for (var at = LogFormat.HeaderBytes; ; at += LogFormat.MarkBytes)
        {
            var payload = ReadRecord(file, at, out type);
            if (payload is null || type != LogFormat.Mark) { return payload; }
        }
    }

    /// <summary>The payload of the record at a byte; null when no whole one stands there.</summary>
    internal static byte[]? ReadRecord(SafeFileHandle file, long at, out byte type)
    {
        type = 0;
        Span<byte> frame = stackalloc byte[LogFormat.FrameBytes];
        if (RandomAccess.Read(file, frame, at) < frame.Length) { return null; }
        var length = BitConverter.ToInt32(frame);
        if (length is < 0 or > LogFormat.MaxPayloadBytes) { return null; }
        var record = new byte[LogFormat.FrameBytes + length];
        if (RandomAccess.Read(file, record, at) < record.Length || !LogFormat.TryRead(record, out _)) { return null; }
        type = record[8];
        return record[LogFormat.FrameBytes..];
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
    private static bool IsWhole(SafeFileHandle file, long at) => ReadRecord(file, at, out _) is not null;

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
