using System.Globalization;
using Lintel.Design;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Continuous;

/// <summary>Learns behind a running service, publishes what it learned, and goes back when that promises too much or too little. One
/// thread's; <see cref="Status"/> may be read by any.</summary>
/// <remarks>What counts is a file that is replaced in one rename, the mark: first the new version is made whole, then the mark names it,
/// then the live reference moves. A process that dies between two of these steps does the rest when it comes back. Whoever moves the
/// live reference by hand moves learning with it.</remarks>
public sealed class LearningRun(LearningRequest request)
{
    private const string Author = "lintel continuous";

    private readonly LearningFolder _folder = new(request.Workspace.LearningFolder);
    private readonly Workspace _workspace = request.Workspace;
    private Learning? _learning;
    private int _idle;

    /// <summary>What is being learned: a root, the log's follower, and the mark that counts.</summary>
    private sealed record Learning(SystemVersion Root, LogFollower Follower, StreamLearner Learner)
    {
        public required LearningMark Mark { get; set; }

        /// <summary>Rows learned at the mark.</summary>
        public long RowsThen { get; set; }

        public RetrainDesign Retrain => Root.Design.Retrain;
    }

    public LearningStatus Status { get; private set; } = new();

    /// <summary>Learns what the log holds up to a place, and publishes when the time has come.</summary>
    /// <param name="to">A place up to which the log is durable.</param>
    /// <exception cref="InvalidDataException">A version or the log was altered.</exception>
    public void Step(long to)
    {
        if (LiveReference.Read(_workspace) is not { } live || !Follow(live)) { return; }
        var learning = _learning!;
        learning.Follower.Follow(to, request.Pace);
        if (learning.Retrain.Rollback is { } band && learning.Learner.Window.Judge(band) == Verdict.Broken) { RollBack(live); }
        else if (request.Live.Clock.GetUtcNow().UtcTicks - learning.Mark.Published >= learning.Retrain.Continuous!.Value.Ticks)
        {
            Publish(live);
        }
        Tell(Status.Last);
    }

    /// <summary>The learner and everything that waits in it; a test compares it.</summary>
    internal void WriteLearner(BinaryWriter writer) => _learning!.Learner.Write(writer);

    /// <summary>The root's graph with what is known at the last step; it changes with the next. A bench looks at it.</summary>
    internal ScoringGraph Current => _learning!.Learner.Current;

    /// <summary>Sees that what is learned belongs to the live version.</summary>
    /// <returns>False: that version does not learn.</returns>
    private bool Follow(LiveReference live)
    {
        if (_learning is { } now && now.Mark.Champion == live.Champion) { return true; }
        if (_learning is null && _idle == live.Champion) { return false; }
        var root = DerivedVersions.RootOf(_workspace, live.Champion);
        if (_learning is { } learning && learning.Root.Number == root)
        {
            Move(learning, live);
            return true;
        }
        _learning = null;
        var design = DesignFile.Load(Path.Combine(_workspace.VersionFolder(root), VersionFiles.Design), request.Kinds);
        if (design.Retrain.Continuous is null)
        {
            (_idle, Status) = (live.Champion, new());
            return false;
        }
        var version = SystemVersion.Load(_workspace.VersionFolder(root), request.Kinds);
        _learning = Resume(version, live) ?? Begin(version, live);
        return true;
    }

    /// <summary>Goes on from the mark, and does what a process that died left undone.</summary>
    /// <returns>Null: there is none, or it cannot be used.</returns>
    private Learning? Resume(SystemVersion root, LiveReference live)
    {
        try
        {
            var learning = _folder.Read((mark, reader) => mark.Root == root.Number ? Read(root, mark, reader) : null, request.Pace);
            if (learning is null || learning.Mark.Champion == live.Champion) { return learning; }
            _learning = learning;
            if (learning.Mark.Before == Reference(live)) { MoveLive(live, learning.Mark.Champion, "what a stopped process had published"); }
            else { Move(learning, live); }
            return learning;
        }
        catch (Exception fault) when (fault is InvalidDataException or FileNotFoundException)
        {
            request.Warn($"what was learned cannot be read: {fault.Message} Learning begins anew with version {live.Champion}.");
            return null;
        }
    }

