namespace Lintel.Events.Log;

/// <summary>The segments of a log's folder, as their names say: first places, ascending.</summary>
internal sealed class SegmentList
{
    private readonly List<(string Path, long First)> _segments;

    private SegmentList(List<(string, long)> segments) => _segments = segments;

    internal int Count => _segments.Count;

    internal string this[int index] => _segments[index].Path;

    /// <summary>Every segment of a folder; none when there is no folder yet.</summary>
    internal static SegmentList Of(string folder) => new(
        [.. AppendLogReader.Segments(folder).Select(static p => (p, LogFormat.FirstPlaceOf(p)))]);

    internal long First(int index) => _segments[index].First;

    /// <summary>First place of the next segment; null for the last.</summary>
    internal long? End(int index) => index + 1 < Count ? First(index + 1) : null;

    /// <summary>Index of the segment that holds a place; −1 when the log begins behind it.</summary>
    internal int Find(long place) => _segments.FindLastIndex(s => s.First <= place);

    internal void Add(string path, long first) => _segments.Add((path, first));

    internal void RemoveFirst() => _segments.RemoveAt(0);

    /// <summary>Whether each closed segment is as long as the places it must hold; nothing is read.</summary>
    /// <exception cref="InvalidDataException">A segment between two others is missing, or was cut.</exception>
    internal void Check(string folder)
    {
        for (var i = 0; i + 1 < Count; i++)
        {
            var end = First(i) + new FileInfo(this[i]).Length - LogFormat.HeaderBytes;
            if (end == First(i + 1)) { continue; }
            throw new InvalidDataException(
                $"{folder}: {Path.GetFileName(this[i])} ends at place {end}, the next segment begins at place {First(i + 1)}: "
                + $"places {Math.Min(end, First(i + 1))} to {Math.Max(end, First(i + 1))} are gone or altered. Restore the folder "
                + "from a backup; nothing was changed.");
        }
    }
}
