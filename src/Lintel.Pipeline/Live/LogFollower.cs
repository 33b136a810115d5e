using Lintel.Events.Log;

namespace Lintel.Pipeline.Live;

/// <summary>Brings a state that nobody serves from yet along a log that a service is writing: the same replay that a
/// start runs.</summary>
/// <param name="version">Whose the state is; see <see cref="Differences"/>.</param>
public sealed class LogFollower(LiveState state, string logFolder, int version)
{
    private readonly LogReplay _replay = new(state, version);
    private long _next = LogReplay.From(state);

    public LiveState State => _replay.State;

    /// <summary>Whose decisions are compared, from here on.</summary>
    public int Version
    {
        set => _replay.Version = value;
    }

    /// <summary>Sees every record that enters from now on; null: nobody does.</summary>
    public IRecordWatcher? Watcher
    {
        set => State.Watcher = value;
    }

    /// <summary>Decisions of the version that were compared with what this replay reads.</summary>
    public long Compared => _replay.Compared;

    /// <summary>Those of them that differ in a bit; there must be none.</summary>
    public long Differences => _replay.Differences;

    /// <summary>Takes what stands before a place.</summary>
    /// <param name="to">A place up to which the log is durable.</param>
    /// <param name="taken">Told behind each record; may wait.</param>
    /// <exception cref="InvalidDataException">The log was altered.</exception>
    public void Follow(long to, Action? taken = null)
    {
        if (to <= _next) { return; }
        AppendLogReader.Scan(logFolder, _next, (in LogRecord record) =>
        {
            if (record.Place >= to) { return; }
            _replay.Visit(record);
            taken?.Invoke();
        });
        _replay.Reached(_next = to);
    }
}
