using Lintel.Design.Expressions;
using Lintel.Features;

namespace Lintel.Decisions;

/// <summary>Solves the thresholds of a policy that aggregates its own decisions, rule by rule, in order.</summary>
/// <remarks>
/// What reaches a rule is found by running the whole policy over the period with what is solved so far; rules whose threshold is not
/// solved yet are off. A rule that itself aggregates no decision is then solved in closed form, as in any policy. One that does is
/// searched: its candidates are the margins of the decisions that reach it and meet the rest of its condition while it is off, and each
/// one that is tried is measured by a run of the policy over the whole period, its own decisions fed back. So <c>top n/day</c> counts
/// the alerts that remain after suppression: their mean is at most n a day, and at the next lower candidate it is more. <c>recall r</c>
/// counts the positives that the rule takes, of those that no earlier rule takes; <c>precision p</c> the known labels of what it takes.
/// The search is a bisection, exact where the figure rises or falls with the margin; for a precision, which does neither in the small,
/// it starts from the lowest of the 1, 2, 4, 8 … highest candidates that reaches it.
/// </remarks>
internal static class SimulatedSolver
{
    public static PolicySolution Solve(PolicyProgram policy, FeaturePlan plan, DecidedRows rows)
    {
        var simulation = new PolicySimulation(policy, plan, rows);
        var thresholds = plan.Thresholds.Select(static _ => new ThresholdMargins(ThresholdSolver.Off)).ToArray();
        var solved = new List<SolvedThreshold>();
        for (var rule = 0; rule < policy.Rules.Count; rule++)
        {
            var compiled = policy.Rules[rule];
            if (compiled.Threshold is not { } threshold) { continue; }
            var place = ThresholdSolver.PlaceOf(plan, threshold.Node);
            var (all, bySegment) = Reaching(simulation, thresholds, rule, compiled, plan.Thresholds[place].Register, rows);
            if (!compiled.ReadsDecisions)
            {
                var closed = ThresholdSolver.Solved(rule, place, compiled, all, bySegment, rows, plan);
                thresholds[place] = closed.Margins;
                solved.Add(closed);
                continue;
            }
            var margin = Search(all, threshold, m =>
            {
                thresholds[place] = new(threshold.Strict ? Math.BitDecrement(m) : m);
                return ThresholdSolver.Reached(threshold.Node.Goal, rule, simulation.Run(thresholds), rows);
            });
            if (margin is { } found && threshold.Strict) { margin = Math.BitDecrement(found); }
            thresholds[place] = new(margin ?? ThresholdSolver.Off);
            solved.Add(new(
                rule, place, compiled.Rule.Text, threshold.Node.Goal, threshold.ScoreName, margin, all.Margins.Count,
                margin is not null ? null
                    : $"no margin of {threshold.ScoreName} reaches the goal among the {all.Margins.Count} decisions that reach the rule, "
                    + "its own decisions fed back"));
        }
        return new([.. thresholds], solved, simulation.Run(thresholds));
    }

    private static (Candidates All, SortedDictionary<double, Candidates> BySegment) Reaching(
        PolicySimulation simulation, ThresholdMargins[] thresholds, int rule, CompiledRule compiled, int register, DecidedRows rows)
    {
        var all = new Candidates();
        var bySegment = new SortedDictionary<double, Candidates>();
        _ = simulation.Run(thresholds, visit: (row, taken, registers) =>
        {
            if (taken >= rule) { Candidates.Gather(compiled, register, rows.Labels[row], registers, all, bySegment); }
        });
        return (all, bySegment);
    }

    /// <param name="reached">What the goal comes to under a margin.</param>
    private static double? Search(Candidates all, RuleThreshold threshold, Func<double, double?> reached)
    {
        double[] margins = [.. all.Margins.Where(static m => !double.IsNaN(m)).Distinct().Order()];
        if (margins.Length == 0) { return null; }
        bool Holds(int index) => threshold.Node.Goal switch
        {
            ThresholdGoal.Top top => reached(margins[index]) <= top.Count + 1e-9,
            ThresholdGoal.Precision precision => reached(margins[index]) >= precision.Share,
            ThresholdGoal.Recall recall => reached(margins[index]) >= recall.Share - 1e-12,
            _ => false,
        };
        if (threshold.Node.Goal is ThresholdGoal.Recall)
        {
            return Holds(0) ? margins[Bisect(0, margins.Length, Holds)] : null;
        }
        var (fails, holds) = (-1, Holds(margins.Length - 1) ? margins.Length - 1 : -1);
        if (threshold.Node.Goal is ThresholdGoal.Precision)
        {
            for (var step = 2; step <= margins.Length; step *= 2)
            {
                var index = margins.Length - step;
                if (Holds(index)) { (holds, fails) = (index, -1); }
                else if (fails < 0) { fails = index; }
            }
        }
        return holds < 0 ? null : margins[Bisect(holds, fails, Holds)];
    }

    /// <summary>The last place on the way from one where it holds to one where it does not (or the end) at which it holds.</summary>
    private static int Bisect(int holds, int fails, Func<int, bool> test)
    {
        while (Math.Abs(holds - fails) > 1)
        {
            var middle = holds + ((fails - holds) / 2);
            if (test(middle)) { holds = middle; }
            else { fails = middle; }
        }
        return holds;
    }
}
