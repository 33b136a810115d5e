using Lintel.Design.Expressions;
using Lintel.Numerics.Random;

namespace Lintel.Decisions.Tests.Policy;

public sealed class ThresholdSolverTests
{
    [Fact]
    public void Each_rule_is_solved_over_what_the_rules_before_left()
    {
        // ten payments in two days; block takes the top two (both fraud), review then takes one a day of the rest
        var small = SmallDesign.With("block if fraud >= threshold(precision 100%)", "review if fraud >= threshold(top 1/day)", "allow");
        double[] margins = [9, 3, 1, 2, 7, 8, 4, 5, 6, 0];
        float[] labels = [1, 0, 0, 0, 0, 1, 0, 1, 0, 0];
        var rows = small.Rows(new double[10], margins, labels, dayCount: 2);
        var solution = ThresholdSolver.Solve(small.Policy, small.Plan, rows);
        solution.Thresholds.ShouldBe(ThresholdMargins.Of([8, 6]));
        solution.RuleOf.ShouldBe([0, 2, 2, 2, 1, 0, 2, 2, 1, 2]);
        solution.Solved.Select(static s => s.Candidates).ShouldBe([10, 8]);
        ThresholdSolver.Apply(small.Policy, small.Plan, solution.Thresholds, rows).ShouldBe(solution.RuleOf);
        ThresholdSolver.Reached(solution.Solved[0].Goal, 0, solution.RuleOf, rows).ShouldBe(1);
        ThresholdSolver.Reached(solution.Solved[1].Goal, 1, solution.RuleOf, rows).ShouldBe(1);
    }

    [Fact]
    public void The_rest_of_the_condition_limits_what_the_threshold_sees()
    {
        // the highest scores are honest and small; among amounts over 100 the precision is perfect down to 3
        var small = SmallDesign.With("block if fraud >= threshold(precision 100%) and amount > 100", "allow");
        var rows = small.Rows([10, 10, 500, 500, 500], [9, 8, 5, 3, 1], [0, 0, 1, 1, 0]);
        var solution = ThresholdSolver.Solve(small.Policy, small.Plan, rows);
        solution.Thresholds.ShouldBe(ThresholdMargins.Of([3]));
        solution.RuleOf.ShouldBe([1, 1, 0, 0, 1]);
        solution.Solved[0].Candidates.ShouldBe(3);
    }

    [Fact]
    public void What_fires_anyway_uses_up_the_count_and_no_precision()
    {
        var small = SmallDesign.With("review if amount > 100 or fraud >= threshold(top 3/day)", "allow");
        var top = ThresholdSolver.Solve(small.Policy, small.Plan, small.Rows([500, 500, 0, 0, 0], [1, 2, 3, 4, 5], [0, 0, 0, 0, 0]));
        top.Thresholds.ShouldBe(ThresholdMargins.Of([5]));
        var precise = SmallDesign.With("block if amount > 100 or fraud >= threshold(precision 100%)", "allow");
        ThresholdSolver.Solve(precise.Policy, precise.Plan, precise.Rows([500, 500, 0, 0, 0], [6, 7, 3, 4, 5], [0, 0, 0, 1, 1]))
            .Thresholds.ShouldBe(ThresholdMargins.Of([4]));
    }

    [Fact]
    public void A_goal_that_no_margin_reaches_turns_the_rule_off_and_says_why()
    {
        var small = SmallDesign.With("block if fraud >= threshold(precision 90%)", "review if fraud >= threshold(top 1/day)", "allow");
        var solution = ThresholdSolver.Solve(small.Policy, small.Plan, small.Rows(new double[4], [4, 3, 2, 1], [0, 0, 0, 1]));
        solution.Thresholds[0].All.ShouldBe(ThresholdSolver.Off);
        solution.Solved[0].Margin.ShouldBeNull();
        solution.Solved[0].Fault.ShouldNotBeNull().ShouldContain("no margin of fraud reaches a precision of 90 % on the 4 decisions");
        solution.Thresholds[1].All.ShouldBe(4);
        solution.RuleOf.ShouldBe([1, 2, 2, 2]);
    }

    [Fact]
    public void Recall_counts_the_positives_that_reach_the_rule()
    {
        var small = SmallDesign.With("block if amount > 100", "review if fraud >= threshold(recall 50%)", "allow");
        // five frauds, one blocked by amount: two of the other four must be caught
        var rows = small.Rows([500, 0, 0, 0, 0, 0], [9, 8, 7, 6, 5, 4], [1, 1, 0, 1, 1, 1]);
        var solution = ThresholdSolver.Solve(small.Policy, small.Plan, rows);
        solution.Thresholds.ShouldBe(ThresholdMargins.Of([6]));
        ThresholdSolver.Reached(solution.Solved[0].Goal, 1, solution.RuleOf, rows).ShouldBe(0.5);
    }

    [Fact]
    public void Unknown_labels_count_in_a_load_and_not_in_a_precision()
    {
        var small = SmallDesign.With("block if fraud >= threshold(precision 100%)", "review if fraud >= threshold(top 2/day)", "allow");
        var rows = small.Rows(new double[5], [9, 8, 7, 6, 5], [1, float.NaN, 0, float.NaN, float.NaN]);
        ThresholdSolver.Solve(small.Policy, small.Plan, rows).RuleOf.ShouldBe([0, 0, 1, 1, 2]);
    }

    [Fact]
    public void Solved_precisions_are_reached_by_the_rules_themselves()
    {
        var small = SmallDesign.With(
            "block if fraud >= threshold(precision 80%) and amount > 20", "review if novel >= threshold(top 9/day)", "block if fraud >= threshold(precision 40%)", "allow");
        for (ulong seed = 0; seed < 60; seed++)
        {
            var random = new RandomStream(seed);
            const int Count = 400;
            float[] labels = [.. Enumerable.Range(0, Count).Select(_ => random.NextDouble() < 0.2 ? 1f : 0f)];
            double[] fraud = [.. labels.Select(l => Math.Round((random.NextNormal() + (1.5 * l)) * 10) / 10)];
            double[] novel = [.. labels.Select(_ => random.NextNormal())];
            double[] amounts = [.. labels.Select(_ => random.NextDouble() * 100)];
            var rows = small.Rows(amounts, fraud, labels, dayCount: 8, novel: novel);
            var solution = ThresholdSolver.Solve(small.Policy, small.Plan, rows);
            foreach (var solved in solution.Solved.Where(static s => s.Margin is not null))
            {
                var reached = ThresholdSolver.Reached(solved.Goal, solved.Rule, solution.RuleOf, rows)!.Value;
                if (solved.Goal is ThresholdGoal.Precision goal) { reached.ShouldBeGreaterThanOrEqualTo(goal.Share); }
                else { reached.ShouldBe(9); }
            }
            ThresholdSolver.Apply(small.Policy, small.Plan, solution.Thresholds, rows).ShouldBe(solution.RuleOf);
        }
    }
}
