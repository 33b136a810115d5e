using Lintel.Native;
using Lintel.Native.Posix;
using Lintel.Pipeline.Archive;

namespace Lintel.Server.Upkeep;

/// <summary>Compacts closed segments of the log on a thread of its own, and deletes those that nobody needs any more.</summary>
internal sealed class LogKeeper : IDisposable
{
    private readonly ServerOptions _options;
    private readonly LogArchive _archive;
    private readonly Func<long> _snapshotTo;
    private readonly Func<long, int>? _delete;
    private readonly ManualResetEvent _stop = new(false);
    private readonly CancellationTokenSource _cancel = new();
    private readonly Thread _thread;

    /// <param name="snapshotTo">Place from which a start could replay, whatever happens to the newest snapshot.</param>
    /// <param name="delete">Deletes segments that end before a place, and says how many; null: all are kept.</param>
    internal LogKeeper(ServerOptions options, Func<long> snapshotTo, Func<long, int>? delete)
    {
        (_options, _snapshotTo, _delete) = (options, snapshotTo, delete);
        _archive = WorkspaceArchive.Of(options.Workspace, options.Kinds, options.LogFolder);
        _thread = new(Run) { IsBackground = true, Name = "lintel archive" };
        _thread.Start();
    }

    /// <summary>Place up to which the log stands in days.</summary>
    internal long CompactedTo { get; private set; }

    /// <summary>Segments deleted since the start.</summary>
    internal int Deleted { get; private set; }

    /// <summary>Why the last compaction failed; null: it did not.</summary>
    internal string? Fault { get; private set; }

    /// <summary>Stops the thread; a segment that is being compacted is done again at the next start.</summary>
    public void Dispose()
    {
        _stop.Set();
        _cancel.Cancel();
        _thread.Join();
        _stop.Dispose();
        _cancel.Dispose();
    }

    private void Run()
    {
        BackgroundThread.BeNice((_options.Snapshots ?? new()).Nice);
        do
        {
            try
            {
                CompactedTo = _archive.Compact(_cancel.Token).To;
                var remembered = _options.Live.Clock.GetUtcNow() - _options.Live.Retention;
                if (_archive.DeletableTo(remembered, _snapshotTo()) is > 0 and var place) { Deleted += _delete?.Invoke(place) ?? 0; }
                Fault = null;
            }
            catch (OperationCanceledException) { return; }
            catch (Exception fault) when (fault is IOException or InvalidDataException or NativeException or UnauthorizedAccessException)
            {
                // a full disk or a damaged segment must not stop decisions; it is tried again
                if (Fault is null) { _options.Warn($"the log could not be compacted: {fault.Message}"); }
                Fault = fault.Message;
            }
        }
        while (!_stop.WaitOne(_options.Compact!.Value));
    }
}
