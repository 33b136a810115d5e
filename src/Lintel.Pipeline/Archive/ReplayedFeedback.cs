using Lintel.Design;
using Lintel.Features;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Archive;

/// <summary>The windows over decisions while a stretch of the log is replayed: before the stretch they hold what was recorded, in it
/// what the replayed version decides, each known when the recorded decision of that event was given, or else at its event.</summary>
internal sealed class ReplayedFeedback
{
    private readonly DecisionWindows _windows;
    private readonly CompiledDesign _compiled;
    private readonly Dictionary<string, DecisionRecord> _recorded;
    private readonly PriorityQueue<Given, (long Known, int Number)> _waiting = new();
    private int _number;

    private ReplayedFeedback(SystemVersion version, Dictionary<string, DecisionRecord> recorded)
    {
        _compiled = version.Compiled;
        _recorded = recorded;
        _windows = new(_compiled.Plan, InstantOrder.ByPlace);
    }

    /// <summary>Null: the version's policy aggregates no decisions.</summary>
    /// <param name="recorded">What was decided, by id.</param>
    internal static ReplayedFeedback? Of(SystemVersion version, Dictionary<string, DecisionRecord> recorded) =>
        version.Compiled.Plan.ReadsDecisions ? new(version, recorded) : null;

    /// <summary>Overwrites the aggregates over decisions that a decision known now reads.</summary>
    internal void Read(long known, Span<double> registers)
    {
        while (_waiting.TryPeek(out var next, out var at) && at.Known < known)
        {
            _waiting.Dequeue();
            _windows.Add(next.Row, at.Known, next.Outcome, next.Score, next.Propensity, next.Columns);
        }
        _windows.Read(known, registers);
    }

    /// <summary>A decision before the stretch: what was recorded counts, if anything was.</summary>
    internal void Warm(int row, string id, ReadOnlySpan<double> registers)
    {
        if (_recorded.TryGetValue(id, out var recorded)) { Wait(row, recorded, recorded.Given, registers); }
    }

    /// <summary>A decision that was replayed.</summary>
    internal void Add(int row, DecisionRecord decision) =>
        Wait(row, decision, _recorded.TryGetValue(decision.Id, out var recorded) ? recorded.Given : decision.Known, decision.Registers);

    private void Wait(int row, DecisionRecord decision, long given, ReadOnlySpan<double> registers)
    {
        var outcome = _compiled.Dictionaries[DecisionEvent.OutcomeDomain].Find(decision.Outcome);
        _waiting.Enqueue(
            new(
                row, outcome < 0 ? double.NaN : outcome, decision.Probability, decision.Propensity,
                registers[.._compiled.Design.Decision.Each.Columns.Length].ToArray()),
            (given, _number++));
    }

    private sealed record Given(int Row, double Outcome, double Score, double Propensity, double[] Columns);
}
