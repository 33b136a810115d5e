using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;
using Lintel.Server.Http;

namespace Lintel.Server.Upkeep;

/// <summary>Looks at the live reference, and lets the version that it names decide: its state is brought up beside the one
/// that serves, and takes over in one step of the sequencer. A version that cannot be brought up changes nothing.</summary>
internal sealed class VersionWatch : IDisposable
{
    /// <summary>Bytes of the log that may be left for the sequencer to replay: well below a millisecond of work.</summary>
    private const int LeftBytes = 64 << 10;

    /// <summary>Most runs behind a log that grows.</summary>
    private const int MostRuns = 20;

    private readonly ServerOptions _options;
    private readonly LiveService _live;
    private readonly ServedVersions _versions;
    private readonly SnapshotMaker? _snapshots;
    private readonly BackgroundWork _work;
    private LiveReference? _refused;

    internal VersionWatch(ServerOptions options, LiveService live, ServedVersions versions, SnapshotMaker? snapshots)
    {
        (_options, _live, _versions, _snapshots) = (options, live, versions, snapshots);
        _work = new("lintel versions", options.WatchLive!.Value, (options.Snapshots ?? new()).Nice);
        _work.Start(Look, "versions are not watched", options.Warn);
    }

    /// <summary>Versions adopted since the start.</summary>
    internal int Adopted { get; private set; }

    internal int Failed { get; private set; }

    /// <summary>Which promoted version does not serve, and why; null: the promoted one serves, or is on its way.</summary>
    internal string? Fault { get; private set; }

    /// <summary>Stops the watch; an adoption that runs is given up.</summary>
    public void Dispose() => _work.Dispose();

    private void Look()
    {
        LiveReference? wanted = null;
        try
        {
            wanted = LiveReference.Read(_options.Workspace);
            if (wanted is null || (wanted.Champion, wanted.Since) == (_refused?.Champion, _refused?.Since)) { return; }
            if (wanted.Champion != _live.Version.Number) { Adopt(wanted.Champion); }
            (Fault, _refused) = (null, null);
        }
        catch (Exception fault) when (fault is not OperationCanceledException) { Refuse(wanted, fault); }
    }

    private void Adopt(int number)
    {
        var version = SystemVersion.Load(_options.Workspace.VersionFolder(number), _options.Kinds, _options.Part);
        var shelf = StateShelf.Of(_options.Workspace, version, _options.State,
            _options.LogFolder ?? _options.Workspace.LogFolder, _options.Live, _options.Snapshots is not null);
        var gentle = _options.Snapshots ?? new();
        var pace = new Pace(gentle.Work, gentle.Rest, _work.Stopping);
        var follower = new LogFollower(shelf.Take(_options.Warn, pace.Rest), shelf.LogFolder, number);
        for (var (run, from) = (0, long.MinValue); run < MostRuns && _live.Log.Durable - from > LeftBytes; run++)
        {
            from = _live.Log.Durable;
            follower.Follow(from, pace.Step);
        }
        _versions.Remember(_live.Version);
        _live.Adopt(version, follower);
        if (_snapshots is not null) { _snapshots.Shelf = shelf; }
        Adopted++;
    }

    private void Refuse(LiveReference? wanted, Exception fault)
    {
        var message = $"version {wanted?.Champion} was promoted and cannot serve: {fault.Message} Version {_live.Version.Number} goes on.";
        if (Fault != message) { _options.Warn(message); }
        Failed++;
        (Fault, _refused) = (message, wanted);
    }
}
