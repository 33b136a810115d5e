using Lintel.Design.Expressions;
using static Lintel.Design.Tests.TestKinds;

namespace Lintel.Design.Tests;

public sealed class FraudDesignTests
{
    private static readonly SystemDesign Design = FraudDesign.Read();

    [Fact]
    public void Requirements_are_read_in_their_units()
    {
        var requirements = Design.Requirements;
        requirements.Latency.ShouldBe([new(99, TimeSpan.FromMilliseconds(10))]);
        requirements.RatePerSecond.ShouldBe(2000);
        requirements.Freshness.ShouldBe(TimeSpan.FromSeconds(1));
        requirements.ReviewersPerDay.ShouldBe(100);
        requirements.Costs.Select(c => $"{c.Name}: {ExpressionPrinter.Print(c.Value)}")
            .ShouldBe(["missed: amount", "blocked: 5 + 0.01 * amount", "review: 2"]);
        requirements.At["rate"].ToString().ShouldBe("fraud.yaml:7:3");
    }

    [Fact]
    public void Columns_of_an_event_about_another_hold_the_subject_behind_its_own()
    {
        var (payment, verdict) = (Design.Events[0], Design.Events[1]);
        payment.Columns.Select(c => $"{c.Name} {c.Kind} {c.Type}").ShouldBe(
            ["time Time Time", "known Known Time", "card Key Key", "terminal Key Key", "amount Field Number"]);
        verdict.Columns.Select(c => c.Name).ShouldBe(["time", "known", "fraud",
            "payment.time", "payment.known", "payment.card", "payment.terminal", "payment.amount"]);
        verdict.InheritedFrom.ShouldBe(3);
        verdict.About.ShouldBe(new(payment, "transaction_id"));
        verdict.Find("terminal").ShouldBe(6);
        verdict.Columns[6].Domain.ShouldBe("terminal");
        verdict.Known!.Sql.ShouldBe("(\"tx_time\" + to_microseconds(604800000000))");
        payment.Columns[2].Source!.Sql.ShouldBe("\"customer_id\"");
        payment.Id.ShouldBe("transaction_id");
    }

    [Fact]
    public void Features_are_expanded_typed_and_resolved()
    {
        Design.Features.Select(f => f.Name).ShouldBe(["amount", "weekend", "night",
            "card_payments_1d", "card_payments_7d", "card_payments_30d", "card_amount_1d", "card_amount_7d", "card_amount_30d",
            "terminal_verdicts_1d", "terminal_verdicts_7d", "terminal_verdicts_30d", "terminal_risk_1d", "terminal_risk_7d",
            "terminal_risk_30d", "terminal_cards_1d", "since_last", "amount_vs_usual"]);
        var risk = Design.Features.Single(f => f.Name == "terminal_risk_7d");
        risk.Text.ShouldBe("mean(verdict.fraud) by terminal over 7d ?? 0");
        var aggregate = ((Expression.Binary)risk.Value).Left.ShouldBeOfType<Expression.Aggregate>();
        aggregate.Source.Name.ShouldBe("verdict");
        aggregate.SourceKeys.ShouldBe([6]);
        aggregate.DecisionKeys.ShouldBe([3]);
        aggregate.WindowMicroseconds.ShouldBe(7L * 86_400_000_000);
        aggregate.Value.ShouldBeOfType<Expression.Column>().ColumnIndex.ShouldBe(2);
        Design.Features.Single(f => f.Name == "since_last").Value.Type.ShouldBe(DataType.Duration);
        ExpressionPrinter.Print(Design.Features[^1].Value).ShouldBe("amount / card_amount_30d");
    }

    [Fact]
    public void Models_carry_their_kinds_parameters_and_what_they_read()
    {
        var (known, novel, fraud) = (Design.Models[0], Design.Models[1], Design.Models[2]);
        known.Parameters.ShouldBe(new Boosted { Trees = 300, Depth = 4 });
        known.NegativeSample.ShouldBe(0.1);
        known.Uses.Length.ShouldBe(18);
        novel.Uses.ShouldBe(["amount", "card_payments_1d", "card_payments_7d", "card_payments_30d",
            "card_amount_1d", "card_amount_7d", "card_amount_30d", "since_last"]);
        fraud.Of.ShouldBe(["known", "novel"]);
        fraud.Calibrate.ShouldBe("isotonic");
        fraud.Uses.ShouldBeEmpty();
        Design.FinalModel.ShouldBe(fraud);
    }

    [Fact]
    public void Evaluation_is_read_with_cut_offs_and_gates()
    {
        var evaluate = Design.Evaluate;
        evaluate.Metrics.Select(m => (m.Name, m.Kind, m.Key, m.At, m.IsShare)).ShouldBe([
            ("average-precision", "average-precision", null, null, false), ("auc", "auc", null, null, false),
            ("card-precision@100", "key-precision", "card", 100, false), ("recall@1%", "recall", null, 0.01, true),
            ("cost", "cost", null, null, false)]);
        evaluate.Baselines.Select(b => b.Name).ShouldBe(["random", "amount"]);
        evaluate.Slices.Select(s => s.Name).ShouldBe(["night", "card_payments_30d < 3"]);
        evaluate.Gates.Select(g => (g.Metric.Kind, g.EverySlice, g.Comparison, g.Bound, g.RelativeToAll)).ShouldBe([
            ("average-precision", false, BinaryOperator.GreaterOrEqual, 0.6, false),
            ("auc", true, BinaryOperator.GreaterOrEqual, 0.95, true)]);
    }

    [Fact]
    public void Policy_compares_margins_with_thresholds()
    {
        Design.Outcomes.ShouldBe(["allow", "review", "block"]);
        Design.Policy.Length.ShouldBe(5);
        var rule = Design.Policy[1].ShouldBeOfType<PolicyRule.When>();
        rule.Outcome.ShouldBe("block");
        var comparison = rule.Condition.ShouldBeOfType<Expression.Binary>();
        comparison.Left.ShouldBeOfType<Expression.Score>().Form.ShouldBe(ScoreForm.Margin);
        comparison.Right.ShouldBeOfType<Expression.Threshold>().Goal.ShouldBe(new ThresholdGoal.Precision(0.9));
        Design.Policy[4].ShouldBeOfType<PolicyRule.Otherwise>().Outcome.ShouldBe("allow");
    }

    [Fact]
    public void Split_serving_monitoring_and_retraining_are_read()
    {
        var split = Design.Split.ShouldBeOfType<SplitDesign.ByTime>();
        (split.Train, split.Validate, split.Test, split.Gap).ShouldBe(
            (new Stretch.Share(0.6), new Stretch.Share(0.15), new Stretch.Share(0.25), TimeSpan.FromDays(7)));
        Design.Serve.ShouldBe(new(ServeMode.Online, "allow", 0.01, Design.Serve.At));
        (Design.Monitor.DriftMeasure, Design.Monitor.DriftBound, Design.Monitor.Window).ShouldBe(("psi", 0.2, TimeSpan.FromDays(1)));
        (Design.Retrain.Every, Design.Retrain.RefitOnAll).ShouldBe((TimeSpan.FromDays(1), true));
        Design.Decision.Label.Single().Value.ShouldNotBeNull().Type.ShouldBe(DataType.Bool);
    }

    [Fact]
    public void Line_ends_do_not_change_the_hash() =>
        FraudDesign.Read(FraudDesign.Text.ReplaceLineEndings("\r\n")).Hash.ShouldBe(Design.Hash);
}
