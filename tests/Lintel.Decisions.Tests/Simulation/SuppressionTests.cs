using Lintel.Decisions.Tests.Policy;
using Lintel.Numerics.Random;

namespace Lintel.Decisions.Tests.Simulation;

/// <summary>A policy that reads its own decisions, against a simulation written down plainly.</summary>
public sealed class SuppressionTests
{
    private const long Hour = 3_600_000_000;
    private const int Days = 10;

    private static readonly string[] Rules =
    [
        "block if fraud >= threshold(precision 95%)",
        "review if fraud >= threshold(top 6/day) and count(decision where outcome != allow) by card over 1d = 0",
        "allow",
    ];

    private sealed record Cases(int[] Cards, long[] Known, double[] Fraud, float[] Labels);

    [Fact]
    public void Simulated_decisions_are_those_of_the_plain_one()
    {
        var small = SmallDesign.With(Rules);
        for (ulong seed = 0; seed < 20; seed++)
        {
            var (cases, share) = (Draw(seed, 400), seed % 2 == 0 ? 0 : 0.3);
            var rows = Rows(small, cases, share);
            var ruleOf = ThresholdSolver.Apply(small.Policy, small.Plan, ThresholdMargins.Of(2.0, 1.0), rows);
            ruleOf.ShouldBe(Plain(cases, 2, 1, share));
            ruleOf.Distinct().Count().ShouldBe(3);
        }
    }

    [Fact]
    public void Top_a_day_counts_the_alerts_that_remain()
    {
        var small = SmallDesign.With(Rules);
        var suppressed = 0;
        for (ulong seed = 0; seed < 20; seed++)
        {
            var cases = Draw(seed, 400);
            var rows = Rows(small, cases, 0);
            var solution = ThresholdSolver.Solve(small.Policy, small.Plan, rows);
            var (block, review) = (solution.Thresholds[0].All, solution.Thresholds[1].All);
            solution.RuleOf.ShouldBe(Plain(cases, block, review, 0));
            double PerDay(double margin) => Plain(cases, block, margin, 0).Count(static r => r == 1) / (double)Days;
            PerDay(review).ShouldBeLessThanOrEqualTo(6);
            review.ShouldBeLessThan(block);
            // the next lower margin that changes anything is too low
            foreach (var lower in cases.Fraud.Where(m => m < review).OrderDescending())
            {
                if (Plain(cases, block, lower, 0).SequenceEqual(solution.RuleOf)) { continue; }
                PerDay(lower).ShouldBeGreaterThan(6);
                break;
            }
            // without suppression the same count is reached much higher
            var plain = cases.Fraud.Where(m => m < block).OrderDescending().Take(6 * Days).Last();
            suppressed += review < plain ? 1 : 0;
        }
        suppressed.ShouldBeGreaterThan(15);
    }

    [Fact]
    public void A_recall_counts_what_the_rule_takes_of_what_reaches_it()
    {
        var small = SmallDesign.With(
            "review if fraud >= threshold(recall 20%) and count(decision where outcome = review) by card over 1d = 0", "allow");
        var cases = Draw(3, 400);
        var rows = Rows(small, cases, 0);
        var solution = ThresholdSolver.Solve(small.Policy, small.Plan, rows);
        ThresholdSolver.Reached(solution.Solved[0].Goal, 0, solution.RuleOf, rows)!.Value.ShouldBeGreaterThanOrEqualTo(0.2);
        var higher = cases.Fraud.Where(m => m > solution.Thresholds[0].All).Min();
        var above = ThresholdSolver.Apply(small.Policy, small.Plan, ThresholdMargins.Of(higher), rows);
        ThresholdSolver.Reached(solution.Solved[0].Goal, 0, above, rows)!.Value.ShouldBeLessThan(0.2);
    }

    [Fact]
    public void Decisions_of_one_instant_do_not_see_each_other_and_a_window_ends()
    {
        var small = SmallDesign.With(
            "review if fraud >= 0 and count(decision where outcome = review) by card over 1d = 0", "allow");
        var cases = new Cases([7, 7, 7, 8, 7, 7], [0, 0, Hour, Hour, 24 * Hour, (24 * Hour) + 1], [1, 1, 1, 1, 1, 1], new float[6]);
        // 24 h later the reviews of the first instant are still in [t - 1d, t); a microsecond later they are not
        ThresholdSolver.Apply(small.Policy, small.Plan, [], Rows(small, cases, 0)).ShouldBe([0, 0, 1, 0, 1, 0]);
    }

    [Fact]
    public void Rows_without_known_instants_are_refused()
    {
        var small = SmallDesign.With(Rules);
        Should.Throw<ArgumentException>(() => ThresholdSolver.Solve(small.Policy, small.Plan, small.Rows([1], [1], [0])))
            .Message.ShouldContain("aggregates its own decisions");
    }

    [Fact]
    public void A_threshold_by_segment_over_decisions_is_a_fault() =>
        Should.Throw<Lintel.Design.Diagnostics.DesignException>(() => SmallDesign.With(
            "review if fraud >= threshold(top 2/day by amount > 5) and count(decision) by card over 1d = 0", "allow"))
            .Message.ShouldContain("one threshold, not one by segment");

    private static Cases Draw(ulong seed, int count)
    {
        var random = new RandomStream(seed);
        var (cards, known, fraud, labels) = (new int[count], new long[count], new double[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            cards[i] = random.NextInt32(20);
            known[i] = random.NextInt32(Days * 24 * 4) * Hour / 4;             // many share an instant
            fraud[i] = Math.Round(-4 * Math.Log(1 - random.NextDouble()), 3) - 2;
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-fraud[i])) ? 1 : 0;
        }
        Array.Sort(known);
        return new(cards, known, fraud, labels);
    }

    private static DecidedRows Rows(SmallDesign small, Cases cases, double share) => new()
    {
        Count = cases.Labels.Length,
        Read = (row, registers) => small.Fill(registers, 1, cases.Fraud[row], card: cases.Cards[row]),
        Labels = cases.Labels,
        Days = [.. cases.Known.Select(static k => (int)(k / (24 * Hour)))],
        FirstDay = 0,
        DayCount = Days,
        Feedback = new()
        {
            Known = cases.Known,
            Id = static row => $"p{row}",
            LetThrough = new(share, 5, small.Design.OutcomeDesigns),
        },
    };

    /// <summary>The first two rules of <see cref="Rules"/>, by hand.</summary>
    private static int[] Plain(Cases cases, double block, double review, double share)
    {
        var letThrough = new LetThrough(share, 5, Lintel.Design.OutcomeDesign.OfNames(["allow", "review", "block"]));
        var alerts = new List<(int Card, long Known)>();
        var ruleOf = new int[cases.Labels.Length];
        for (var i = 0; i < ruleOf.Length; i++)
        {
            var now = cases.Known[i];
            var recent = alerts.Count(a => a.Card == cases.Cards[i] && a.Known < now && a.Known >= now - (24 * Hour));
            ruleOf[i] = cases.Fraud[i] >= block ? 0 : cases.Fraud[i] >= review && recent == 0 ? 1 : 2;
            var outcome = letThrough.Show($"p{i}", 2 - ruleOf[i]).Outcome;
            if (outcome != 0) { alerts.Add((cases.Cards[i], now)); }
        }
        return ruleOf;
    }
}
