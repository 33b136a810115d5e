using Lintel.Events.Log;

namespace Lintel.Pipeline.Live;

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
        else if (record.Type == LiveRecordType.Event)
        {
            var from = state.Reviews is null ? state.NextPlace : Math.Min(state.NextPlace, state.LedgersNextPlace);
            if (record.Place >= from) { VisitEvent(record); }
        }
        else if (record.Place >= state.LedgersNextPlace) { state.Apply(record); }
    }

    private void VisitEvent(in LogRecord record)
    {
        if (Layouts.Last is not { } layout
            || !EventPayload.Read(record.Payload, layout, _record, out var known, out var toDecide))
        {
            return;
        }
        if (record.Place >= state.LedgersNextPlace) { state.Reviews?.Take(_record, known, record.Place); }
        if (record.Place < state.NextPlace) { return; }
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
        state.AcceptDecision(_decision, record.Place);
        if (record.Place >= state.LedgersNextPlace) { state.Reviews?.Take(_decision, record.Place); }
        if (_undecided.Remove(_decision.EventPlace, out var decided)) { _spare.Push(decided.Registers); }
    }
}
