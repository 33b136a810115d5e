using System.Diagnostics.CodeAnalysis;
using Lintel.Events;
using Lintel.Features.Windows;

namespace Lintel.Features;

/// <summary>Whether records with the same known instant see each other.</summary>
public enum InstantOrder
{
    /// <summary>Files: a clock's tick has no order inside, so none sees another.</summary>
    Together,
    /// <summary>Live: places order them; a record sees what was accepted before it.</summary>
    ByPlace,
}

/// <summary>The one feature engine: replay and the live service both feed it in log order. Windows hold what became known in
/// [t − w, t), never the decision's own event. Not thread-safe: one sequencer owns it.</summary>
public sealed partial class FeatureEngine
{
    private const int MostWarmed = 64;

    private readonly WindowState[] _states;
    private readonly PendingRecords _pending = new();
    private readonly int _decided;
    private long _last = long.MinValue;
    private int _swept;

    public FeatureEngine(FeaturePlan plan, InstantOrder order)
    {
        Plan = plan;
        Order = order;
        _decided = plan.Design.Decision.Each.Number;
        _states = [.. plan.Groups.Select(static g => new WindowState(g))];
    }

    public FeaturePlan Plan { get; }

    public InstantOrder Order { get; }

    /// <summary>Known instant of the last record accepted; <see cref="long.MinValue"/> before the first.</summary>
    public long LastKnown => _last;

    internal IReadOnlyList<WindowState> States => _states;

    /// <summary>Takes one record, in log order: for a decided event the registers are read first, then it enters the windows.</summary>
    /// <param name="registers">For the decided event: filled with columns, aggregates and features; others: empty.</param>
    /// <exception cref="ArgumentException">The record was known before the last one, or the registers are too few.</exception>
    /// <exception cref="OverflowException">A value does not fit exact sums; see <see cref="Check"/>.</exception>
    public void Accept(in EventRecord record, Span<double> registers)
    {
        if (record.Known < _last) { ThrowOutOfOrder(record.Known); }
        Advance(record.Known);
        if (record.Type == _decided && Plan.Row is null) { Read(record.Known, record.Values, registers, peek: false); }
        if (Order == InstantOrder.Together) { _pending.Add(record); }
        else { Enter(record); }
        Sweep();
    }

    /// <summary>Lets time pass: what was known before an instant is in the windows then.</summary>
    public void Advance(long known)
    {
        if (known <= _last) { return; }
        EndInstant();
        _last = known;
    }

    /// <summary>Of a ranking: reads what all candidates of a request share, before its record is accepted.</summary>
    /// <param name="now">Known instant of the request; time has advanced to it.</param>
    /// <param name="values">Of the decided record.</param>
    /// <param name="registers">Of the request; candidates start from a copy of it.</param>
    /// <param name="peek">Nothing may change: what-if, explain.</param>
    public void ReadRequest(long now, ReadOnlySpan<double> values, Span<double> registers, bool peek = false)
    {
        var layout = Plan.Layout;
        if (registers.Length < layout.Count || values.Length != Plan.Design.Decision.Each.Columns.Length)
        {
            ThrowLength(values.Length, registers.Length);
        }
        Plan.Row!.FillRequest(values, registers);
        registers[Plan.Row.CandidateStart..layout.AggregateStart].Fill(double.NaN);
        ReadGroups(Plan.RequestGroups, now, registers, peek);
        foreach (var group in Plan.CandidateGroups) { _states[group].ReadNothing(registers[layout.AggregateStart..layout.FeatureStart]); }
        Plan.ComputeFeatures(registers);
    }

    /// <summary>Of a ranking: reads what is one candidate's own.</summary>
    /// <param name="registers">A copy of the request's, the candidate's columns filled.</param>
    public void ReadCandidate(long now, Span<double> registers, bool peek = false)
    {
        ReadGroups(Plan.CandidateGroups, now, registers, peek);
        Plan.ComputeCandidateFeatures(registers);
    }

    private void ReadGroups(int[] groups, long now, Span<double> registers, bool peek)
    {
        var layout = Plan.Layout;
        var values = registers[..layout.AggregateStart];
        var aggregates = registers[layout.AggregateStart..layout.FeatureStart];
        foreach (var group in groups)
        {
            if (peek) { _states[group].Peek(now, values, aggregates); }
            else { _states[group].Read(now, values, aggregates); }
        }
    }

    /// <summary>Lets a record into its windows that became known before the last one: of a type that has had no later one, in the
    /// order of their known instants, and before a decision reads those windows.</summary>
    public void Recall(in EventRecord record) => Enter(record);

