using System.Collections.Immutable;
using Lintel.Design.Expressions;
using Lintel.Features;

namespace Lintel.Decisions;

/// <summary>Solves the thresholds of a policy rule by rule, in order, over the decisions that reach the rule.</summary>
/// <remarks>A rule sees the decisions that no earlier rule took. Its candidates are those for which the condition holds with the
/// threshold at −∞; those for which it holds at +∞ too fire whatever the threshold is: they use up a count, and take no part
/// in a precision. Then <c>precision p</c> is the lowest margin from which upward the precision is reached; <c>recall r</c> the
/// highest at which this share of the positives that reach the rule is caught; <c>top n/day</c> the lowest that at most n decisions
/// a day reach on average. Where no margin does, the threshold is +∞: the rule is off, and the fault says why. A threshold by
/// segment is solved so over all, and again over the decisions of each of its values (see <see cref="SegmentSolver"/>). A policy that
/// aggregates its own decisions is simulated (see <see cref="SimulatedSolver"/>).</remarks>
public static class ThresholdSolver
{
    /// <summary>The threshold of a rule that is off.</summary>
    public const double Off = double.PositiveInfinity;

    public static PolicySolution Solve(PolicyProgram policy, FeaturePlan plan, DecidedRows rows)
    {
        if (plan.ReadsDecisions) { return SimulatedSolver.Solve(policy, plan, rows); }
        var run = new PolicyRun(policy, plan, rows);
        var solved = new List<SolvedThreshold>();
        for (var rule = 0; rule < policy.Rules.Count; rule++)
        {
            var compiled = policy.Rules[rule];
            if (compiled.Threshold is { } threshold)
            {
                var place = PlaceOf(plan, threshold.Node);
                var (all, bySegment) = run.CandidatesOf(compiled, place);
                var found = Solved(rule, place, compiled, all, bySegment, rows, plan);
                run.Solve(place, found.Margins);
                solved.Add(found);
            }
            run.Take(compiled, rule);
        }
        return new(run.Thresholds, solved, run.RuleOf);
    }

    /// <summary>Solves one rule in closed form over its candidates.</summary>
    internal static SolvedThreshold Solved(
        int rule, int place, CompiledRule compiled, Candidates all, IReadOnlyDictionary<double, Candidates> bySegment,
        DecidedRows rows, FeaturePlan plan)
    {
        var threshold = compiled.Threshold!;
        var (margin, fault) = Solve(threshold, all, rows);
        if (margin is { } m && threshold.Strict) { margin = Math.BitDecrement(m); }
        return new(
            rule, place, compiled.Rule.Text, threshold.Node.Goal, threshold.ScoreName, margin, all.Margins.Count, fault)
        {
            Segments = SegmentSolver.Solve(threshold, bySegment, rows, plan),
        };
    }

    /// <summary>The rule that decides each row under given thresholds, e.g. on the period that judges.</summary>
    /// <param name="thresholds">In the plan's order.</param> <param name="without">A rule that is left out; −1: none.</param>
    public static int[] Apply(
        PolicyProgram policy, FeaturePlan plan, IReadOnlyList<ThresholdMargins> thresholds, DecidedRows rows, int without = -1) =>
        new PolicySimulation(policy, plan, rows).Run(thresholds, without);

    /// <summary>What a goal comes to on decided rows: the precision or recall of the rule, or its mean count a period.</summary>
    /// <param name="segmentOf">The threshold's segment of each row; empty: all rows count.</param>
    /// <param name="segment">The value whose rows count.</param>
    /// <returns>Null: nothing to measure it on.</returns>
    public static double? Reached(
        ThresholdGoal goal, int rule, ReadOnlySpan<int> ruleOf, DecidedRows rows,
        ReadOnlySpan<double> segmentOf = default, double segment = double.NaN)
    {
        double fired = 0, known = 0, hits = 0, positives = 0;
        for (var row = 0; row < ruleOf.Length; row++)
        {
            if (!segmentOf.IsEmpty && segmentOf[row] != segment) { continue; }
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

    /// <summary>The segment of each row under a rule's threshold, [n]; empty where it has none.</summary>
    public static double[] SegmentsOf(PolicyProgram policy, FeaturePlan plan, int rule, DecidedRows rows)
    {
        if (policy.Rules[rule].Threshold?.Segment is not { } segment) { return []; }
        var registers = new double[plan.RegisterCount];
        var values = new double[rows.Count];
        for (var row = 0; row < values.Length; row++)
        {
            rows.Read(row, registers);
            values[row] = segment.Evaluate(registers);
        }
        return values;
    }

    internal static (double? Margin, string? Fault) Solve(RuleThreshold threshold, Candidates candidates, DecidedRows rows)
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

    internal static int PlaceOf(FeaturePlan plan, Expression.Threshold node)
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
public sealed record PolicySolution(
    ImmutableArray<ThresholdMargins> Thresholds, IReadOnlyList<SolvedThreshold> Solved, int[] RuleOf);

/// <summary>A solved threshold.</summary>
/// <param name="Place">Index among the plan's thresholds.</param>
/// <param name="Score">The model, or the text of what is compared.</param>
/// <param name="Margin">Null: no margin reaches the goal, the rule is off.</param>
/// <param name="Candidates">Decisions among which the threshold chose.</param>
/// <param name="Fault">Why the rule is off.</param>
public sealed record SolvedThreshold(
    int Rule, int Place, string Text, ThresholdGoal Goal, string Score, double? Margin, int Candidates, string? Fault)
{
    /// <summary>What was found for each value of its segment, those of most decisions first; empty: it has none.</summary>
    public ImmutableArray<SolvedSegment> Segments { get; init; } = [];

    internal ThresholdMargins Margins => new(Margin ?? ThresholdSolver.Off, ThresholdMargins.None.AddRange(Segments
        .Where(static s => s.Margin is not null)
        .Select(static s => KeyValuePair.Create(s.Value, s.Margin!.Value))));
}
