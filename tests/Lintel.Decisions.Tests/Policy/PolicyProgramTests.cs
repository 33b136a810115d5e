using Lintel.Design.Diagnostics;

namespace Lintel.Decisions.Tests.Policy;

public sealed class PolicyProgramTests
{
    [Fact]
    public void The_first_rule_that_matches_decides()
    {
        var small = SmallDesign.With("block if amount > 1000", "review if amount > 100", "block if amount > 50", "allow");
        var registers = new double[small.Plan.RegisterCount];
        (double Amount, int Rule, string Outcome)[] cases = [(5000, 0, "block"), (500, 1, "review"), (70, 2, "block"), (10, 3, "allow"), (double.NaN, 3, "allow")];
        foreach (var (amount, rule, outcome) in cases)
        {
            small.Fill(registers, amount, fraud: 0);
            small.Policy.Decide(registers).ShouldBe(rule);
            small.Design.Outcomes[small.Policy.OutcomeOf(rule)].ShouldBe(outcome);
        }
    }

    [Fact]
    public void The_trace_asks_each_rule_by_itself()
    {
        var small = SmallDesign.With("block if amount > 1000", "review if amount > 100", "allow");
        var registers = new double[small.Plan.RegisterCount];
        small.Fill(registers, 5000, fraud: 0);
        Enumerable.Range(0, 3).Select(r => small.Policy.Holds(r, registers)).ShouldBe([true, true, true]);
        small.Fill(registers, 500, fraud: 0);
        Enumerable.Range(0, 3).Select(r => small.Policy.Holds(r, registers)).ShouldBe([false, true, true]);
    }

    [Fact]
    public void A_threshold_knows_the_score_that_it_bounds()
    {
        var small = SmallDesign.With("block if fraud >= threshold(precision 90%)", "review if amount > 10 and novel >= threshold(top 5/day)", "allow");
        small.Policy.Rules.Select(static r => r.Threshold?.ScoreName).ShouldBe(["fraud", "novel", null]);
        small.Plan.Thresholds.Length.ShouldBe(2);
    }

    [Fact]
    public void Two_thresholds_in_one_rule_are_refused() =>
        Should.Throw<DesignException>(() => SmallDesign.With("block if fraud >= threshold(precision 90%) or novel >= threshold(top 5/day)", "allow"))
            .Diagnostics[0].ToString().ShouldContain("has 2 thresholds; expected one a rule");

    [Fact]
    public void Deciding_allocates_nothing()
    {
        var small = SmallDesign.With("block if amount > 1000 and fraud >= threshold(precision 90%)", "review if amount > 100", "allow");
        var registers = new double[small.Plan.RegisterCount];
        small.Fill(registers, 50, fraud: 0);
        _ = small.Policy.Decide(registers);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) { _ = small.Policy.Decide(registers); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
