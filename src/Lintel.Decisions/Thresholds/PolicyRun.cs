using Lintel.Features;

namespace Lintel.Decisions;

/// <summary>One pass of a policy over the decisions of a period: thresholds as far as they are solved, and the rule that took each row.</summary>
internal sealed class PolicyRun
{
    private readonly FeaturePlan _plan;
    private readonly DecidedRows _rows;
    private readonly double[] _registers;

    /// <param name="thresholds">In the plan's order; null: none is solved yet.</param>
    public PolicyRun(FeaturePlan plan, DecidedRows rows, double[]? thresholds = null)
    {
        _plan = plan;
        _rows = rows;
        _registers = new double[plan.RegisterCount];
        Thresholds = thresholds ?? new double[plan.Thresholds.Length];
        if (thresholds is null) { Thresholds.AsSpan().Fill(ThresholdSolver.Off); }
        RuleOf = new int[rows.Count];
        RuleOf.AsSpan().Fill(-1);
    }

    public double[] Thresholds { get; }

    /// <summary>−1: no rule yet.</summary>
    public int[] RuleOf { get; }

    /// <summary>The row's registers, thresholds included; valid until the next call.</summary>
    public double[] Read(int row)
    {
        _rows.Read(row, _registers);
        var places = _plan.Thresholds;
        for (var i = 0; i < places.Length; i++) { _registers[places[i].Register] = Thresholds[i]; }
        return _registers;
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
    public Candidates CandidatesOf(CompiledRule rule, int place)
    {
        var found = new Candidates();
        var register = _plan.Thresholds[place].Register;
        for (var row = 0; row < _rows.Count; row++)
        {
            if (RuleOf[row] >= 0) { continue; }
            var label = _rows.Labels[row];
            if (label > 0) { found.Positives++; }
            var registers = Read(row);
            registers[register] = ThresholdSolver.Off;
            if (rule.Condition!.Holds(registers))
            {
                found.Firing++;
                if (label > 0) { found.FiringPositives++; }
                continue;
            }
            registers[register] = double.NegativeInfinity;
            if (!rule.Condition.Holds(registers)) { continue; }
            found.Margins.Add(rule.Threshold!.Score.Evaluate(registers));
            found.Labels.Add(label);
        }
        return found;
    }
}

/// <summary>The decisions that a rule's threshold chooses among, and those around them.</summary>
internal sealed class Candidates
{
    public List<double> Margins { get; } = [];

    public List<float> Labels { get; } = [];

    /// <summary>Positives that reach the rule.</summary>
    public int Positives { get; set; }

    /// <summary>Decisions that the rule takes whatever the threshold is.</summary>
    public int Firing { get; set; }

    public int FiringPositives { get; set; }
}
