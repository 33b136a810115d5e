using Lintel.Design.Expressions;
using Lintel.Features;

namespace Lintel.Decisions;

/// <summary>Solves the thresholds of a policy rule by rule, in order, over the decisions that reach the rule.</summary>
/// <remarks>A rule sees the decisions that no earlier rule took. Its candidates are those for which the condition holds with the
/// threshold at −∞; those for which it holds at +∞ too fire whatever the threshold is: they use up a count, and take no part
/// in a precision. Then <c>precision p</c> is the lowest margin from which upward the precision is reached; <c>recall r</c> the
/// highest at which this share of the positives that reach the rule is caught; <c>top n/day</c> the lowest that at most n decisions
/// a day reach on average. Where no margin does, the threshold is +∞: the rule is off, and the fault says why.</remarks>
public static class ThresholdSolver
{
    /// <summary>The threshold of a rule that is off.</summary>
    public const double Off = double.PositiveInfinity;

    public static PolicySolution Solve(PolicyProgram policy, FeaturePlan plan, DecidedRows rows)
    {
        var thresholds = new double[plan.Thresholds.Length];
        thresholds.AsSpan().Fill(Off);
        var solved = new List<SolvedThreshold>();
        var ruleOf = new int[rows.Count];
        ruleOf.AsSpan().Fill(-1);
        var registers = new double[plan.RegisterCount];
        for (var rule = 0; rule < policy.Rules.Count; rule++)
        {
            var compiled = policy.Rules[rule];
            if (compiled.Threshold is { } threshold)
            {
                var place = PlaceOf(plan, threshold.Node);
                var candidates = Candidates(compiled, plan, place, thresholds, rows, ruleOf, registers);
                var (margin, fault) = Solve(threshold, candidates, rows);
                thresholds[place] = margin is null ? Off : threshold.Strict ? Math.BitDecrement(margin.Value) : margin.Value;
                solved.Add(new(
                    rule, place, compiled.Rule.Text, threshold.Node.Goal, threshold.ScoreName,
                    margin is null ? null : thresholds[place], candidates.Margins.Count, fault));
            }
            Take(compiled, rule, plan, thresholds, rows, ruleOf, registers);
        }
        return new(thresholds, solved, ruleOf);
    }

    /// <summary>The rule that decides each row under given thresholds, e.g. on the period that judges.</summary>
    /// <param name="thresholds">In the plan's order.</param>
    public static int[] Apply(PolicyProgram policy, FeaturePlan plan, IReadOnlyList<double> thresholds, DecidedRows rows)
    {
        var ruleOf = new int[rows.Count];
        var registers = new double[plan.RegisterCount];
        for (var row = 0; row < rows.Count; row++)
        {
            Fill(plan, thresholds, rows, row, registers);
            ruleOf[row] = policy.Decide(registers);
        }
        return ruleOf;
    }

    /// <summary>What a goal comes to on decided rows: the precision or recall of the rule, or its mean count a period.</summary>
    /// <returns>Null: nothing to measure it on.</returns>
    public static double? Reached(ThresholdGoal goal, int rule, ReadOnlySpan<int> ruleOf, DecidedRows rows)
    {
        double fired = 0, known = 0, hits = 0, positives = 0;
        for (var row = 0; row < ruleOf.Length; row++)
        {
            var label = rows.Labels[row];
            if (ruleOf[row] >= rule && label > 0) { positives++; }
            if (ruleOf[row] != rule) { continue; }
            fired++;
            if (float.IsNaN(label)) { continue; }
            known++;
            hits += label;
        }
        return goal switch
        {
            ThresholdGoal.Precision => known > 0 ? hits / known : null,
            ThresholdGoal.Recall => positives > 0 ? hits / positives : null,
            ThresholdGoal.Top top => fired / Periods(top, rows),
            _ => null,
        };
    }

