using Lintel.Design;
using Lintel.Features;

namespace Lintel.Decisions;

/// <summary>Sees a decision of a simulation, with its complete registers; it may change them.</summary>
/// <param name="rule">The rule that takes it.</param>
public delegate void SimulatedDecision(int row, int rule, Span<double> registers);

/// <summary>Runs a policy over the decisions of a period as serving would have run it: in the order in which they became known, each
/// outcome that is shown, or promise that is made, fed back to the lines that aggregate decisions. Before the period nothing was decided.</summary>
/// <remarks>A simulated decision is known at the instant of its event and takes part from the next instant on. Live it takes part a
/// few milliseconds later, when it was given.</remarks>
public sealed class PolicySimulation
{
    private readonly PolicyProgram _policy;
    private readonly FeaturePlan _plan;
    private readonly DecidedRows _rows;
    private readonly DecisionFeedback? _feedback;
    private readonly int[] _order;
    private readonly double[] _registers;
    private readonly double[] _codes;
    private readonly int _score;
    private readonly int _promise;

    /// <exception cref="ArgumentException">The policy aggregates its decisions, and the rows do not say how to feed them back.</exception>
    public PolicySimulation(PolicyProgram policy, FeaturePlan plan, DecidedRows rows)
    {
        (_policy, _plan, _rows) = (policy, plan, rows);
        _registers = new double[plan.RegisterCount];
        _promise = plan.PromiseRegister;
        var places = Enumerable.Range(0, rows.Count);
        if (!plan.ReadsDecisions)
        {
            (_order, _codes) = ([.. places], []);
            return;
        }
        _feedback = rows.Feedback ?? throw new ArgumentException(
            "the policy aggregates its own decisions: rows need their known instants and ids to be simulated", nameof(rows));
        _order = [.. places.OrderBy(row => _feedback.Known[row])];
        var outcomes = plan.Dictionaries[DecisionEvent.OutcomeDomain];
        _codes = [.. plan.Design.Outcomes.Select(o => (double)outcomes.Find(o))];
        _score = _promise >= 0 ? _promise : plan.ScoreRegister(plan.Design.Models[^1].Name) + 1;
    }

    /// <summary>Decides every row.</summary>
    /// <param name="thresholds">In the plan's order.</param>
    /// <param name="without">A rule that is left out; −1: none.</param>
    /// <param name="visit">Told of each row in order.</param>
    /// <returns>The rule that took each row.</returns>
    public int[] Run(IReadOnlyList<ThresholdMargins> thresholds, int without = -1, SimulatedDecision? visit = null)
    {
        var filled = new ThresholdRegisters(_policy, _plan, thresholds);
        var windows = _feedback is null ? null : new DecisionWindows(_plan, InstantOrder.Together);
        var ruleOf = new int[_rows.Count];
        foreach (var row in _order)
        {
            _rows.Read(row, _registers);
            windows?.Read(_feedback!.Known[row], _registers);
            filled.Fill(_registers);
            if (_policy.Promise is { } promise) { _registers[_promise] = promise.Run(_registers); }
            var rule = ruleOf[row] = _policy.Decide(_registers, without);
            var score = _feedback is null ? 0 : _registers[_score];
            visit?.Invoke(row, rule, _registers);
            if (windows is null) { continue; }
            var shown = _feedback!.Show(row, _policy.OutcomeOf(rule));
            windows.Add(row, _feedback.Known[row], shown.Outcome < 0 ? double.NaN : _codes[shown.Outcome], score, shown.Propensity, _registers);
        }
        return ruleOf;
    }
}
