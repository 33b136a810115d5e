using Lintel.Events.Log;

namespace Lintel.Pipeline.Live;

/// <summary>One step inside the sequencer: what it appends takes places behind each other, and is applied as a replay
/// would apply it. Valid until the change that was given it returns.</summary>
public sealed class LiveStep
{
    private readonly AppendLog _log;
    private readonly Func<long> _nextKnown;
    private readonly PayloadWriter _writer;

    internal LiveStep(LiveState state, AppendLog log, PayloadWriter writer, Func<long> nextKnown) =>
        (State, _log, _writer, _nextKnown) = (state, log, writer, nextKnown);

    public LiveState State { get; }

    /// <summary>The known instant that a record appended now would get at least, microseconds since 1970 UTC.</summary>
    public long Now => _nextKnown();

    /// <summary>Place of the last record of the step; −1: none yet.</summary>
    internal long LastPlace { get; private set; } = -1;

    /// <summary>Records that the step appended.</summary>
    internal int Records { get; private set; }

    /// <summary>Appends a ledger's record and applies it.</summary>
    /// <param name="write">Writes the payload behind the known instant.</param>
    /// <exception cref="LogClosedException">The log takes no records; nothing was applied.</exception>
    public void Append(byte type, Action<PayloadWriter> write)
    {
        _writer.Clear();
        _writer.Int64(_nextKnown());
        write(_writer);
        LastPlace = _log.Append(type, _writer.Written);
        Records++;
        State.Apply(new() { Place = LastPlace, Type = type, Payload = _writer.Written });
    }

    /// <summary>Accepts an event that nobody asks to decide. The caller has checked it (<see cref="LiveState.Check"/>,
    /// its id, its subject).</summary>
    internal long Accept(IncomingRecord record) => Accept(record, _nextKnown());

    /// <summary>Accepts an event right behind the record before it: 1 µs later, so that the two can be told to belong
    /// together.</summary>
    internal long AcceptBehind(IncomingRecord record) => Accept(record, State.LastKnown + 1);

    /// <summary>The step's answer waits for a record that was appended before.</summary>
    internal void Await(long place) => LastPlace = Math.Max(LastPlace, place);

    private long Accept(IncomingRecord record, long known)
    {
        State.Accept(record, known, default);
        EventPayload.Write(_writer, record, known, toDecide: false);
        Records++;
        LastPlace = _log.Append(LiveRecordType.Event, _writer.Written);
        State.Reviews?.Take(record, known, LastPlace);
        return LastPlace;
    }
}
