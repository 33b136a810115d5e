using System.Runtime.InteropServices;
using Lintel.Events.Log;

namespace Lintel.Pipeline.Live;

/// <summary>Brings a state towards the log's end: events enter in their order as they did when they were accepted, and
/// decisions find their way back to their ids.</summary>
/// <param name="version">Whose the state is: what its own decisions recorded is compared with what the replay reads; null:
/// nothing is compared.</param>
internal sealed class LogReplay(LiveState state, int? version = null)
{
    private readonly IncomingRecord _record = new();
    private readonly DecisionRecord _decision = new();
    private readonly Stack<double[]> _spare = [];

    internal LiveState State { get; } = state;

    /// <summary>Whose decisions are compared with what the replay reads.</summary>
    internal int? Version { get; set; } = version;

    /// <summary>Events that entered.</summary>
    internal long Events { get; private set; }

    /// <summary>Decisions of the version whose event was replayed, too.</summary>
    internal long Compared { get; private set; }

    /// <summary>Those of them that recorded another value than the replay reads, in any column, aggregate or feature: there
    /// must be none.</summary>
    internal long Differences { get; private set; }

    /// <summary>Place from which on the state wants the log's records.</summary>
    internal static long From(LiveState state) => Math.Min(state.NextPlace, state.LedgersNextPlace);

    internal void Visit(in LogRecord record)
    {
        // a segment's first record may be shown again, since it says how the others are laid out
        State.LastRecord = Math.Max(State.LastRecord, record.Place);
        if (record.Type == LiveRecordType.Layout)
        {
            State.Layouts.Add(record.Place, LogLayout.Read(record.Payload, State.Compiled.Design));
        }
        else if (record.Type == LiveRecordType.Decision) { VisitDecision(record); }
        else if (record.Type == LiveRecordType.Event)
        {
            var from = State.Reviews is null ? State.NextPlace : Math.Min(State.NextPlace, State.LedgersNextPlace);
            if (record.Place >= from) { VisitEvent(record); }
        }
        else if (record.Place >= State.LedgersNextPlace) { State.Apply(record); }
    }

    /// <summary>Everything below a place has been visited.</summary>
    internal void Reached(long place) => State.NextPlace = State.LedgersNextPlace = place;

    private void VisitEvent(in LogRecord record)
    {
        if (State.Layouts.Last is not { } layout
            || !EventPayload.Read(record.Payload, layout, _record, out var known, out var toDecide))
        {
            return;
        }
        if (record.Place >= State.LedgersNextPlace) { State.Reviews?.Take(_record, known, record.Place); }
        if (record.Place < State.NextPlace) { return; }
        // an id is taken once: what another version's log calls new may stand in this version's files
        if (State.Table(_record.Event) is { } table && _record.HasId && table.Find(_record.Id) >= 0) { return; }
        Events++;
        known = Math.Max(known, State.LastKnown);
        if (!toDecide)
        {
            State.Accept(_record, known, default);
            return;
        }
        if (!_spare.TryPop(out var registers)) { registers = new double[State.Compiled.Plan.RegisterCount]; }
        registers.AsSpan().Clear();
        var slot = State.Accept(_record, known, registers);
        State.Table(_record.Event)!.Decision(slot) = RecordTable.BeingDecided;
        var undecided = new DecisionRecord { EventPlace = record.Place, Known = known, Registers = registers };
        undecided.SetId(_record.Id);
        State.Undecided.Add(record.Place, undecided);
    }

    private void VisitDecision(in LogRecord record)
    {
        _decision.Read(record.Payload);
        State.Undecided.TryGetValue(_decision.EventPlace, out var decided);
        State.AcceptDecision(_decision, record.Place);
        if (record.Place >= State.LedgersNextPlace) { State.Reviews?.Take(_decision, record.Place); }
        if (decided is null) { return; }
        Compare(decided.Registers);
        _spare.Push(decided.Registers);
    }

    private void Compare(ReadOnlySpan<double> replayed)
    {
        var plan = State.Compiled.Plan;
        if (_decision.Version != Version || _decision.Registers.Length != plan.RegisterCount) { return; }
        Compared++;
        var read = plan.FeatureStart + plan.FeatureCount;
        if (!MemoryMarshal.AsBytes(replayed[..read]).SequenceEqual(MemoryMarshal.AsBytes(_decision.Registers.AsSpan(0, read))))
        {
            Differences++;
        }
    }
}
