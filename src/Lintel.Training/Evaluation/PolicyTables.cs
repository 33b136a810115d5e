using Lintel.Decisions;
using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Features;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Evaluation;

/// <summary>What a policy did, in the manifest's records.</summary>
public static class PolicyTables
{
    /// <summary>Segments that fall back to the threshold of all are shown up to this many.</summary>
    private const int ListedFallbacks = 20;

    /// <summary>One line for each solved threshold: what it reached where it was solved and where it is judged, and the load of its
    /// rule per day where it was solved.</summary>
    /// <param name="probability">Calibrated probability of a score's margin; null: the score is none.</param>
    /// <param name="position">Where a novelty score stands among those of training; null: the score is none.</param>
    public static IReadOnlyList<ThresholdResult> Thresholds(
        PolicyProgram policy, FeaturePlan plan, PolicySolution solution, DecidedRows validate, int[] testRuleOf,
        DecidedRows test, Func<string, double, double?> probability, Func<string, double, double?> position)
    {
        var results = new List<ThresholdResult>();
        foreach (var solved in solution.Solved)
        {
            var load = DailyLoad.Of(solution.RuleOf, rule => rule == solved.Rule, validate);
            results.Add(new(
                solved.Rule, solved.Text, GoalText(solved.Goal), solved.Score, solved.Margin,
                solved.Margin is { } margin ? probability(solved.Score, margin) : null,
                ThresholdSolver.Reached(solved.Goal, solved.Rule, solution.RuleOf, validate),
                ThresholdSolver.Reached(solved.Goal, solved.Rule, testRuleOf, test),
                load.Median, load.P95, load.Max)
            {
                Segments = [.. Segments(policy, plan, solved, solution.RuleOf, validate, testRuleOf, test, probability)],
                OtherSegments = Math.Max(0, solved.Segments.Count(static s => s.Margin is null) - ListedFallbacks),
                Position = solved.Margin is { } cut ? position(solved.Score, cut) : null,
            });
        }
        return results;
    }

    private static IEnumerable<SegmentThreshold> Segments(
        PolicyProgram policy, FeaturePlan plan, SolvedThreshold solved, int[] ruleOf, DecidedRows validate, int[] testRuleOf,
        DecidedRows test, Func<string, double, double?> probability)
    {
        if (solved.Segments.IsEmpty) { yield break; }
        var onValidate = ThresholdSolver.SegmentsOf(policy, plan, solved.Rule, validate);
        var onTest = ThresholdSolver.SegmentsOf(policy, plan, solved.Rule, test);
        var fallbacks = 0;
        foreach (var segment in solved.Segments)
        {
            if (segment.Margin is null && ++fallbacks > ListedFallbacks) { continue; }
            yield return new(
                segment.Value, segment.Margin, segment.Margin is { } margin ? probability(solved.Score, margin) : null,
                segment.Candidates, segment.Positives,
                ThresholdSolver.Reached(solved.Goal, solved.Rule, ruleOf, validate, onValidate, segment.Code),
                ThresholdSolver.Reached(solved.Goal, solved.Rule, testRuleOf, test, onTest, segment.Code), segment.Fault);
        }
    }

    /// <summary>What each rule would have decided on a period.</summary>
    public static IReadOnlyList<OutcomeResult> Outcomes(
        SystemDesign design, PolicyProgram policy, ReadOnlySpan<int> ruleOf, DecidedRows rows)
    {
        var count = new int[policy.Rules.Count];
        var known = new int[count.Length];
        var positives = new int[count.Length];
        for (var i = 0; i < ruleOf.Length && count.Length > 0; i++)
        {
            count[ruleOf[i]]++;
            if (float.IsNaN(rows.Labels[i])) { continue; }
            known[ruleOf[i]]++;
            positives[ruleOf[i]] += rows.Labels[i] > 0 ? 1 : 0;
        }
        return [.. policy.Rules.Select((rule, r) => new OutcomeResult(
            design.Outcomes[rule.Outcome], r, rule.Rule.Text, count[r], Share(count[r], rows.Count), positives[r],
            known[r] > 0 ? (double)positives[r] / known[r] : null, (double)count[r] / rows.DayCount))];

        static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
    }

    /// <summary>The load of all review rules together.</summary>
    public static DailyLoad Reviews(SystemDesign design, PolicyProgram policy, ReadOnlySpan<int> ruleOf, DecidedRows rows)
    {
        var outcomes = design.OutcomeDesigns;
        return DailyLoad.Of(
            ruleOf, rule => rule >= 0 && outcomes[policy.OutcomeOf(rule)].Role == OutcomeRole.Reviewed, rows);
    }

    private static string GoalText(ThresholdGoal goal) => goal switch
    {
        ThresholdGoal.Precision p => $"precision {p.Share * 100:0.##}%",
        ThresholdGoal.Recall r => $"recall {r.Share * 100:0.##}%",
        ThresholdGoal.Top t => $"top {t.Count:0.##}/{PeriodText(t.PeriodMicroseconds)}",
        _ => goal.ToString(),
    };

    private static string PeriodText(long microseconds) => microseconds switch
    {
        DecidedRows.DayMicroseconds => "day",
        DecidedRows.DayMicroseconds / 24 => "hour",
        7 * DecidedRows.DayMicroseconds => "week",
        _ => Splits.CalendarDay.Text(TimeSpan.FromMicroseconds(microseconds)),
    };
}
