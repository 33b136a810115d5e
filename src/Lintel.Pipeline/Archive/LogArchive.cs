using System.Globalization;
using Lintel.Events.Archive;
using Lintel.Features;

namespace Lintel.Pipeline.Archive;

/// <summary>Brings closed segments of the log into Parquet by day: events by type, decisions with their features, and
/// what reviewers and list keepers did. Runs beside a server; one at a time for each log.</summary>
/// <remarks>A segment is written whole before the mark moves past it, and what is written is a function of the segment:
/// a compaction that was cut off anywhere is done again and replaces its own files, so no row stands twice.</remarks>
/// <param name="logFolder">Segments, and the days of events.</param>
/// <param name="recordsFolder">Days of decisions.</param>
/// <param name="planOf">Plan of a version, which names its features; null: it is not there any more.</param>
public sealed class LogArchive(string logFolder, string recordsFolder, Func<int, FeaturePlan?> planOf)
{
    /// <summary>Told before each file and mark: for tests of what a cut leaves.</summary>
    internal Action<string>? BeforeWrite { get; init; }

    /// <summary>Compacts every closed segment behind the mark.</summary>
    /// <exception cref="InvalidDataException">A segment was altered.</exception>
    public CompactionResult Compact(CancellationToken cancellation = default)
    {
        var result = new CompactionResult(0, 0, 0, ArchiveMark.Read(logFolder));
        foreach (var segment in LogSegments.Closed(logFolder, result.To))
        {
            cancellation.ThrowIfCancellationRequested();
            var (events, decisions, acts) = (new AcceptedEvents(), new DecisionDays(planOf), new LedgerDays());
            segment.Scan((in record) =>
            {
                events.Take(record);
                decisions.Take(record);
                acts.Take(record);
            });
            BeforeWrite?.Invoke("events");
            events.WriteDays(logFolder);
            BeforeWrite?.Invoke("decisions");
            decisions.Write(recordsFolder);
            acts.Write(recordsFolder);
            BeforeWrite?.Invoke("mark");
            ArchiveMark.Write(logFolder, segment.End);
            result = new(result.Segments + 1, result.Events + events.Count, result.Decisions + decisions.Count, segment.End);
        }
        return result;
    }

    /// <summary>Place before which segments may be deleted: everything before it is compacted, older than what answers are
    /// remembered for, and in a snapshot.</summary>
    /// <param name="remembered">Records known from this day (UTC) on are kept.</param>
    /// <param name="snapshotTo">Place that the last snapshot reaches; 0: there is none.</param>
    public long DeletableTo(DateTimeOffset remembered, long snapshotTo)
    {
        var place = Math.Min(ArchiveMark.Read(logFolder), snapshotTo);
        var day = remembered.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        foreach (var folder in (string[])[ArchiveMark.Folder(logFolder), recordsFolder])
        {
            if (!Directory.Exists(folder)) { continue; }
            foreach (var path in Directory.EnumerateFiles(folder, "*.parquet", SearchOption.AllDirectories))
            {
                var name = Path.GetFileNameWithoutExtension(path);
                if (string.CompareOrdinal(name, 0, day, 0, day.Length) < 0) { continue; }
                place = Math.Min(place, long.Parse(name.AsSpan(day.Length + 1), CultureInfo.InvariantCulture));
            }
        }
        return place;
    }
}

/// <param name="Segments">Compacted now.</param>
/// <param name="To">Everything before this place stands in days.</param>
public sealed record CompactionResult(int Segments, long Events, long Decisions, long To);