    private Learning Read(SystemVersion root, LearningMark mark, BinaryReader reader)
    {
        var state = LiveState.Load(_folder.StatePath(mark.Place), root.Compiled, request.Live.Order, request.Live.Retention);
        var learner = new StreamLearner(root, state.Compiled, request.Live.Retention);
        learner.Read(reader);
        return new(root, new(state, request.LogFolder, mark.Champion) { Watcher = learner }, learner) { Mark = mark, RowsThen = learner.Rows };
    }

    /// <summary>Begins with the live version, where its state stands in the log.</summary>
    private Learning Begin(SystemVersion root, LiveReference live)
    {
        var from = live.Champion == root.Number ? root : SystemVersion.Load(_workspace.VersionFolder(live.Champion), request.Kinds);
        var state = StateShelf.Of(
            _workspace, from, VersionFiles.StateLatest, request.LogFolder, request.Live, snapshots: false).Take(request.Warn, request.Pace);
        var learner = new StreamLearner(root, state.Compiled, request.Live.Retention);
        if (from != root) { learner.GoOnFrom(from.Graph); }
        return new(root, new(state, request.LogFolder, live.Champion) { Watcher = learner }, learner)
        {
            Mark = new()
            {
                Root = root.Number,
                Place = state.NextPlace,
                Champion = live.Champion,
                Before = Reference(live),
                Published = request.Live.Clock.GetUtcNow().UtcTicks,
                Good = [],
            },
        };
    }

    /// <summary>Somebody moved the live reference to another version of the root: learning goes on from that one.</summary>
    private void Move(Learning learning, LiveReference live)
    {
        GoOnFrom(learning, live.Champion);
        Mark(learning, live, live.Champion, [.. learning.Mark.Good.Where(good => good <= live.Champion)]);
        Tell($"version {live.Champion} was promoted: learning goes on from it");
    }

    private void Publish(LiveReference live)
    {
        var learning = _learning!;
        var learner = learning.Learner;
        // what comes next is published as soon as it is learned
        if (learner.Rows == learning.RowsThen) { return; }
        var zone = learning.Root.Design.TimeZone;
        var gates = GateCheck.Of(learning.Root.Design, learner.Window, learning.Root.Manifest!.Seed);
        if (gates.FirstOrDefault(static g => g.Verdict == Verdict.Broken) is { } broken)
        {
            Keep(live, $"gate '{broken.Gate}' is broken: {broken.Measured}");
            return;
        }
        if (learning.Follower.Differences > 0)
        {
            Keep(live, $"{learning.Follower.Differences} decisions recorded other features than their replay reads");
            return;
        }
        _folder.SaveState(learning.Follower.State, request.Pace);
        var state = learning.Follower.State;
        var result = new ContinuousResult(
            learning.Root.Number, live.Champion, state.NextPlace, learner.Rows, learner.Window.Figures(ProgressiveWindow.Hour, zone),
            learner.Window.Figures(ProgressiveWindow.Day, zone), gates);
        var number = DerivedVersions.Make(
            _workspace, learning.Root, learner.Snapshot(), state, _folder.StatePath(state.NextPlace), result, request.Live.Clock.GetUtcNow());
        var isGood = learning.Retrain.Rollback is { } band && learner.Window.Judge(band) == Verdict.Holds;
        Mark(learning, live, number, isGood ? [.. learning.Mark.Good.TakeLast(DerivedVersions.Kept), number] : learning.Mark.Good);
        MoveLive(live, number, $"{learner.Rows:N0} labelled {learner.RowName} learned since version {learning.Root.Number}");
        DerivedVersions.Prune(_workspace, learning.Root.Number, [number, live.Champion, .. learning.Mark.Good]);
        Status = Status with { Published = Status.Published + 1 };
        Say(request.Tell, $"version {number} is live: {learner.Rows:N0} labelled {learner.RowName} learned since version {learning.Root.Number}{Ratio(result.Hour)}");
    }

