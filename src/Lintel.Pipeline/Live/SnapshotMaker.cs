
namespace Lintel.Pipeline.Live;

/// <summary>Makes snapshots while a service runs: on a thread of its own it reads the last one, brings it along the log to
/// what is durable, and writes the next. The live state is neither stopped nor locked by it.</summary>
/// <remarks>The second state is read anew each time and freed behind it: twice the memory only while one is made, and
/// each snapshot has tried the way that a restart takes.</remarks>
public sealed class SnapshotMaker : IDisposable
{
    private readonly LiveService _live;
    private readonly SnapshotOptions _options;
    private readonly Action<string> _warn;
    private readonly BackgroundWork _work;
    private volatile StateShelf _shelf;
    private long _recordsBefore;
    private long _lookedAt = TimeProvider.System.GetTimestamp();

    /// <param name="warn">Told of each snapshot that could not be made, and of each that was set aside.</param>
    public SnapshotMaker(LiveService live, StateShelf shelf, SnapshotOptions options, Action<string> warn)
    {
        (_live, _shelf, _options, _warn) = (live, shelf, options, warn);
        _work = new("lintel snapshots", options.Look, options.Nice);
        _work.Start(Look, "no snapshot was made", warn);
    }

    /// <summary>Whose snapshots are made; another's from the next one on.</summary>
    public StateShelf Shelf
    {
        get => _shelf;
        set => _shelf = value;
    }

    /// <summary>The last snapshot of this process; null: none yet.</summary>
    public MadeSnapshot? Last { get; private set; }

    /// <summary>How many this process has made.</summary>
    public int Made { get; private set; }

    /// <summary>How many could not be made.</summary>
    public int Failed { get; private set; }

    /// <summary>Decisions whose recorded features differ from those that the replay read: there must be none.</summary>
    public long Differences { get; private set; }

    /// <summary>Stops the thread; a snapshot that is being made is given up.</summary>
    public void Dispose() => _work.Dispose();

    private void Look()
    {
        var records = _live.Records;
        var due = records - _recordsBefore >= _options.EveryRecords
            || (records > _recordsBefore && TimeProvider.System.GetElapsedTime(_lookedAt) >= _options.Every);
        if (!due || _live.Log.Fault is not null) { return; }
        try { Make(); }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Failed++;
            _warn($"no snapshot was made: {fault.Message} The next try follows; a start replays more of the log meanwhile.");
        }
        (_recordsBefore, _lookedAt) = (records, TimeProvider.System.GetTimestamp());
    }

    private void Make()
    {
        var shelf = _shelf;
        var pace = new Pace(_options.Work, _options.Rest, _work.Stopping);
        var started = TimeProvider.System.GetTimestamp();
        var follower = new LogFollower(shelf.Take(_warn, pace.Rest), shelf.LogFolder, shelf.Version.Number);
        // twice: the first way may be long, and the log has grown behind it
        follower.Follow(_live.Log.Durable, pace.Step);
        follower.Follow(_live.Log.Durable, pace.Step);
        var path = shelf.Put(follower.State, pace.Rest);
        if (follower.Differences > 0)
        {
            Differences += follower.Differences;
            _warn($"{follower.Differences} of {follower.Compared} decisions recorded other features than their replay reads; keep the log, and report it.");
        }
        Made++;
        Last = new(path, follower.State.NextPlace, new FileInfo(path).Length, TimeProvider.System.GetElapsedTime(started));
    }
}

/// <param name="Place">Of the log, up to which it holds everything.</param>
/// <param name="Took">From reading the one before to the folder's sync.</param>
public sealed record MadeSnapshot(string Path, long Place, long Bytes, TimeSpan Took);
