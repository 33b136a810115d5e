using Lintel.Design;
using Lintel.Events;
using Lintel.Features.Windows;

namespace Lintel.Features;

/// <summary>The windows over a policy's own decisions, by themselves: what a simulation of the policy feeds with the decisions that
/// it makes, while everything else of a row was read before. The same windows as the engine's, and the same bits.</summary>
/// <remarks>Empty at first: before the simulated period nothing was decided. Not thread-safe.</remarks>
public sealed class DecisionWindows
{
    private readonly WindowState[] _states;
    private readonly int _aggregateStart, _featureStart;
    private readonly InstantOrder _order;
    private readonly PendingRecords _pending = new();
    private readonly double[] _values;
    private readonly int _type;

    /// <exception cref="ArgumentException">The policy aggregates no decisions.</exception>
    public DecisionWindows(FeaturePlan plan, InstantOrder order)
    {
        var own = DecisionEvent.In(plan.Design.Events)
            ?? throw new ArgumentException("the policy aggregates no decisions", nameof(plan));
        _states = [.. plan.GroupsOf[own.Number].Select(g => new WindowState(plan.Groups[g]))];
        (_aggregateStart, _featureStart) = (plan.Layout.AggregateStart, plan.Layout.FeatureStart);
        _order = order;
        _type = own.Number;
        _values = new double[own.Columns.Length];
    }

    /// <summary>Overwrites a row's aggregates over decisions with what these windows hold.</summary>
    /// <param name="known">Of the row, microseconds since 1970 UTC; no earlier than the one before.</param>
    /// <param name="registers">The decided event's columns are there.</param>
    public void Read(long known, Span<double> registers)
    {
        if (_pending.Count > 0 && known > _pending.Known) { EndInstant(); }
        foreach (var state in _states)
        {
            state.Read(known, registers[.._aggregateStart], registers[_aggregateStart.._featureStart]);
        }
    }

    /// <summary>Takes a decision.</summary>
    /// <param name="subject">Number of the decided record, at least 0: the latest decision of one counts.</param>
    /// <param name="known">When it was given.</param>
    /// <param name="outcome">Code of the outcome that was shown.</param> <param name="score">Of a regression what was promised.</param>
    /// <param name="registers">The decided row's.</param>
    public void Add(
        int subject, long known, double outcome, double score, double propensity, ReadOnlySpan<double> registers)
    {
        if (_pending.Count > 0 && known > _pending.Known) { EndInstant(); }
        Fill(_values, known, outcome, score, propensity, registers[.._aggregateStart]);
        var record = new EventRecord { Type = _type, Number = subject, Subject = subject, Known = known, Values = _values };
        if (_order == InstantOrder.Together) { _pending.Add(record); }
        else { Enter(record); }
    }

    /// <summary>A decision's values in the layout of its event.</summary>
    /// <param name="decided">Of the decided record.</param>
    public static void Fill(
        Span<double> values, long known, double outcome, double score, double propensity, ReadOnlySpan<double> decided)
    {
        values[0] = values[1] = known;
        values[DecisionEvent.Outcome] = outcome;
        values[DecisionEvent.Score] = score;
        values[DecisionEvent.Propensity] = propensity;
        decided.CopyTo(values[(DecisionEvent.Propensity + 1)..]);
    }

    private void EndInstant()
    {
        for (var i = 0; i < _pending.Count; i++) { Enter(_pending[i]); }
        _pending.Clear();
    }

    private void Enter(in EventRecord record)
    {
        foreach (var state in _states) { state.Enter(record.Known, record.Subject, record.Values); }
    }
}
