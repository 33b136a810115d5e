using Lintel.Pipeline.Archive;
using Lintel.Pipeline.Live;

namespace Lintel.Server.Upkeep;

/// <summary>Compacts closed segments of the log on a thread of its own, and deletes those that nobody needs any more.</summary>
internal sealed class LogKeeper : IDisposable
{
    private readonly ServerOptions _options;
    private readonly LogArchive _archive;
    private readonly Func<long> _snapshotTo;
    private readonly Func<long, int>? _delete;
    private readonly BackgroundWork _work;
    private readonly CancellationTokenSource _cancel = new();

    /// <param name="snapshotTo">Place from which a start could replay, whatever happens to the newest snapshot.</param>
    /// <param name="delete">Deletes segments that end before a place, and says how many; null: all are kept.</param>
    internal LogKeeper(ServerOptions options, Func<long> snapshotTo, Func<long, int>? delete)
    {
        (_options, _snapshotTo, _delete) = (options, snapshotTo, delete);
        _archive = WorkspaceArchive.Of(options.Workspace, options.Kinds, options.LogFolder);
        _work = new("lintel archive", options.Compact!.Value, (options.Snapshots ?? new()).Nice);
        _work.Start(Look, "the log could not be compacted", options.Warn, atOnce: true);
    }

    /// <summary>Place up to which the log stands in days.</summary>
    internal long CompactedTo { get; private set; }

    /// <summary>Segments deleted since the start.</summary>
    internal int Deleted { get; private set; }

    /// <summary>Why the last compaction failed; null: it did not.</summary>
    internal string? Fault => _work.Fault;

    /// <summary>Stops the thread; a segment that is being compacted is done again at the next start.</summary>
    public void Dispose()
    {
        _cancel.Cancel();
        _work.Dispose();
        _cancel.Dispose();
    }

    private void Look()
    {
        CompactedTo = _archive.Compact(_cancel.Token).To;
        var remembered = _options.Live.Clock.GetUtcNow() - _options.Live.Retention;
        if (_archive.DeletableTo(remembered, _snapshotTo()) is > 0 and var place) { Deleted += _delete?.Invoke(place) ?? 0; }
    }
}
