using System.Collections.Immutable;
using Lintel.Features;

namespace Lintel.Decisions;

/// <summary>One pass of a policy over the decisions of a period: thresholds as far as they are solved, and the rule that took each row.</summary>
internal sealed class PolicyRun
{
    private readonly PolicyProgram _policy;
    private readonly FeaturePlan _plan;
    private readonly DecidedRows _rows;
    private readonly double[] _registers;
    private readonly ThresholdMargins[] _thresholds;
    private ThresholdRegisters _filled;

    public PolicyRun(PolicyProgram policy, FeaturePlan plan, DecidedRows rows)
    {
        _policy = policy;
        _plan = plan;
        _rows = rows;
        _registers = new double[plan.RegisterCount];
        _thresholds = [.. plan.Thresholds.Select(static _ => new ThresholdMargins(ThresholdSolver.Off))];
        _filled = new(policy, plan, _thresholds);
        RuleOf = new int[rows.Count];
        RuleOf.AsSpan().Fill(-1);
    }

    public ImmutableArray<ThresholdMargins> Thresholds => [.. _thresholds];

    /// <summary>−1: no rule yet.</summary>
    public int[] RuleOf { get; }

    /// <summary>The row's registers, thresholds included; valid until the next call.</summary>
    public double[] Read(int row)
    {
        _rows.Read(row, _registers);
        _filled.Fill(_registers);
        return _registers;
    }

    /// <summary>From here on the rule of this threshold acts.</summary>
    public void Solve(int place, ThresholdMargins margins)
    {
        _thresholds[place] = margins;
        _filled = new(_policy, _plan, _thresholds);
    }

    /// <summary>Gives a rule the rows that no rule took before and for which its condition holds.</summary>
    public void Take(CompiledRule rule, int index)
    {
        for (var row = 0; row < _rows.Count; row++)
        {
            if (RuleOf[row] < 0 && (rule.Condition is not { } condition || condition.Holds(Read(row)))) { RuleOf[row] = index; }
        }
    }

    /// <summary>The decisions that the rule's threshold chooses among.</summary>
    /// <param name="place">The threshold's index in the plan.</param>
    /// <returns>All of them, and by the value of the threshold's segment those where it is not missing.</returns>
    public (Candidates All, SortedDictionary<double, Candidates> BySegment) CandidatesOf(CompiledRule rule, int place)
    {
        var all = new Candidates();
        var bySegment = new SortedDictionary<double, Candidates>();
        var register = _plan.Thresholds[place].Register;
        for (var row = 0; row < _rows.Count; row++)
        {
            if (RuleOf[row] < 0) { Candidates.Gather(rule, register, _rows.Labels[row], Read(row), all, bySegment); }
        }
        return (all, bySegment);
    }
}

/// <summary>The decisions that a rule's threshold chooses among, and those around them.</summary>
internal sealed class Candidates
{
    /// <summary>Adds a decision that reaches a rule, to all and to those of its segment.</summary>
    /// <param name="register">Of the rule's threshold; it is changed.</param>
    public static void Gather(
        CompiledRule rule, int register, float label, Span<double> registers, Candidates all,
        SortedDictionary<double, Candidates> bySegment)
    {
        var own = Of(rule.Threshold!, registers, bySegment);
        registers[register] = ThresholdSolver.Off;
        var fires = rule.Condition!.Holds(registers);
        registers[register] = double.NegativeInfinity;
        var margin = !fires && rule.Condition.Holds(registers)
            ? rule.Threshold!.Score.Evaluate(registers)
            : (double?)null;
        all.Add(label, fires, margin);
        own?.Add(label, fires, margin);
    }

    private static Candidates? Of(
        RuleThreshold threshold, ReadOnlySpan<double> registers, SortedDictionary<double, Candidates> bySegment)
    {
        if (threshold.Segment is not { } segment || segment.Evaluate(registers) is not (>= double.MinValue and var value))
        {
            return null;
        }
        if (!bySegment.TryGetValue(value, out var found)) { bySegment.Add(value, found = new()); }
        return found;
    }

    /// <param name="fires">Whatever the threshold is.</param> <param name="margin">Null: never, or whatever it is.</param>
    public void Add(float label, bool fires, double? margin)
    {
        if (label > 0) { Positives++; }
        if (fires)
        {
            Firing++;
            if (label > 0) { FiringPositives++; }
        }
        else if (margin is { } m)
        {
            Margins.Add(m);
            Labels.Add(label);
        }
    }

    public List<double> Margins { get; } = [];

    public List<float> Labels { get; } = [];

    /// <summary>Positives that reach the rule.</summary>
    public int Positives { get; private set; }

    /// <summary>Decisions that the rule takes whatever the threshold is.</summary>
    public int Firing { get; private set; }

    public int FiringPositives { get; private set; }
}
