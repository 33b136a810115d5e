using Lintel.Design;
using Lintel.Events.Archive;
using Lintel.Monitoring.Drift;
using Lintel.Monitoring.Quality;
using Lintel.Pipeline;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Outcomes;
using Lintel.Pipeline.Versions;
using Lintel.Training.Splits;

namespace Lintel.Monitoring;

/// <summary>Follows a system's log and says how its live version does. One thread's; <see cref="Report"/> may be read by any.</summary>
/// <remarks>Figures follow from the log alone: a run that begins anew reads as far back as an outcome of the window can have been asked
/// for, and finds the same. When another trained version becomes live, it begins anew with that one's design. One that was learned from it on
/// the stream has its design, and is followed on.</remarks>
public sealed class MonitorRun(MonitorRequest request)
{
    /// <summary>The stretch where the design names none.</summary>
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromDays(1);

    private readonly string _logFolder = request.LogFolder ?? request.Workspace.LogFolder;
    private Watching? _watching;
    private (long Place, long Step) _shown = (-1, -1);

    /// <summary>The live version, and what is counted of it.</summary>
    /// <param name="Root">The trained version that it is, or was learned from.</param>
    private sealed record Watching(int Version, int Root, SystemDesign Design, IReadOnlyList<WatchLine> Lines)
    {
        /// <summary>Null: the design's outcomes are not followed.</summary>
        public QualityWatch? Quality { get; init; }

        public OutcomeFollower<WaitingEstimate>? Outcomes { get; init; }

        /// <summary>Null: drift is not measured.</summary>
        public DriftWatch? Drift { get; init; }

        public DriftReporter? DriftReporter { get; init; }

        public DecisionFollower? Decisions { get; init; }

        public required GateAlerts Alerts { get; init; }

        /// <summary>Place of the log up to which everything was read.</summary>
        public long Place => Math.Max(Outcomes?.Place ?? 0, Decisions?.Place ?? 0);

        public long LastKnown => Math.Max(Outcomes?.LastKnown ?? long.MinValue, Decisions?.LastKnown ?? long.MinValue);
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
            var manifest = SystemVersion.ReadManifest(request.Workspace.VersionFolder(version));
            _watching = _watching is { } same && RootOf(version, manifest) == same.Root ? same with { Version = version } : Begin(version, manifest);
            _shown = (-1, -1);
        }
        var watching = _watching;
        var until = request.At ?? long.MaxValue;
        watching.Outcomes?.Follow(to, until, request.Pace);
        watching.Decisions?.Follow(to, until, watching.Drift!.Take, request.Pace);
        var at = AsOf(watching);
        var now = (watching.Place, (at ?? 0) / StepOf(watching.Design));
        if (now == _shown) { return; }
        _shown = now;
        Show(watching, at);
    }

    private void Show(Watching watching, long? at)
    {
        var lines = new List<string>();
        var quality = watching is { Quality: { } watch, Outcomes: { } outcomes } ? QualityReporter.Of(watch, at ?? 0, outcomes.Waiting) : null;
        if (quality is not null) { lines.AddRange(watching.Alerts.Changes(watching.Design.System, watching.Version, quality)); }
        var drift = watching.DriftReporter?.Of(at ?? 0);
        if (drift is not null)
        {
            lines.AddRange(watching.DriftReporter!.Changes(watching.Design.System, watching.Version, drift));
            drift = drift with { Alerts = watching.DriftReporter.Alerts };
        }
        Report = new(
            watching.Design.System, watching.Version, watching.Design.Decision.Kind.ToString().ToLowerInvariant(),
            at is { } instant ? CalendarDay.Iso(instant) : null, watching.Place, watching.Lines)
        {
            Quality = quality,
            Drift = drift,
            Alerts = watching.Alerts.Count,
            Unreadable = watching.Quality?.Unreadable ?? 0,
        };
        if (!watching.Design.Monitor.Alert.Contains("log")) { return; }
        foreach (var line in lines) { request.Alert(line); }
    }

    private Watching Begin(int version, VersionManifest manifest)
    {
        var folder = request.Workspace.VersionFolder(version);
        var design = DesignFile.Load(Path.Combine(folder, VersionFiles.Design), request.Kinds);
        var judged = design.Monitor.DriftMeasure is null ? null : JudgedDistributions.Read(folder);
        var watching = new Watching(version, RootOf(version, manifest), design, WatchList.Of(design, judged is not null)) { Alerts = new(design.Evaluate.Gates) };
        var isFollowed = design.Decision.Kind == DecisionKind.Regression;
        if (!isFollowed && judged is null) { return watching; }
        var compiled = VersionParts.Compile(folder, design);
        var now = Now() ?? LogSegments.LastKnown(_logFolder) ?? 0;
        if (isFollowed) { watching = WithQuality(watching, compiled, manifest, now); }
        return judged is null ? watching : WithDrift(watching, compiled, judged, now);
    }

    private Watching WithQuality(Watching watching, CompiledDesign compiled, VersionManifest manifest, long now)
    {
        var plan = new QualityPlan(compiled, manifest, WindowOf(watching.Design), request.Retention);
        var watch = new QualityWatch(plan, new(plan, watching.Version, request.Workspace, request.Kinds));
        return watching with
        {
            Quality = watch,
            Outcomes = new(compiled, _logFolder, now - Microseconds(plan.Window) - Microseconds(plan.Wait), plan.Wait, QualityPlan.MostWaiting, watch),
        };
    }

    private Watching WithDrift(Watching watching, CompiledDesign compiled, JudgedDistributions judged, long now)
    {
        var design = watching.Design;
        var watch = new DriftWatch(compiled, judged, WindowOf(design), IsOf);
        return watching with
        {
            Drift = watch,
            DriftReporter = new(watch, design.Monitor.DriftMeasure!, design.Monitor.DriftBound!.Value),
            Decisions = new(_logFolder, now - Microseconds(watch.Window)),
        };

        bool IsOf(int number)
        {
            if (number == watching.Version) { return true; }
            var folder = request.Workspace.VersionFolder(number);
            return File.Exists(Path.Combine(folder, VersionFiles.Manifest)) && RootOf(number, SystemVersion.ReadManifest(folder)) == watching.Root;
        }
    }

    private static int RootOf(int version, VersionManifest manifest) => manifest.Continuous?.Root ?? version;

    private TimeSpan WindowOf(SystemDesign design) => request.Window ?? design.Monitor.Window ?? DefaultWindow;

    private long StepOf(SystemDesign design) => RollingWindow<object>.WidthOf(WindowOf(design));

    /// <summary>The instant of the figures: never before a record that was read.</summary>
    private long? AsOf(Watching watching)
    {
        var read = watching.LastKnown is var known and > long.MinValue ? known : (long?)null;
        return request.At ?? (Now() is { } now ? Math.Max(now, read ?? now) : read);
    }

    private long? Now() => request.At ?? (request.Clock is { } clock
        ? (clock.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond : null);

    private static long Microseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;
}
