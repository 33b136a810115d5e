using System.Text;
using Lintel.Decisions.Pages;
using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;
using Lintel.Retrieval.Sources;
using Lintel.Training.Continuous;
using Lintel.Training.Fitting;
using Lintel.Training.Metrics;
using Lintel.Training.Ranking;

namespace Lintel.Training.Tests.Continuous;

/// <summary>A workspace with a version that was trained on files and goes on learning, served by a clock that a test moves.</summary>
internal abstract class TrainedSystem : IDisposable
{
    /// <param name="design">Its text.</param> <param name="files">Texts by name, beside it.</param>
    protected TrainedSystem(string design, IReadOnlyDictionary<string, string> files)
    {
        var folder = Directory.CreateTempSubdirectory("lintel-learning-").FullName;
        Workspace = new(folder);
        File.WriteAllText(Path.Combine(folder, "design.yaml"), design);
        foreach (var (name, text) in files) { File.WriteAllText(Path.Combine(folder, name), text); }
        TrainingRun.Run(new()
        {
            DesignPath = Path.Combine(folder, "design.yaml"),
            Workspace = Workspace,
            Kinds = Kinds,
            Command = "test",
            Clock = TimeProvider.System,
            Threads = 1,
        }).Manifest.Version.ShouldBe(1);
        Promote(1);
    }

    internal static KindRegistry Kinds { get; } = new([
        .. ModelKinds.Kinds, .. MetricKinds.Kinds, .. RankingMetricKinds.Kinds, .. PageStepKinds.Kinds, .. CandidateKinds.Kinds]);

    internal Workspace Workspace { get; }

    internal OffersClock Clock { get; } = new();

    internal List<string> Lines { get; } = [];

    internal LiveOptions Live => new() { Clock = Clock, AcceptUnknownSubjects = true };

    internal int Champion => LiveReference.Read(Workspace)!.Champion;

    internal LearningRun Run(Workspace? workspace = null) => new(new()
    {
        Workspace = workspace ?? Workspace,
        Kinds = Kinds,
        LogFolder = (workspace ?? Workspace).LogFolder,
        Live = Live,
        Warn = Lines.Add,
        Tell = Lines.Add,
    });

    /// <summary>The trained version and the log in a workspace of their own, without what was learned.</summary>
    internal Workspace Copy()
    {
        var to = new Workspace(Path.Combine(Workspace.Folder, "copy"));
        foreach (var folder in (string[])["log", "versions/1"])
        {
            foreach (var path in Directory.GetFiles(Path.Combine(Workspace.Root, folder), "*", SearchOption.AllDirectories))
            {
                if (Path.GetFileName(path) == "lock") { continue; }
                var target = Path.Combine(to.Root, Path.GetRelativePath(Workspace.Root, path));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(path, target);
            }
        }
        new LiveReference(1, DateTimeOffset.UnixEpoch, "ada", "for the test").Write(to);
        return to;
    }

    internal void Promote(int version) => new LiveReference(version, Clock.GetUtcNow(), "ada", "for the test").Write(Workspace);

    /// <summary>Serves the log with a version.</summary>
    internal LiveService Serve(int version)
    {
        var loaded = SystemVersion.Load(Workspace.VersionFolder(version), Kinds);
        var shelf = StateShelf.Of(Workspace, loaded, VersionFiles.StateLatest, Workspace.LogFolder, Live, snapshots: false);
        return LiveService.Start(loaded, shelf.Take(static _ => { }), Workspace.LogFolder, Live);
    }

    internal static async Task<DecisionRecord?> SendAsync(LiveService live, string body, bool decide)
    {
        var request = new LiveRequest();
        if (decide) { live.ReadDecide(Encoding.UTF8.GetBytes(body), request); }
        else { live.ReadEvents(Encoding.UTF8.GetBytes(body), request); }
        await live.ApplyAsync(request, decide);
        request.Faults.ShouldBeEmpty();
        return decide ? request[0].Decision : null;
    }

    public void Dispose() => Directory.Delete(Workspace.Folder, recursive: true);
}

/// <summary>A clock that a test moves, wall and monotonic time together.</summary>
internal sealed class OffersClock : TimeProvider
{
    private static readonly long Start = new DateTime(2026, 2, 15, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private long _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Start + Interlocked.Read(ref _passed), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _passed);

    internal void Advance(TimeSpan by) => Interlocked.Add(ref _passed, by.Ticks);
}
