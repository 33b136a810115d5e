using Lintel.Events;
using Lintel.Pipeline.Archive;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;
using Lintel.Training.Fitting;
using Lintel.Training.Splits;

namespace Lintel.Training.DayReplays;

/// <summary>What a replayed day is compared with.</summary>
public enum ReplayAgainst
{
    /// <summary>What was recorded, where the day has records; else what the champion would have decided.</summary>
    Either,
    /// <summary>What was answered, as the records of decisions have it.</summary>
    Recorded,
    /// <summary>What the live version would have decided.</summary>
    Champion,
}

/// <summary>Replays a day of the log, or of the files: what a version would have decided, against what was decided.</summary>
public static class DayReplay
{
    /// <param name="request">Says where design, data and workspace stand.</param>
    /// <param name="day">In the design's time zone, by when decisions were made.</param>
    /// <exception cref="InvalidDataException">The day has no decision, or none that it could be compared with.</exception>
    public static DayReplayResult Run(
        DateOnly day, int version, ReplayAgainst against, TrainingRequest request, CancellationToken cancellation = default)
    {
        var own = Decide(version, day, request, cancellation);
        if (own.Rows.Count == 0)
        {
            throw new InvalidDataException(
                $"{day:yyyy-MM-dd} has no decision in files or log; they reach from {own.First} to {own.Last}.");
        }
        var recorded = against == ReplayAgainst.Champion
            ? []
            : RecordedDecisions.Read(request.Workspace.LogFolder, request.Workspace.RecordsFolder, own.From, own.To);
        if (recorded.Count > 0) { return DayComparison.Of(day, own, new RecordedDay(recorded, own.Version), "recorded"); }
        if (against == ReplayAgainst.Recorded)
        {
            throw new InvalidDataException(
                $"nothing of {day:yyyy-MM-dd} is recorded: its events came with files. Compare with --against champion.");
        }
        var champion = LiveReference.Read(request.Workspace)?.Champion ?? throw new InvalidDataException(
            $"nothing of {day:yyyy-MM-dd} is recorded, and no version is live to compare with; promote one first.");
        var other = champion == version ? own : Decide(champion, day, request, cancellation);
        return DayComparison.Of(day, own, other, $"version {champion}");
    }

    /// <summary>Decides the day with a version, over everything that became known before.</summary>
    private static ReplayedDay Decide(int number, DateOnly day, TrainingRequest request, CancellationToken cancellation)
    {
        var folder = request.Workspace.VersionFolder(number);
        var version = SystemVersion.Load(folder, request.Kinds);
        var prepared = Preparation.Read(version.Compiled, request);
        var zone = version.Design.TimeZone;
        var (from, to) = (CalendarDay.StartOf(day, zone), CalendarDay.StartOf(day.AddDays(1), zone));
        var replayed = new ReplayedDay(version, prepared, from, to);
        request.Progress.Stage($"replay with version {number}");
        new VersionReplay(version, folder, request.Workspace.LogFolder, request.Workspace.RecordsFolder).Each(
            prepared.History, from, to, new Watch(request.Progress, cancellation),
            (in LogEntry entry, DecisionRecord decision) => replayed.Add(entry.Row, decision));
        return replayed;
    }

    private sealed class Watch(ITrainingProgress progress, CancellationToken cancellation) : IProgress<double>
    {
        public void Report(double value)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(value, null);
        }
    }
}
