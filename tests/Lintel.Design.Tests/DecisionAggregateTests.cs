using Lintel.Design.Expressions;

namespace Lintel.Design.Tests;

/// <summary>Rules aggregate what was decided before; nothing else does.</summary>
public sealed class DecisionAggregateTests
{
    private const string Review = "  - review if fraud >= threshold(top 80/day)";

    [Fact]
    public void A_rule_that_counts_decisions_brings_their_event()
    {
        var design = FraudDesign.Read(FraudDesign.With(
            Review, Review + " and count(decision where outcome = review) by card over 1d = 0"));
        var own = design.Events[^1];
        (own.Name, own.Number, own.IsDecision, own.HasSource).ShouldBe(("decision", design.Events.Length - 1, true, false));
        own.About!.Event.ShouldBe(design.Decision.Each);
        own.Columns.Select(static c => c.Name).Take(5).ShouldBe(["time", "known", "outcome", "score", "propensity"]);
        own.FindKey("card").ShouldBeGreaterThan(4);
        var rule = (PolicyRule.When)design.Policy.Single(r => r.Text.Contains("decision", StringComparison.Ordinal));
        var aggregate = ExpressionWalk.All(rule.Condition).OfType<Expression.Aggregate>().Single();
        (aggregate.Source, aggregate.WindowMicroseconds).ShouldBe((own, 86_400_000_000));
        ExpressionWalk.All(aggregate.Where!).OfType<Expression.TextConstant>().Single().Value.ShouldBe("review");
    }

    [Theory]
    [InlineData("mean(decision.score) by card over 7d > 0.2")]
    [InlineData("count(decision where outcome in [review, block]) by terminal over 1h >= 3")]
    [InlineData("count(decision where outcome = \"block\" and propensity = 1) by card over 1d = 0")]
    [InlineData("since(decision where outcome != allow) by card < 1h")]
    public void Everything_of_a_decision_can_be_read(string condition) =>
        FraudDesign.Read(FraudDesign.With(Review, $"{Review} and {condition}")).Events[^1].IsDecision.ShouldBeTrue();

    [Fact]
    public void Without_such_a_rule_there_is_no_such_event() =>
        FraudDesign.Read(FraudDesign.Text).Events.ShouldAllBe(static e => !e.IsDecision);

    [Theory]
    [InlineData("count(decision where outcome = ¦revew) by card over 1d = 0", "unknown name 'revew' in event 'decision'; did you mean 'review'?")]
    [InlineData("count(decision where outcome = ¦\"blok\") by card over 1d = 0", "'blok' is no declared outcome; expected allow, review, block; did you mean 'block'?")]
    [InlineData("count(decision where outcome in [review, ¦\"blok\"]) by card over 1d = 0", "'blok' is no declared outcome; expected allow, review, block; did you mean 'block'?")]
    [InlineData("count(decision) by ¦crad over 1d = 0", "event 'decision' has no key 'crad'; did you mean 'card'?")]
    [InlineData("mean(¦decision.scor) by card over 1d > 0", "did you mean 'score'?")]
    public void Wrong_names_are_told_with_what_was_meant(string condition, string expected) =>
        FraudDesign.FaultAtMark(FraudDesign.With(Review, $"{Review} and {condition}")).ShouldEndWith(expected);

    [Fact]
    public void A_feature_over_decisions_is_refused_with_what_to_do()
    {
        var fault = FraudDesign.FaultAtMark(FraudDesign.With(
            "weekend: weekday(time) >= 6", "alerts: ¦count(decision) by card over 1d"));
        fault.ShouldContain("a feature cannot aggregate decisions: files hold none");
        fault.ShouldContain("move it into the rule");
    }
}