    /// <summary>Nothing is published this time; learning goes on.</summary>
    private void Keep(LiveReference live, string why)
    {
        var learning = _learning!;
        _folder.SaveState(learning.Follower.State, request.Pace);
        Mark(learning, live, live.Champion, learning.Mark.Good);
        Status = Status with { Blocked = Status.Blocked + 1 };
        Say(request.Warn, $"what was learned is not published: {why}. Version {live.Champion} goes on.");
    }

    private void RollBack(LiveReference live)
    {
        var learning = _learning!;
        var window = learning.Learner.Window;
        var hour = window.Figures(ProgressiveWindow.Hour, learning.Root.Design.TimeZone);
        // a good version is gone back to once: when what is learned from it leaves the band again, the one before is
        var target = learning.Mark.Good.Count > 0 ? learning.Mark.Good[^1] : learning.Root.Number;
        GoOnFrom(learning, target);
        _folder.SaveState(learning.Follower.State, request.Pace);
        Mark(learning, live, target, [.. learning.Mark.Good.SkipLast(1)]);
        if (target != live.Champion) { MoveLive(live, target, $"rollback from version {live.Champion}: calibration left the band"); }
        Status = Status with { RolledBack = Status.RolledBack + 1 };
        var band = learning.Retrain.Rollback!.Value;
        Say(request.Warn, string.Create(CultureInfo.InvariantCulture,
            $"rolled back to version {target}: what was learned promises {hour.Calibration:0.###} times the positives seen, outside {band.Low}..{band.High}. Look at the labels that came last."));
    }

    private void GoOnFrom(Learning learning, int version)
    {
        learning.Learner.GoOnFrom(version == learning.Root.Number
            ? learning.Root.Graph : SystemVersion.Load(_workspace.VersionFolder(version), request.Kinds).Graph);
        learning.Follower.Version = version;
    }

    /// <summary>Makes where learning stands the mark that counts.</summary>
    private void Mark(Learning learning, LiveReference live, int champion, IReadOnlyList<int> good)
    {
        _folder.SaveState(learning.Follower.State, request.Pace);
        learning.Mark = new()
        {
            Root = learning.Root.Number,
            Place = learning.Follower.State.NextPlace,
            Champion = champion,
            Before = Reference(live),
            Published = request.Live.Clock.GetUtcNow().UtcTicks,
            Good = good,
        };
        _folder.Save(learning.Mark, learning.Learner, request.Pace);
        learning.RowsThen = learning.Learner.Rows;
        learning.Follower.Version = champion;
    }

    /// <summary>Moves the live reference; of the champions before, those that are still on disk stay in its history.</summary>
    private void MoveLive(LiveReference live, int version, string reason)
    {
        var there = _workspace.Versions().ToHashSet();
        new LiveReference(version, request.Live.Clock.GetUtcNow(), Author, reason)
        {
            History =
            [
                new(live.Champion, live.Since, live.By, live.Reason),
                .. live.History.Where(h => there.Contains(h.Version)).Take(DerivedVersions.Kept),
            ],
        }.Write(_workspace);
    }

    private static (int Version, long Since) Reference(LiveReference live) => (live.Champion, live.Since.UtcTicks);

    private static string Ratio(ProgressiveFigures hour) => hour.Calibration is { } ratio
        ? string.Create(CultureInfo.InvariantCulture, $", calibration {ratio:0.###} over the last hour") : "";

    private void Say(Action<string> line, string what)
    {
        line(what);
        Tell(what);
    }

    private void Tell(string last)
    {
        var (learning, learner) = (_learning!, _learning!.Learner);
        var zone = learning.Root.Design.TimeZone;
        var isSame = Status.IsOn && Status.Rows == learner.Rows && learner.Rows > 0;
        Status = Status with
        {
            IsOn = true,
            Root = learning.Root.Number,
            Place = learning.Follower.State.NextPlace,
            Rows = learner.Rows,
            Waiting = learner.WaitingCount,
            Pages = learner.PageCount,
            Unheard = learner.Unheard,
            Hour = isSame ? Status.Hour : learner.Window.Figures(ProgressiveWindow.Hour, zone),
            Day = isSame ? Status.Day : learner.Window.Figures(ProgressiveWindow.Day, zone),
            Last = last,
        };
    }
}
