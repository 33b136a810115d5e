using Lintel.Design.Expressions;

namespace Lintel.Design.Tests;

/// <summary>What a regression says: its label, what its models start from, several quantiles of one entry.</summary>
public sealed class RegressionGrammarTests
{
    private const string Minutes = "kind: xgboost, quantiles: [10%, 50%, 90%], residual over: usual";

    [Fact]
    public void A_label_may_be_told_about_the_same_subject()
    {
        var decision = DeliveryDesign.Read().Decision;
        var label = decision.Label.ShouldHaveSingleItem();
        ExpressionPrinter.Print(label.Value!).ShouldBe("minutes(time - ask.time)");
        label.Row!.Columns.Select(static c => c.Name).ShouldBe(["time", "known", "order.time", "order.known", "order.store", "order.market", "order.items", "ask.time", "ask.known", "ask.route"]);
        decision.Censored!.Name.ShouldBe("cancelled");
    }

    [Fact]
    public void A_label_may_be_told_about_the_decided_event()
    {
        var design = DeliveryDesign.Read("each: ask, kind: regression, label: minutes(delivered.time - ask.time)",
            "each: order, kind: regression, label: minutes(delivered.time - order.time)",
            ("  route: route\n", ""), ("order.items", "items"), (", route]", "]"));
        design.Decision.Label[0].Row.ShouldBeNull();
        design.Policy.ShouldBeEmpty();
    }

    [Fact]
    public void Several_quantiles_are_one_fit_each_and_one_that_puts_them_in_order()
    {
        var design = DeliveryDesign.Read();
        design.Models.Select(static m => (m.Name, m.Kind, m.IsPart, m.IsFinal, m.Quantile?.Level)).ShouldBe([
            ("usual", "median", false, false, null),
            ("minutes@10%.fit", "xgboost", true, false, null), ("minutes@50%.fit", "xgboost", true, false, null), ("minutes@90%.fit", "xgboost", true, false, null),
            ("minutes@10%", "ordered", false, false, 0.1), ("minutes@90%", "ordered", false, false, 0.9), ("minutes", "ordered", false, true, 0.5)]);
        design.Models[1].ResidualOver.ShouldBe(new ResidualBase("usual", null));
        ((TestKinds.Boosted)design.Models[3].Parameters).Level.ShouldBe(0.9);
        ((TestKinds.Order)design.Models[5].Parameters).Place.ShouldBe(2);
        design.Models[6].Of.ShouldBe(["minutes@10%.fit", "minutes@50%.fit", "minutes@90%.fit"]);
        design.Quantiles.Select(static m => m.Name).ShouldBe(["minutes@10%", "minutes", "minutes@90%"]);
    }

    [Fact]
    public void One_estimate_is_one_model_with_the_squared_loss()
    {
        var design = DeliveryDesign.Read(Minutes, "kind: xgboost, residual over: route");
        var final = design.Models[^1];
        (final.Name, final.IsFinal, final.Quantile).ShouldBe(("minutes", true, null));
        ((TestKinds.Boosted)final.Parameters).Loss.ShouldBe("squared");
        final.ResidualOver.ShouldBe(new ResidualBase(null, "route"));
        design.Quantiles.ShouldBeEmpty();
    }

    [Fact]
    public void Features_stand_in_the_order_in_which_a_median_leaves_them_out() =>
        DeliveryDesign.Read("uses: [store, market, hour]", "uses: [hour, store]").Models[0].Uses.ShouldBe(["hour", "store"]);

    [Theory]
    [InlineData("[10%, 50%, 90%]", "[10%, 90%]", "the quantiles lack 50%, which is the estimate itself; got 10%, 90%; add 50%")]
    [InlineData("[10%, 50%, 90%]", "[50%, 10%, 90%]", "the quantiles do not rise; got 50%, 10%, 90%")]
    [InlineData("[10%, 50%, 90%]", "[10%, 50%, 90%], loss: squared", "quantiles are not fitted with this 'loss'; got loss: squared; expected loss: quantile")]
    [InlineData("quantiles: [10%, 50%, 90%]", "loss: logistic", "'minutes': loss 'logistic' learns no value; expected squared | quantile")]
    [InlineData("residual over: usual", "residual over: minutes", "a model cannot be fitted on what it leaves over itself")]
    [InlineData("residual over: usual", "residual over: hours", "there is no model or feature 'hours'; expected an earlier model, or a feature; did you mean 'hour'?")]
    [InlineData("residual over: usual", "residual over: store", "nothing is left over 'store'")]
    [InlineData(Minutes, "kind: xgboost, residual over: usual, tune: { metric: mae, depth: [3, 4] }", "what is left over 'usual' is not searched over; search without 'residual over', write what was found")]
    [InlineData(Minutes, "kind: xgboost, residual over: route, tune: { metric: mae, depth: [3, 4] }", "what is left over 'route' is not searched over")]
    [InlineData(Minutes, Minutes + ", tune: { metric: mae, depth: [3, 4] }", "several quantiles are not searched for at once; search with one objective, and write what was found")]
    [InlineData(Minutes, "kind: xgboost, tune: { metric: auc, depth: [3, 4] }", "metric 'auc' is of no use in a regression")]
    [InlineData("market, hour] }", "market, hour], residual over: minutes }", "model 'minutes' stands below 'usual', which is to learn what it leaves over")]
    [InlineData("residual over: usual", "residual over: usual, calibrate: isotonic", "a value is no probability to calibrate")]
    [InlineData("residual over: usual", "residual over: usual, sample: { negatives: 10% }", "a regression has no negatives to sample")]
    [InlineData("kind: median, uses: [store, market, hour]", "kind: isolation-forest", "a model of kind 'isolation-forest' is of no use in a regression")]
    [InlineData("metrics: [mae,", "metrics: [auc,", "metric 'auc' is of no use in a regression")]
    [InlineData("censored: cancelled", "censored: canceled", "there is no event 'canceled'; expected an event with 'about: ask by …'; did you mean 'cancelled'?")]
    [InlineData("baselines: [mean,", "baselines: [prior,", "unknown name 'prior'")]
    public void A_wrong_word_is_one_diagnostic(string old, string replacement, string expected) =>
        DeliveryDesign.Fault(old, replacement).ShouldContain(expected);

    [Fact]
    public void What_belongs_to_a_regression_is_refused_elsewhere()
    {
        FraudDesign.Fault(FraudDesign.With("label: verdict.fraud", "label: verdict.fraud\n  censored: verdict"))
            .ShouldContain("'censored' belongs to a regression");
        FraudDesign.Fault(FraudDesign.With("trees: 300, depth: 4", "trees: 300, quantiles: [50%]")).ShouldContain("'quantiles' belongs to a regression");
        FraudDesign.Fault(FraudDesign.With("recall@1%, cost]", "recall@1%, mae]")).ShouldContain("metric 'mae' is of no use in a classification");
    }

    [Fact]
    public void A_regression_has_no_outcomes() =>
        DeliveryDesign.Fault("gates: { mae: \"<= 12\" }", "gates: { mae: \"<= 12\" }\noutcomes: [allow]").ShouldContain("a regression has no 'outcomes'");
}
