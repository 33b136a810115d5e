using Lintel.Events.Log;

namespace Lintel.Pipeline.Live;

/// <summary>Types of the records that a live service appends.</summary>
internal static class LiveRecordType
{
    internal const byte Event = 1;
    internal const byte Decision = 2;

    /// <summary>How the events behind it are laid out.</summary>
    internal const byte Layout = 3;
}

/// <summary>Brings a state from its snapshot to the log's end: events enter in their order as they did when they were
/// accepted, and decisions find their way back to their ids.</summary>
internal sealed class LogReplay(LiveState state)
{
    private readonly IncomingRecord _record = new();
    private readonly DecisionRecord _decision = new();
    private readonly Stack<double[]> _spare = [];

    /// <summary>Events whose decision is not in the log, by place.</summary>
    private readonly SortedDictionary<long, DecisionRecord> _undecided = [];

    /// <summary>How the log's events are laid out, place by place.</summary>
    internal LogLayouts Layouts { get; } = new();

    internal long Events { get; private set; }

    internal IEnumerable<DecisionRecord> Undecided => _undecided.Values;

    internal void Visit(in LogRecord record)
    {
        if (record.Type == LiveRecordType.Layout)
        {
            Layouts.Add(record.Place, LogLayout.Read(record.Payload, state.Compiled.Design));
        }
        else if (record.Type == LiveRecordType.Decision) { VisitDecision(record); }
        else if (record.Type == LiveRecordType.Event && record.Place >= state.NextPlace) { VisitEvent(record); }
    }

    private void VisitEvent(in LogRecord record)
    {
        if (Layouts.Last is not { } layout
            || !EventPayload.Read(record.Payload, layout, _record, out var known, out var toDecide))
        {
            return;
        }
        // an id is taken once: what another version's log calls new may stand in this version's files
        if (state.Table(_record.Event) is { } table && _record.HasId && table.Find(_record.Id) >= 0) { return; }
        Events++;
        known = Math.Max(known, state.LastKnown);
        if (!toDecide)
        {
            state.Accept(_record, known, default);
            return;
        }
        if (!_spare.TryPop(out var registers)) { registers = new double[state.Compiled.Plan.RegisterCount]; }
        registers.AsSpan().Clear();
        var slot = state.Accept(_record, known, registers);
        state.Table(_record.Event)!.Decision(slot) = RecordTable.BeingDecided;
        var undecided = new DecisionRecord { EventPlace = record.Place, Known = known, Registers = registers };
        undecided.SetId(_record.Id);
        _undecided.Add(record.Place, undecided);
    }

    private void VisitDecision(in LogRecord record)
    {
        _decision.Read(record.Payload);
        var table = state.Table(state.Compiled.Design.Decision.Each)!;
        var slot = table.Find(_decision.IdUtf8);
        if (slot >= 0) { table.Decision(slot) = record.Place; }
        if (_undecided.Remove(_decision.EventPlace, out var decided)) { _spare.Push(decided.Registers); }
    }
}
