using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Pipeline.Versions;
using Lintel.Training.Evaluation;
using Lintel.Training.Metrics;
using Lintel.Training.Tests.Metrics;

namespace Lintel.Training.Tests.Evaluation;

public sealed class EvaluatorTests
{
    private static readonly Judged Rows = JudgedRows.Random(6_000, 11, days: 14, cards: 400, distinctMargins: 1_000);

    [Fact]
    public void Every_metric_stands_beside_its_baselines_with_an_interval_around_it()
    {
        var result = Evaluator.Evaluate(Request());
        foreach (var name in JudgedRows.EveryMetric)
        {
            var metric = result.Metrics[name];
            metric.Test.ShouldNotBeNull(name);
            metric.Test!.Value.ShouldBe(JudgedRows.Evaluate(name, Rows), 1e-12);
            metric.Baselines.Keys.ShouldBe(["prior", "random"]);
            metric.Interval.ShouldNotBeNull(name);
            metric.Interval![0]!.Value.ShouldBeLessThan(metric.Interval[1]!.Value);
        }
        foreach (var name in (string[])["auc", "average-precision", "recall@10%", "log-loss"])
        {
            var metric = result.Metrics[name];
            metric.Test!.Value.ShouldBeInRange(metric.Interval![0]!.Value, metric.Interval[1]!.Value, name);
        }
        result.Metrics["auc"].Baselines["random"]!.Value.ShouldBe(0.5, 0.03);
        result.Metrics["auc"].Baselines["prior"].ShouldBe(0.5);
        result.Metrics["log-loss"].Baselines["random"].ShouldBeNull();
        result.Metrics["normalised-entropy"].Baselines["prior"]!.Value.ShouldBe(1, 0.01);
        result.Undefined.ShouldBeEmpty();
    }

    [Fact]
    public void Same_seed_gives_the_same_bits_on_one_thread_and_on_two()
    {
        var one = Evaluator.Evaluate(Request());
        var two = Evaluator.Evaluate(Request() with { Threads = 2 });
        var other = Evaluator.Evaluate(Request() with { Seed = 2 });
        foreach (var name in JudgedRows.EveryMetric)
        {
            two.Metrics[name].Interval.ShouldBe(one.Metrics[name].Interval, name);
        }
        other.Metrics["auc"].Interval.ShouldNotBe(one.Metrics["auc"].Interval);
    }

    [Fact]
    public void Slices_below_a_hundred_positives_are_shown_and_not_judged()
    {
        var few = new bool[Rows.Count];
        var many = new bool[Rows.Count];
        for (var i = 0; i < Rows.Count; i++)
        {
            few[i] = i < 300;
            many[i] = i >= 300;
        }
        var gate = Gate("slice auc >= 0.5", "auc", 0.5, everySlice: true);
        var result = Evaluator.Evaluate(Request() with { Slices = [new("few", few), new("many", many)], Gates = [gate] });
        result.Slices[0].Judged.ShouldBeFalse();
        result.Slices[0].Positives.ShouldBeLessThan(100);
        result.Slices[0].Metrics["auc"].Test.ShouldNotBeNull();
        result.Slices[0].Metrics["auc"].Interval.ShouldBeNull();
        result.Slices[1].Judged.ShouldBeTrue();
        result.Slices[1].Metrics["auc"].Interval.ShouldNotBeNull();
        result.Gates[0].Verdict.ShouldBe(Verdict.NotMeasured);
        result.Gates[0].Holds.ShouldBeNull();
        result.Gates[0].Measured.ShouldContain("100 are needed");
        result.Gates[1].Verdict.ShouldBe(Verdict.Holds);
        result.Gates[1].Slice.ShouldBe("many");
    }

    [Theory]
    [InlineData(0.5, Verdict.Holds, true)]
    [InlineData(0.99, Verdict.Broken, false)]
    public void A_gate_is_told_by_its_interval(double bound, Verdict verdict, bool holds)
    {
        var result = Evaluator.Evaluate(Request() with { Gates = [Gate("auc", "auc", bound)] });
        result.Gates.Single().Verdict.ShouldBe(verdict);
        result.Gates.Single().Holds.ShouldBe(holds);
    }

