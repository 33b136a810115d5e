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
        var run = new PolicyRun(plan, rows);
        var solved = new List<SolvedThreshold>();
        for (var rule = 0; rule < policy.Rules.Count; rule++)
        {
            var compiled = policy.Rules[rule];
            if (compiled.Threshold is { } threshold)
            {
                var place = PlaceOf(plan, threshold.Node);
                var candidates = run.CandidatesOf(compiled, place);
                var (margin, fault) = Solve(threshold, candidates, rows);
                if (margin is { } m) { run.Thresholds[place] = threshold.Strict ? Math.BitDecrement(m) : m; }
                solved.Add(new(
                    rule, place, compiled.Rule.Text, threshold.Node.Goal, threshold.ScoreName,
                    margin is null ? null : run.Thresholds[place], candidates.Margins.Count, fault));
            }
            run.Take(compiled, rule);
        }
        return new(run.Thresholds, solved, run.RuleOf);
    }

    /// <summary>The rule that decides each row under given thresholds, e.g. on the period that judges.</summary>
    /// <param name="thresholds">In the plan's order.</param>
    public static int[] Apply(PolicyProgram policy, FeaturePlan plan, IReadOnlyList<double> thresholds, DecidedRows rows)
    {
        var run = new PolicyRun(plan, rows, [.. thresholds]);
        for (var row = 0; row < rows.Count; row++) { run.RuleOf[row] = policy.Decide(run.Read(row)); }
        return run.RuleOf;
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
        var score = threshold.ScoreName;
        switch (threshold.Node.Goal)
        {
            case ThresholdGoal.Precision precision:
                var precise = ThresholdSearch.ForPrecision(margins, labels, precision.Share);
                return (precise, precise is not null ? null
                    : $"no margin of {score} reaches a precision of {Percent(precision.Share)} on the {margins.Length} decisions "
                    + "that reach the rule");
            case ThresholdGoal.Recall recall:
                var wanted = (recall.Share * candidates.Positives) - candidates.FiringPositives;
                var catching = ThresholdSearch.ForRecall(margins, labels, Math.Max(1, wanted - 1e-9));
                return (catching, catching is not null ? null
                    : $"no margin of {score} catches {Percent(recall.Share)} of the {candidates.Positives} positives that reach the rule");
            case ThresholdGoal.Top top:
                var most = (top.Count * Periods(top, rows)) - candidates.Firing;
                var busy = ThresholdSearch.ForCount(margins, most + 1e-9);
                return (busy, busy is not null ? null
                    : $"no margin of {score} is reached by {Math.Max(most, 0):0.#} or fewer of the {margins.Length} decisions that "
                    + "reach the rule");
            default:
                throw new InvalidOperationException($"{threshold.Node.At}: unknown goal {threshold.Node.Goal}");
        }
    }

    private static string Percent(double share) => $"{share * 100:0.##} %";

    private static double Periods(ThresholdGoal.Top top, DecidedRows rows) =>
        (double)rows.DayCount * DecidedRows.DayMicroseconds / top.PeriodMicroseconds;

    private static int PlaceOf(FeaturePlan plan, Expression.Threshold node)
    {
        for (var i = 0; i < plan.Thresholds.Length; i++)
        {
            if (plan.Thresholds[i].Threshold.Equals(node)) { return i; }
        }
        throw new InvalidOperationException(
            $"{node.At}: the plan has no register for this threshold; was the policy compiled with it?");
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
