using Lintel.Numerics.Random;

namespace Lintel.Decisions.Tests.Policy;

/// <summary>A threshold by segment is, in each segment, what it would be if there were no others.</summary>
public sealed class SegmentThresholdTests
{
    private const string Rule = "block if fraud >= threshold(precision 80% by amount > 100)";

    [Fact]
    public void Each_segment_has_the_threshold_that_it_would_have_alone()
    {
        var small = SmallDesign.With(Rule, "allow");
        var alone = SmallDesign.With("block if fraud >= threshold(precision 80%)", "allow");
        for (ulong seed = 0; seed < 30; seed++)
        {
            var (amounts, margins, labels) = Cases(seed, 600);
            var rows = small.Rows(amounts, margins, labels, dayCount: 4);
            var solution = ThresholdSolver.Solve(small.Policy, small.Plan, rows);
            foreach (var segment in solution.Solved[0].Segments)
            {
                int[] own = [.. Enumerable.Range(0, labels.Length).Where(i => amounts[i] > 100 == (segment.Code == 1))];
                var part = alone.Rows(
                    [.. own.Select(i => amounts[i])], [.. own.Select(i => margins[i])], [.. own.Select(i => labels[i])], 4);
                var expected = ThresholdSolver.Solve(alone.Policy, alone.Plan, part).Solved[0];
                segment.Margin.ShouldBe(expected.Margin);
                segment.Candidates.ShouldBe(own.Length);
                (segment.Fault is null).ShouldBe(segment.Margin is not null);
                if (segment.Margin is null) { continue; }
                var segmentOf = ThresholdSolver.SegmentsOf(small.Policy, small.Plan, 0, rows);
                ThresholdSolver.Reached(solution.Solved[0].Goal, 0, solution.RuleOf, rows, segmentOf, segment.Code)!
                    .Value.ShouldBeGreaterThanOrEqualTo(0.8);
            }
            ThresholdSolver.Apply(small.Policy, small.Plan, solution.Thresholds, rows).ShouldBe(solution.RuleOf);
        }
    }

    [Fact]
    public void A_segment_with_few_decisions_takes_the_threshold_of_all_and_says_so()
    {
        var small = SmallDesign.With(Rule, "allow");
        var (amounts, margins, labels) = Cases(1, 600);
        for (var i = 0; i < amounts.Length; i++) { amounts[i] = i < 49 ? 500 : 5; }
        var solution = ThresholdSolver.Solve(small.Policy, small.Plan, small.Rows(amounts, margins, labels));
        var few = solution.Solved[0].Segments.Single(static s => s.Value == "true");
        (few.Margin, few.Fault).ShouldBe((null, "49 decisions, fewer than 50"));
        solution.Thresholds[0].BySegment.Keys.ShouldBe(["false"]);
        Threshold(small, solution.Thresholds, amount: 500).ShouldBe(solution.Thresholds[0].All);
        Threshold(small, solution.Thresholds, amount: 5).ShouldBe(solution.Thresholds[0].BySegment["false"]);
    }

    [Fact]
    public void A_segment_without_positives_or_without_a_margin_takes_the_threshold_of_all()
    {
        var small = SmallDesign.With(Rule, "allow");
        var (amounts, margins, labels) = Cases(2, 600);
        for (var i = 0; i < labels.Length; i++)
        {
            amounts[i] = i < 100 ? 500 : 5;
            if (i < 100) { labels[i] = i < 4 ? 1 : 0; }
        }
        ThresholdSolver.Solve(small.Policy, small.Plan, small.Rows(amounts, margins, labels)).Solved[0].Segments
            .Single(static s => s.Value == "true").Fault.ShouldBe("4 positives, fewer than 5");
        for (var i = 0; i < 100; i++) { (labels[i], margins[i]) = (i < 10 ? 1 : 0, i < 10 ? -9 : i); }
        ThresholdSolver.Solve(small.Policy, small.Plan, small.Rows(amounts, margins, labels)).Solved[0].Segments
            .Single(static s => s.Value == "true").Fault.ShouldNotBeNull()
            .ShouldContain("no margin of fraud reaches a precision of 80 % on the 100 decisions");
    }

    [Fact]
    public void A_segment_never_seen_takes_the_threshold_of_all()
    {
        var small = SmallDesign.With("block if fraud >= threshold(top 5/day by card)", "allow");
        var cards = small.Dictionaries["card"];
        var known = cards.Add("known");
        ThresholdMargins[] margins = [new(7, ThresholdMargins.None.Add("known", 3))];
        var filled = new ThresholdRegisters(small.Policy, small.Plan, margins);
        double Of(double card)
        {
            var registers = new double[small.Plan.RegisterCount];
            small.Fill(registers, 1, 0, card: card);
            filled.Fill(registers);
            return registers[small.Plan.Thresholds[0].Register];
        }
        Of(known).ShouldBe(3);
        Of(cards.Add("new")).ShouldBe(7);
        Of(double.NaN).ShouldBe(7);
    }

    [Fact]
    public void Filling_allocates_nothing()
    {
        var small = SmallDesign.With(Rule, "allow");
        var filled = new ThresholdRegisters(
            small.Policy, small.Plan, [new(7, ThresholdMargins.None.Add("true", 3).Add("false", 2))]);
        var registers = new double[small.Plan.RegisterCount];
        small.Fill(registers, 500, 0);
        filled.Fill(registers);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) { filled.Fill(registers); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static double Threshold(SmallDesign small, IReadOnlyList<ThresholdMargins> margins, double amount)
    {
        var registers = new double[small.Plan.RegisterCount];
        small.Fill(registers, amount, 0);
        new ThresholdRegisters(small.Policy, small.Plan, margins).Fill(registers);
        return registers[small.Plan.Thresholds[0].Register];
    }

    /// <summary>Large amounts score lower for the same risk, so that one threshold cannot fit both.</summary>
    private static (double[] Amounts, double[] Margins, float[] Labels) Cases(ulong seed, int count)
    {
        var random = new RandomStream(seed);
        float[] labels = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() < 0.25 ? 1f : 0f)];
        double[] amounts = [.. labels.Select(_ => random.NextDouble() * 300)];
        double[] margins = [.. labels.Select((l, i) =>
            Math.Round((random.NextNormal() + (2 * l) - (amounts[i] > 100 ? 1 : 0)) * 10) / 10)];
        return (amounts, margins, labels);
    }
}
