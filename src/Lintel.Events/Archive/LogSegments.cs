using Lintel.Events.Log;

namespace Lintel.Events.Archive;

/// <summary>The segments of a log's folder, read beside whoever writes it.</summary>
public static class LogSegments
{
    /// <summary>Segments that no writer adds to any more, from the one that holds a place; each begins with its layout.</summary>
    public static IReadOnlyList<LogSegment> Closed(string logFolder, long from)
    {
        var segments = All(logFolder);
        return [.. segments.SkipLast(1).Where(s => s.End > from)];
    }

    /// <summary>Visits every record from a segment's first place on.</summary>
    /// <returns>Place behind the last one; <paramref name="from"/> when there is none.</returns>
    /// <exception cref="InvalidDataException">A record was altered, or a segment is missing.</exception>
    public static long Scan(string logFolder, long from, LogVisitor visit)
    {
        var segments = All(logFolder);
        var end = from;
        foreach (var segment in segments)
        {
            if (segment.End <= from) { continue; }
            if (segment.First > end)
            {
                throw new InvalidDataException(
                    $"{logFolder}: places {end} to {segment.First} are neither in its days nor in a segment; restore the "
                    + "folder from a backup.");
            }
            end = segment.Scan(visit).End;
        }
        return end;
    }

    /// <summary>Place of a segment from which on stands every record that became known at an instant or later: the last one that begins
    /// with an earlier record, else the first; 0 when there is none.</summary>
    /// <param name="known">Microseconds since 1970 UTC.</param>
    public static long Before(string logFolder, long known)
    {
        var segments = All(logFolder);
        var place = segments.FindLastIndex(s => s.FirstKnown() < known);
        return segments.Count == 0 ? 0 : segments[Math.Max(0, place)].First;
    }

    /// <summary>When the log's last event was accepted, microseconds since 1970 UTC; null: it holds none.</summary>
    /// <exception cref="InvalidDataException">A record was altered.</exception>
    public static long? LastKnown(string logFolder)
    {
        long? known = null;
        foreach (var segment in Enumerable.Reverse(All(logFolder)))
        {
            segment.Scan((in record) =>
            {
                if (record.Type == LiveRecordType.Event) { known = LoggedEvent.Read(record.Payload).Known; }
            });
            if (known is not null) { break; }
        }
        return known;
    }

    private static List<LogSegment> All(string logFolder)
    {
        var paths = AppendLogReader.Segments(logFolder);
        var first = paths.Select(static p => long.Parse(Path.GetFileNameWithoutExtension(p))).ToArray();
        return [.. paths.Select((path, i) => new LogSegment(path, first[i], i + 1 < first.Length ? first[i + 1] : long.MaxValue))];
    }
}

/// <param name="First">Its first place.</param> <param name="End">First place of the next; <see cref="long.MaxValue"/>:
/// it is the last.</param>
public sealed record LogSegment(string Path, long First, long End)
{
    /// <summary>When its first event was accepted, microseconds since 1970 UTC; null: it holds none yet.</summary>
    internal long? FirstKnown()
    {
        using var file = File.OpenHandle(Path, share: FileShare.ReadWrite | FileShare.Delete);
        for (var at = (long)LogFormat.HeaderBytes; AppendLogReader.ReadRecord(file, at, out var type) is { } payload; at += LogFormat.FrameBytes + payload.Length)
        {
            if (type == LiveRecordType.Event) { return LoggedEvent.Read(payload).Known; }
        }
        return null;
    }

    /// <exception cref="InvalidDataException">A record was altered, or a closed segment ends before the next begins.</exception>
    public LogScan Scan(LogVisitor visit)
    {
        using var file = File.OpenHandle(Path, share: FileShare.ReadWrite | FileShare.Delete);
        // the header of the last one may be on its way
        if (End == long.MaxValue && RandomAccess.GetLength(file) < LogFormat.HeaderBytes) { return new(0, First, 0); }
        var scan = AppendLogReader.Scan(file, Path, visit);
        return End == long.MaxValue || scan.End == End ? scan : throw new InvalidDataException(
            $"{Path}: ends at place {scan.End}, the next segment begins at {End}; restore the folder from a backup.");
    }
}
