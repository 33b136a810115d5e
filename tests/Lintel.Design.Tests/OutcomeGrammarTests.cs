using Lintel.Design.Expressions;

namespace Lintel.Design.Tests;

/// <summary>Outcomes with roles, rules that decide by cost, thresholds by segment.</summary>
public sealed class OutcomeGrammarTests
{
    private const string Listed = "outcomes: [allow, review, block]";
    private const string Costs = "costs: { missed: amount, blocked: 5 + 0.01 * amount, review: 2 }";
    private const string Last = "  - allow";

    [Fact]
    public void A_list_reads_roles_off_names()
    {
        FraudDesign.Read(FraudDesign.Text).OutcomeDesigns.ShouldBe([
            new("allow", OutcomeRole.Passed), new("review", OutcomeRole.Reviewed), new("block", OutcomeRole.Refused)]);
        FraudDesign.Read(FraudDesign.With(Listed, "outcomes: [allow, challenge, review, block]")).OutcomeDesigns[1]
            .ShouldBe(new("challenge", OutcomeRole.Challenged, 1));
    }

    [Fact]
    public void A_map_says_roles()
    {
        var design = FraudDesign.Read(FraudDesign.With(
            Listed, "outcomes: { allow: pass, code: { stops: 90% }, call: challenge, review: refuse, block: refuse }"));
        design.Outcomes.ShouldBe(["allow", "code", "call", "review", "block"]);
        design.OutcomeDesigns.Select(static o => o.Role).ShouldBe([
            OutcomeRole.Passed, OutcomeRole.Challenged, OutcomeRole.Challenged, OutcomeRole.Refused, OutcomeRole.Refused]);
        design.OutcomeDesigns.Select(static o => o.Stops).ShouldBe([0, 0.9, 1, 0, 0]);
        OutcomeDesign.Hardest(design.OutcomeDesigns).ShouldBe(4);
    }

    [Theory]
    [InlineData("{ allow: ¦passes, review: review, block: refuse }",
        "error LT0109: the value has another form; got 'passes'; expected pass | challenge | review | refuse; did you mean 'pass'?")]
    [InlineData("{ allow: pass, review: review, block: ¦{ } }",
        "error LT0108: a challenge lacks 'stops'; expected stops: a percentage such as 80%, 0% to 100%; add it: Share of the positives that the challenge stops.")]
    [InlineData("{ ¦allow: refuse, review: review, block: refuse }",
        "error LT0108: no outcome lets a decision pass; expected one of them with the role pass; add one, such as allow: pass")]
    [InlineData("{ allow: pass, review: review, block: { stops: ¦900% } }",
        "error LT0111: the value is out of bounds; got 900%; expected a percentage such as 80%, 0% to 100%")]
    public void A_wrong_map_of_outcomes_is_one_diagnostic(string outcomes, string expected) =>
        FraudDesign.FaultAtMark(FraudDesign.With(Listed, $"outcomes: {outcomes}")).ShouldBe(expected);

    [Fact]
    public void Deciding_by_cost_reckons_each_outcome()
    {
        var text = FraudDesign.With(Last, "  - decide by cost")
            .Replace(Listed, "outcomes: { allow: pass, challenge: { stops: 75% }, review: review, block: refuse }")
            .Replace(Costs, "costs: { missed: amount, blocked: 5, review: 2, challenge: 0.5 }");
        var rules = FraudDesign.Read(text).Policy.Where(static r => r.ExpectedCost is not null).ToList();
        rules.Select(static r => r.Text).ShouldBe([
            "decide by cost: block", "decide by cost: review", "decide by cost: challenge", "decide by cost: allow"]);
        rules.Select(static r => ExpressionPrinter.Print(r.ExpectedCost!)).ShouldBe([
            "(1 - fraud) * 5", "2", "0.5 + fraud * 0.25 * amount", "fraud * amount"]);
        rules[^1].ShouldBeOfType<PolicyRule.Otherwise>().Outcome.ShouldBe("allow");
        rules[^1].ExpectedCost.ShouldBeOfType<Expression.Binary>().Left.ShouldBeOfType<Expression.Score>()
            .Form.ShouldBe(ScoreForm.Probability);
    }