    private static (double? Margin, string? Fault) Solve(RuleThreshold threshold, Candidates candidates, DecidedRows rows)
    {
        var margins = candidates.Margins.ToArray();
        var labels = candidates.Labels.ToArray();
        switch (threshold.Node.Goal)
        {
            case ThresholdGoal.Precision precision:
                return ThresholdSearch.ForPrecision(margins, labels, precision.Share) is { } p
                    ? (p, null)
                    : (null, $"no margin of {threshold.ScoreName} reaches a precision of {precision.Share:P0} on the {margins.Length} decisions that reach the rule");
            case ThresholdGoal.Recall recall:
                var needed = Math.Max(1, (recall.Share * candidates.Positives) - candidates.FiringPositives - 1e-9);
                return ThresholdSearch.ForRecall(margins, labels, needed) is { } r
                    ? (r, null)
                    : (null, $"no margin of {threshold.ScoreName} catches {recall.Share:P0} of the {candidates.Positives} positives that reach the rule");
            case ThresholdGoal.Top top:
                var most = (top.Count * Periods(top, rows)) - candidates.Firing;
                return ThresholdSearch.ForCount(margins, most + 1e-9) is { } c
                    ? (c, null)
                    : (null, $"{top.Count} in each period are reached by no margin of {threshold.ScoreName}: {margins.Length} decisions reach the rule, {Math.Max(most, 0):0.#} may be taken");
            default:
                throw new InvalidOperationException($"{threshold.Node.At}: unknown goal {threshold.Node.Goal}");
        }
    }

    private static double Periods(ThresholdGoal.Top top, DecidedRows rows) =>
        (double)rows.DayCount * DecidedRows.DayMicroseconds / top.PeriodMicroseconds;

    private static Candidates Candidates(
        CompiledRule rule, FeaturePlan plan, int place, double[] thresholds, DecidedRows rows, int[] ruleOf, double[] registers)
    {
        var found = new Candidates();
        var register = plan.Thresholds[place].Register;
        for (var row = 0; row < rows.Count; row++)
        {
            if (ruleOf[row] >= 0) { continue; }
            var label = rows.Labels[row];
            if (label > 0) { found.Positives++; }
            Fill(plan, thresholds, rows, row, registers);
            registers[register] = Off;
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

    private static void Take(
        CompiledRule rule, int index, FeaturePlan plan, double[] thresholds, DecidedRows rows, int[] ruleOf, double[] registers)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            if (ruleOf[row] >= 0) { continue; }
            if (rule.Condition is not null)
            {
                Fill(plan, thresholds, rows, row, registers);
                if (!rule.Condition.Holds(registers)) { continue; }
            }
            ruleOf[row] = index;
        }
    }

    private static void Fill(
        FeaturePlan plan, IReadOnlyList<double> thresholds, DecidedRows rows, int row, double[] registers)
    {
        rows.Read(row, registers);
        var places = plan.Thresholds;
        for (var i = 0; i < places.Length; i++) { registers[places[i].Register] = thresholds[i]; }
    }

    private static int PlaceOf(FeaturePlan plan, Expression.Threshold node)
    {
        for (var i = 0; i < plan.Thresholds.Length; i++)
        {
            if (plan.Thresholds[i].Threshold.Equals(node)) { return i; }
        }
        throw new InvalidOperationException($"{node.At}: the plan has no register for this threshold; was the policy compiled with it?");
    }
}

/// <summary>What solving found.</summary>
/// <param name="Thresholds">In the plan's order; <see cref="ThresholdSolver.Off"/> where a rule is off.</param>
/// <param name="RuleOf">The rule that took each row.</param>
public sealed record PolicySolution(double[] Thresholds, IReadOnlyList<SolvedThreshold> Solved, int[] RuleOf);

/// <summary>A solved threshold.</summary>
/// <param name="Place">Index among the plan's thresholds.</param>
/// <param name="Score">The model, or the text of what is compared.</param>
/// <param name="Margin">Null: no margin reaches the goal, the rule is off.</param>
/// <param name="Candidates">Decisions among which the threshold chose.</param>
/// <param name="Fault">Why the rule is off.</param>
public sealed record SolvedThreshold(
    int Rule, int Place, string Text, ThresholdGoal Goal, string Score, double? Margin, int Candidates, string? Fault);

/// <summary>The decisions that a rule's threshold chooses among.</summary>
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
