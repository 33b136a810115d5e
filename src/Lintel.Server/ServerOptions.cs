using Lintel.Design.Kinds;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Server;

/// <summary>What to serve, where, and by whose clock.</summary>
public sealed record ServerOptions
{
    /// <summary>Holds versions, the live reference and the log.</summary>
    public required Workspace Workspace { get; init; }

    /// <summary>Every kind that a design may use; the composition root knows them.</summary>
    public required KindRegistry Kinds { get; init; }

    /// <summary>The version to serve; null: the live one.</summary>
    public int? Version { get; init; }

    /// <summary>Which of the version's models decide: <see cref="VersionFiles.Served"/> or
    /// <see cref="VersionFiles.Judged"/>.</summary>
    public string Part { get; init; } = VersionFiles.Served;

    /// <summary>The state to start from, inside the version's folder.</summary>
    public string State { get; init; } = VersionFiles.StateLatest;

    /// <summary>0: any free port. Default 8080.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Listen on every address instead of loopback only. Default false: there are no keys yet that would keep
    /// strangers out.</summary>
    public bool Public { get; init; }

    /// <summary>Where the log stands; null: the workspace's.</summary>
    public string? LogFolder { get; init; }

    /// <summary>Most bytes of a request's body. Default 1 MiB: 1,000 records of 1,000 bytes.</summary>
    public int MaxBodyBytes { get; init; } = 1 << 20;

    /// <summary>Records a second that are taken; null: what the design says (<c>serve: { limit: 4000/s }</c>), else no
    /// limit.</summary>
    public double? LimitPerSecond { get; init; }

    /// <summary>Requests to decide and events at once. Default 1,024: each waits for one sync of the disk at most a few, and
    /// more of them only wait longer.</summary>
    public int MaxInFlight { get; init; } = 1_024;

    /// <summary>Decide with these instead of reading a folder; dictionaries and state belong to the server from then
    /// on.</summary>
    internal (SystemVersion Version, LiveState State)? Loaded { get; init; }

    public LiveOptions Live { get; init; } = new();

    /// <summary>When snapshots of the live state are made; null: never, and none is read.</summary>
    public SnapshotOptions? Snapshots { get; init; } = new();

    /// <summary>How often closed segments of the log are brought into Parquet by day; null: never. Default 1 minute.</summary>
    public TimeSpan? Compact { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often it is looked whether another version was promoted; null: never. Default 1 second; off when
    /// <see cref="Version"/> names one.</summary>
    public TimeSpan? WatchLive { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often it is looked whether a batch has made newer pages, where the design serves them (<c>mode: batch</c>);
    /// null: never, and none are read. Default 1 minute.</summary>
    public TimeSpan? WatchBatches { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often it is looked whether there is something to learn, where the design goes on learning (<c>continuous: 5m</c>);
    /// null: never. Default 1 second; off as <see cref="WatchLive"/> is.</summary>
    public TimeSpan? WatchLabels { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often it is looked what became of decisions (<c>/v1/monitor</c>); null: never. Default 1 second.</summary>
    public TimeSpan? WatchOutcomes { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Told, in one line each, what changed as it should: a version that was learned on the stream. Default: nobody.</summary>
    public Action<string> Tell { get; init; } = static _ => { };

    /// <summary>Told, in one line each, what an operator should know: a snapshot set aside, a clock that jumped, a version
    /// that could not be adopted. Default: nobody.</summary>
    public Action<string> Warn { get; init; } = static _ => { };
}