    [Theory]
    [InlineData("missed: amount, ", "'decide by cost' needs the cost 'missed' for outcome 'allow'; expected requirements: costs: missed; declare it")]
    [InlineData(", review: 2", "'decide by cost' needs the cost 'review' for outcome 'review'; expected requirements: costs: review; declare it")]
    [InlineData("blocked: 5 + 0.01 * amount, ", "'decide by cost' needs the cost 'blocked' for outcome 'block'; expected requirements: costs: blocked; declare it")]
    public void A_cost_that_a_role_needs_is_named(string without, string expected) =>
        FraudDesign.FaultAtMark(FraudDesign.With(Last, "  - ¦decide by cost").Replace(without, ""))
            .ShouldBe($"error LT0114: {expected}");

    [Theory]
    [InlineData("  - ¦decide by cost if amount > 3\n  - allow", "error LT0109: 'decide by cost' takes no condition")]
    [InlineData("  - ¦decide by profit", "error LT0109: this is no rule; got 'decide by profit'; expected decide by cost")]
    [InlineData("  - decide by cost\n  - ¦allow", "error LT0117: no decision reaches this rule; got 'allow'; 'decide by cost: allow' at fraud.yaml:62:5 always matches")]
    public void A_wrong_rule_by_cost_is_one_diagnostic(string rules, string expected)
    {
        var faults = FraudDesign.Faults(FraudDesign.With(Last, rules.Replace("¦", "")));
        faults[0].ShouldContain(expected);
    }

    [Fact]
    public void A_decision_may_not_reckon_with_what_comes_later() =>
        FraudDesign.Fault(FraudDesign.With(Last, "  - decide by cost")
                .Replace("fields: { amount: number }", "fields: { amount: number, lost: number known settled_at }")
                .Replace("missed: amount", "missed: lost"))
            .ShouldContain("error LT0209: 'decide by cost' reads the cost 'missed', and 'lost' is known too late");

    [Theory]
    [InlineData("precision 90% by night", "night", DataType.Bool)]
    [InlineData("recall 80% by card", "card", DataType.Key)]
    [InlineData("top 20/day by hour(time) < 6 or weekend", "hour(time) < 6 or weekend", DataType.Bool)]
    public void A_threshold_can_be_solved_by_segment(string goal, string segment, DataType type)
    {
        var rule = FraudDesign.Read(FraudDesign.With("threshold(precision 90%)", $"threshold({goal})")).Policy[1];
        var threshold = rule.ShouldBeOfType<PolicyRule.When>().Condition.ShouldBeOfType<Expression.Binary>()
            .Right.ShouldBeOfType<Expression.Threshold>();
        ExpressionPrinter.Print(threshold.Segment.ShouldNotBeNull()).ShouldBe(segment);
        ExpressionPrinter.Print(threshold).ShouldBe($"threshold({goal})");
        threshold.Segment!.Type.ShouldBe(type);
        threshold.SegmentDomain.ShouldBe(type == DataType.Key ? "card" : null);
    }

    [Theory]
    [InlineData("precision 90% by time", "error LT0206: a segment is a condition, a text or a key")]
    [InlineData("precision 90% by amount", "error LT0206: a segment is a condition, a text or a key")]
    [InlineData("precision 90% by", "error LT0201")]
    [InlineData("precision 90% by nite", "error LT0205: unknown name 'nite'")]
    public void A_wrong_segment_is_one_diagnostic(string goal, string expected) =>
        FraudDesign.Fault(FraudDesign.With("threshold(precision 90%)", $"threshold({goal})")).ShouldContain(expected);
}
