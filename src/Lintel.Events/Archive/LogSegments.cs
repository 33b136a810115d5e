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
