using Lintel.Numerics.Random;

namespace Lintel.Decisions.Tests.Policy;

/// <summary>Deciding by cost is the brute-force choice among expected costs, and every decision is one rule's.</summary>
public sealed class CostRuleTests
{
    private const string Four = "{ allow: pass, challenge: { stops: 90% }, review: review, block: refuse }";

    [Theory]
    [InlineData(Four)]
    [InlineData("{ review: review, allow: pass, block: refuse, code: { stops: 50% }, call: challenge }")]
    [InlineData("{ allow: pass, block: refuse }")]
    [InlineData("{ allow: pass }")]
    public void The_outcome_of_least_expected_cost_is_given(string outcomes)
    {
        var small = SmallDesign.WithCosts(outcomes, "decide by cost");
        var registers = new double[small.Plan.RegisterCount];
        var random = new RandomStream(3);
        for (var i = 0; i < 5_000; i++)
        {
            var (amount, margin) = (Math.Exp(random.NextNormal() * 2) * 20, random.NextNormal() * 4);
            small.Fill(registers, amount, margin);
            var costs = Costs(small, amount, 1 / (1 + Math.Exp(-margin)));
            var mildest = Array.IndexOf(costs, costs.Min());                 // of equal costs, the first
            var rule = small.Policy.Decide(registers);
            small.Policy.OutcomeOf(rule).ShouldBe(mildest);
            small.Policy.Rules[rule].Cost!.Evaluate(registers).ShouldBe(costs[mildest]);
        }
    }

    [Fact]
    public void Of_equal_costs_the_mildest_wins()
    {
        // at amount 0 and certainty, passing costs 0 and refusing 0
        var small = SmallDesign.WithCosts(Four, "decide by cost");
        var registers = new double[small.Plan.RegisterCount];
        small.Fill(registers, amount: 0, fraud: double.PositiveInfinity);
        small.Design.Outcomes[small.Policy.OutcomeOf(small.Policy.Decide(registers))].ShouldBe("allow");
    }

    [Fact]
    public void A_missing_cost_gives_the_mildest()
    {
        var small = SmallDesign.WithCosts(Four, "decide by cost");
        var registers = new double[small.Plan.RegisterCount];
        small.Fill(registers, amount: double.NaN, fraud: 5);
        small.Design.Outcomes[small.Policy.OutcomeOf(small.Policy.Decide(registers))].ShouldBe("allow");
    }

    [Fact]
    public void Every_decision_is_made_by_exactly_one_rule()
    {
        var small = SmallDesign.WithCosts(
            Four, "block if amount > 900", "review if fraud >= threshold(precision 60% by amount > 100)", "decide by cost");
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = new RandomStream(seed);
            float[] labels = [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble() < 0.3 ? 1f : 0f)];
            double[] margins = [.. labels.Select(l => random.NextNormal() + l)];
            double[] amounts = [.. labels.Select(_ => random.NextDouble() < 0.05 ? double.NaN : random.NextDouble() * 1_000)];
            var rows = small.Rows(amounts, margins, labels, dayCount: 4);
            var solution = ThresholdSolver.Solve(small.Policy, small.Plan, rows);
            solution.RuleOf.ShouldAllBe(r => r >= 0 && r < small.Policy.Rules.Count);
            var registers = new double[small.Plan.RegisterCount];
            var filled = new ThresholdRegisters(small.Policy, small.Plan, solution.Thresholds);
            for (var row = 0; row < labels.Length; row++)
            {
                small.Fill(registers, amounts[row], margins[row]);
                filled.Fill(registers);
                var first = Enumerable.Range(0, small.Policy.Rules.Count).First(r => small.Policy.Holds(r, registers));
                solution.RuleOf[row].ShouldBe(first);
                small.Policy.Decide(registers).ShouldBe(first);
            }
        }
    }

    /// <summary>The formulas as the documentation has them.</summary>
    private static double[] Costs(SmallDesign small, double amount, double p) =>
        [.. small.Design.OutcomeDesigns.Select(o => o.Role switch
        {
            Design.OutcomeRole.Passed => p * amount,
            Design.OutcomeRole.Refused => (1 - p) * (5 + (0.01 * amount)),
            Design.OutcomeRole.Reviewed => 2,
            _ => 0.5 + (p * (1 - o.Stops) * amount),
        })];
}