    [Fact]
    public void A_gate_at_the_figure_itself_is_undecided()
    {
        var auc = JudgedRows.Evaluate("auc", Rows);
        var gate = Evaluator.Evaluate(Request() with { Gates = [Gate("auc", "auc", auc)] }).Gates.Single();
        gate.Verdict.ShouldBe(Verdict.Undecided);
        gate.Holds.ShouldBeNull();
        gate.Value.ShouldBe(auc);
    }

    [Fact]
    public void Of_all_compares_pair_by_pair_and_finds_the_bad_slice()
    {
        // in every third row the score is noise: there the AUC is 0.5
        var margins = (double[])Rows.Margins.Clone();
        var bad = new bool[Rows.Count];
        var good = new bool[Rows.Count];
        for (var i = 0; i < margins.Length; i++)
        {
            bad[i] = i % 3 == 0;
            good[i] = !bad[i];
            if (bad[i]) { margins[i] = (i * 7919 % 1000) / 300.0; }
        }
        var gate = Gate("slice auc >= 0.95 of all", "auc", 0.95, everySlice: true, ofAll: true);
        var result = Evaluator.Evaluate(Request() with
        {
            Test = Rows.WithScores(margins, null),
            Metrics = [JudgedRows.Metric("auc")],
            Slices = [new("bad", bad), new("good", good)],
            Gates = [gate],
        });
        result.Gates[0].Verdict.ShouldBe(Verdict.Broken);
        result.Gates[0].Measured.ShouldContain("of all");
        result.Gates[0].Value!.Value.ShouldBeLessThan(0.9);
        result.Gates[1].Verdict.ShouldBe(Verdict.Holds);
    }

    [Fact]
    public void The_whole_is_never_worse_than_itself_to_the_bit()
    {
        var gate = Gate("slice auc >= 0.999 of all", "auc", 0.999, everySlice: true, ofAll: true);
        var all = new bool[Rows.Count];
        all.AsSpan().Fill(true);
        var result = Evaluator.Evaluate(Request() with { Slices = [new("all", all)], Gates = [gate] });
        result.Gates.Single().Interval.ShouldBe([1.0, 1.0]);
        result.Gates.Single().Verdict.ShouldBe(Verdict.Holds);
    }

    [Fact]
    public void A_gates_metric_is_measured_though_the_design_does_not_list_it()
    {
        var result = Evaluator.Evaluate(Request() with { Metrics = [], Gates = [Gate("brier <= 0.5", "brier", 0.5, BinaryOperator.LessOrEqual)] });
        result.Metrics.Keys.ShouldBe(["brier"]);
        result.Gates.Single().Verdict.ShouldBe(Verdict.Holds);
    }

    [Fact]
    public void Undefined_metrics_give_their_reason_and_break_nothing()
    {
        var negatives = new Judged { Margins = [1, 2, 3], Labels = [0, 0, 0], Days = [1, 1, 2] };
        var result = Evaluator.Evaluate(Request() with
        {
            Test = negatives,
            Metrics = [JudgedRows.Metric("auc"), JudgedRows.Metric("cost")],
            Baselines = [],
            Gates = [Gate("auc", "auc", 0.6)],
        });
        result.Metrics["auc"].Test.ShouldBeNull();
        result.Metrics["auc"].Interval.ShouldBeNull();
        result.Undefined["auc"].ShouldContain("positive");
        result.Undefined["cost"].ShouldContain("costs");
        result.Gates.Single().Verdict.ShouldBe(Verdict.NotMeasured);
        result.Curves.ShouldBeEmpty();
    }

    internal static GateDesign Gate(
        string text, string metric, double bound, BinaryOperator comparison = BinaryOperator.GreaterOrEqual, bool everySlice = false, bool ofAll = false) =>
        new(text, default, JudgedRows.Metric(metric), everySlice, comparison, bound, ofAll);

    private static EvaluationRequest Request() => new()
    {
        Metrics = [.. JudgedRows.EveryMetric.Select(JudgedRows.Metric)],
        Test = Rows,
        Baselines = [TrivialScores.Random(Rows.Count, 1), TrivialScores.Prior(Rows.Count, 0.2)],
        ResampleBy = "card",
        Seed = 1,
        Replicates = 100,
    };
}