    /// <summary>Refuses a record that the windows could not hold, before anything has changed: the live service asks this before the log
    /// takes the record.</summary>
    /// <exception cref="OverflowException">A value does not fit exact sums; the message names the feature and the value.</exception>
    public void Check(in EventRecord record)
    {
        foreach (var group in Plan.GroupsOf[record.Type]) { _states[group].Check(record.Values); }
    }

    /// <summary>Reads the registers of a decision without accepting it: what-if, explain, features on demand. Nothing changes.</summary>
    /// <remarks>A record known before the last accepted one is read as of that one: what has left the windows is gone. May allocate.</remarks>
    public void Peek(in EventRecord record, Span<double> registers)
    {
        var now = Math.Max(record.Known, _last);
        if (_pending.Count > 0 && now > _pending.Known)
        {
            // the instant would end: a copy may live it through
            using var copy = new MemoryStream();
            Save(copy);
            copy.Position = 0;
            var engine = Load(copy, Plan, Order);
            engine.EndInstant();
            engine.Read(now, record.Values, registers, peek: true);
            return;
        }
        Warm(record);
        Read(now, record.Values, registers, peek: true);
    }

    /// <summary>Brings what a record will touch into the caches, all keys' at once: a single record's reads wait for one
    /// miss then, not for each in turn. Whoever feeds many records hints ahead instead.</summary>
    public void Warm(in EventRecord record)
    {
        if (_states.Length > MostWarmed) { return; }
        Span<int> slots = stackalloc int[_states.Length];
        slots.Fill(-1);
        HintFar(record.Type, record.Values, slots);
        HintNear(record.Type, slots);
    }

    private void Read(long now, ReadOnlySpan<double> values, Span<double> registers, bool peek)
    {
        var layout = Plan.Layout;
        if (registers.Length < layout.Count || values.Length != layout.AggregateStart) { ThrowLength(values.Length, registers.Length); }
        values.CopyTo(registers);
        var aggregates = registers[layout.AggregateStart..layout.FeatureStart];
        foreach (var state in _states)
        {
            if (peek) { state.Peek(now, values, aggregates); }
            else { state.Read(now, values, aggregates); }
        }
        Plan.ComputeFeatures(registers);
    }

    /// <summary>Begins to bring what a coming record will touch into the caches: its keys' blocks.</summary>
    /// <param name="slots">One for each of the plan's groups; what <see cref="HintNear"/> takes.</param>
    internal void HintFar(int type, ReadOnlySpan<double> values, Span<int> slots)
    {
        if (type == _decided && Plan.Row is null)
        {
            for (var g = 0; g < _states.Length; g++) { slots[g] = _states[g].HintBlock(values, decided: true); }
            return;
        }
        foreach (var g in Plan.GroupsOf[type]) { slots[g] = _states[g].HintBlock(values, decided: false); }
    }

    /// <summary>The second step, a few records later: the entries that will move.</summary>
    internal void HintNear(int type, ReadOnlySpan<int> slots)
    {
        if (type == _decided && Plan.Row is null)
        {
            for (var g = 0; g < _states.Length; g++) { _states[g].HintEntries(slots[g], decided: true); }
            return;
        }
        foreach (var g in Plan.GroupsOf[type]) { _states[g].HintEntries(slots[g], decided: false); }
    }

    private void Enter(in EventRecord record)
    {
        foreach (var group in Plan.GroupsOf[record.Type])
        {
            _states[group].Enter(record.Known, record.Subject, record.Values);
        }
    }

    private void EndInstant()
    {
        if (_pending.Count == 0) { return; }
        for (var i = 0; i < _pending.Count; i++) { Enter(_pending[i]); }
        _pending.Clear();
    }

    // one key every eighth record: bounded work, and every key's turn comes
    private void Sweep()
    {
        if ((++_swept & 7) != 0 || _states.Length == 0) { return; }
        _states[(int)((uint)(_swept >> 3) % (uint)_states.Length)].Sweep(_last);
    }

    [DoesNotReturn]
    private void ThrowOutOfOrder(long known) =>
        throw new ArgumentException($"a record known at {known} µs came after one known at {_last} µs; feed the engine in log order");

    [DoesNotReturn]
    private void ThrowLength(int values, int registers) =>
        throw new ArgumentException(
            $"got {values} values and {registers} registers, expected {Plan.Layout.AggregateStart} and {Plan.RegisterCount}");
}
