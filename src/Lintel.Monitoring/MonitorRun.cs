using Lintel.Design;
using Lintel.Events.Archive;
using Lintel.Monitoring.Quality;
using Lintel.Pipeline.Outcomes;
using Lintel.Pipeline.Versions;
using Lintel.Training.Splits;

namespace Lintel.Monitoring;

/// <summary>Follows a system's log and says how its live version does. One thread's; <see cref="Report"/> may be read by any.</summary>
/// <remarks>Figures follow from the log alone: a run that begins anew reads as far back as an outcome of the window can have been asked
/// for, and finds the same. When another version becomes live, it begins anew with that one's design; decisions of all versions count.</remarks>
public sealed class MonitorRun(MonitorRequest request)
{
    private readonly string _logFolder = request.LogFolder ?? request.Workspace.LogFolder;
    private Watching? _watching;
    private long _shownPlace = -1;
    private long _shownStep = -1;

    /// <summary>The live version, and what is counted of it.</summary>
    private sealed record Watching(int Version, SystemDesign Design, IReadOnlyList<WatchLine> Lines)
    {
        /// <summary>Null: the design's outcomes are not followed.</summary>
        public QualityWatch? Quality { get; init; }

        public OutcomeFollower<WaitingEstimate>? Follower { get; init; }

        public required GateAlerts Alerts { get; init; }
    }

    /// <summary>As of the last step; null: before the first, or no version is live.</summary>
    public MonitorReport? Report { get; private set; }

    /// <summary>Reads the log up to a place, and tells what changed.</summary>
    /// <param name="to">A place up to which the log is durable.</param>
    /// <exception cref="InvalidDataException">A version or the log was altered.</exception>
    public void Step(long to)
    {
        if ((request.Version?.Invoke() ?? LiveReference.Read(request.Workspace)?.Champion) is not { } version) { return; }
        if (_watching?.Version != version)
        {
            _watching = Begin(version);
            _shownPlace = -1;
        }
        var watching = _watching;
        watching.Follower?.Follow(to, request.At ?? long.MaxValue, request.Pace);
        var at = AsOf(watching);
        var (place, step) = (watching.Follower?.Place ?? 0, watching.Quality?.Plan.BucketOf(at ?? 0) ?? 0);
        if (place == _shownPlace && step == _shownStep) { return; }
        (_shownPlace, _shownStep) = (place, step);
        Show(watching, at);
    }

    private void Show(Watching watching, long? at)
    {
        var quality = watching is { Quality: { } watch, Follower: { } follower } ? QualityReporter.Of(watch, at ?? 0, follower.Waiting) : null;
        var alerts = quality is null ? [] : watching.Alerts.Changes(watching.Design.System, watching.Version, quality).ToArray();
        Report = new(
            watching.Design.System, watching.Version, watching.Design.Decision.Kind.ToString().ToLowerInvariant(),
            at is { } instant ? CalendarDay.Iso(instant) : null, watching.Follower?.Place ?? 0, watching.Lines)
        {
            Quality = quality,
            Alerts = watching.Alerts.Count,
            Unreadable = watching.Quality?.Unreadable ?? 0,
        };
        if (!watching.Design.Monitor.Alert.Contains("log")) { return; }
        foreach (var line in alerts) { request.Alert(line); }
    }

    private Watching Begin(int version)
    {
        var folder = request.Workspace.VersionFolder(version);
        var manifest = SystemVersion.ReadManifest(folder);
        var design = DesignFile.Load(Path.Combine(folder, VersionFiles.Design), request.Kinds);
        var watching = new Watching(version, design, WatchList.Of(design)) { Alerts = new(design.Evaluate.Gates) };
        if (design.Decision.Kind != DecisionKind.Regression) { return watching; }
        var plan = new QualityPlan(VersionParts.Compile(folder, design), manifest, request.Window, request.Retention);
        var watch = new QualityWatch(plan, new(plan, version, request.Workspace, request.Kinds));
        var since = (Now() ?? LogSegments.LastKnown(_logFolder) ?? 0) - Microseconds(plan.Window) - Microseconds(plan.Wait);
        return watching with
        {
            Quality = watch,
            Follower = new(plan.Compiled, _logFolder, since, plan.Wait, QualityPlan.MostWaiting, watch),
        };
    }

    /// <summary>The instant of the figures: never before a record that was read.</summary>
    private long? AsOf(Watching watching)
    {
        var read = watching.Follower?.LastKnown is { } known and > long.MinValue ? known : (long?)null;
        return request.At ?? (Now() is { } now ? Math.Max(now, read ?? now) : read);
    }

    private long? Now() => request.At ?? (request.Clock is { } clock
        ? (clock.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond : null);

    private static long Microseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;
}
