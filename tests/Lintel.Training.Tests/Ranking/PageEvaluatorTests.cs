using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Pipeline.Versions;
using Lintel.Training.Ranking;

namespace Lintel.Training.Tests.Ranking;

public sealed class PageEvaluatorTests
{
    private static readonly JudgedPages Test = Pages.Random(1_500, 5, skill: 0.7, users: 300, days: 14);
    private static readonly int[][] Unskilled = Pages.Random(1_500, 6, skill: 0).Lists;

    [Fact]
    public void Every_metric_stands_beside_its_competitors_with_an_interval_around_it()
    {
        var result = PageEvaluator.Evaluate(Request());
        result.Decisions.ShouldBe(1_500);
        result.WithRelevant.ShouldBe(Test.WithRelevantCount);
        result.Undefined.ShouldBeEmpty();
        foreach (var name in Pages.EveryMetric)
        {
            var metric = result.Metrics[name];
            metric.Test!.Value.ShouldBe(Pages.Evaluate(name, Test), 1e-12, name);
            metric.Baselines.Keys.ShouldBe(["random", "same"]);
            metric.Baselines["random"]!.Value.ShouldBe(Pages.Evaluate(name, Test.WithLists(Unskilled)), 1e-12, name);
            if (name == "coverage@10") { continue; }                  // everything is shown in every replicate
            metric.Interval.ShouldNotBeNull(name);
            metric.Interval![0]!.Value.ShouldBeLessThan(metric.Interval[1]!.Value, name);
        }
        result.Metrics["gini@10"].HigherIsBetter.ShouldBeFalse();
    }

    [Fact]
    public void Gains_are_paired_and_positive_is_better()
    {
        var gains = PageEvaluator.Evaluate(Request()).Gains.ToDictionary(static g => (g.Metric, g.Beside));
        var ndcg = gains[("ndcg@10", "random")];
        ndcg.Gain!.Value.ShouldBeGreaterThan(0.2);
        ndcg.GainInterval![0]!.Value.ShouldBeGreaterThan(0);
        ndcg.Gain.Value.ShouldBeInRange(ndcg.GainInterval[0]!.Value, ndcg.GainInterval[1]!.Value);
        foreach (var name in Pages.EveryMetric)
        {
            // the same lists differ by nothing in every replicate
            gains[(name, "same")].GainInterval!.ShouldAllBe(static bound => bound == 0, name);
        }
        var gini = gains[("gini@10", "random")];
        gini.Gain!.Value.ShouldBe(gini.Value!.Value - Pages.Evaluate("gini@10", Test), 1e-12);
    }

    [Fact]
    public void Same_seed_gives_the_same_bits_on_one_thread_and_on_two()
    {
        var one = PageEvaluator.Evaluate(Request());
        var two = PageEvaluator.Evaluate(Request() with { Threads = 2 });
        foreach (var name in Pages.EveryMetric) { two.Metrics[name].Interval.ShouldBe(one.Metrics[name].Interval, name); }
    }

    [Fact]
    public void Slices_of_decisions_and_of_the_catalogue_are_judged_on_their_own()
    {
        var few = new bool[Test.Count];
        for (var d = 0; d < 60; d++) { few[d] = true; }
        var popular = new bool[60];
        for (var i = 0; i < 30; i++) { popular[i] = true; }
        var result = PageEvaluator.Evaluate(Request() with
        {
            Slices = [new("few", few)],
            ItemSlices = [new("popular", Kept(popular))],
            Gates = [Gate("slice ndcg@10 >= 0.1", "ndcg@10", 0.1, everySlice: true), Gate("slice gini@10 <= 1", "gini@10", 0, everySlice: true)],
        });
        var (first, second) = (result.Slices[0], result.Slices[1]);
        (first.Slice, first.Rows, first.Judged).ShouldBe(("few", 60, false));
        first.Metrics["ndcg@10"].Test!.Value.ShouldBe(Pages.Evaluate("ndcg@10", Test.Pick([.. Enumerable.Range(0, 60)])), 1e-12);
        first.Metrics["ndcg@10"].Interval.ShouldBeNull();
        first.Metrics.ShouldContainKey("novelty@10");
        first.Metrics.ShouldNotContainKey("coverage@10");
        second.Judged.ShouldBeTrue();
        second.Positives.ShouldBe(Test.Keeping(Kept(popular)).WithRelevantCount);
        second.Metrics["recall@10"].Test!.Value.ShouldBe(Pages.Evaluate("recall@10", Test.Keeping(Kept(popular))), 1e-12);
        second.Metrics["recall@10"].Interval.ShouldNotBeNull();
        second.Metrics.ShouldNotContainKey("novelty@10");
        result.Gates.Select(static g => (g.Slice, g.Verdict))
            .ShouldBe([("few", Verdict.NotMeasured), ("popular", Verdict.Holds), (null, Verdict.NotMeasured)]);
    }

    [Theory]
    [InlineData(0.05, Verdict.Holds)]
    [InlineData(0.99, Verdict.Broken)]
    public void A_gate_is_told_by_its_interval(double bound, Verdict verdict)
    {
        var result = PageEvaluator.Evaluate(Request() with { Metrics = [], Gates = [Gate($"ndcg@10 >= {bound}", "ndcg@10", bound)] });
        result.Gates.Single().Verdict.ShouldBe(verdict);
        result.Metrics.Keys.ShouldBe(["ndcg@10"]);
    }

    [Fact]
    public void A_bound_at_the_figure_is_undecided()
    {
        var bound = Pages.Evaluate("ndcg@10", Test);
        var result = PageEvaluator.Evaluate(Request() with { Gates = [Gate("ndcg@10 >= itself", "ndcg@10", bound)] });
        result.Gates.Single().Verdict.ShouldBe(Verdict.Undecided);
    }

    [Fact]
    public void Validation_stands_beside_and_undefined_figures_say_why()
    {
        var validate = Test.Pick([.. Enumerable.Range(0, 200)]);
        JudgedPages bare = new()
        {
            Lists = Test.Lists,
            Relevant = Test.Relevant,
            Days = Test.Days,
            Items = new()
            {
                Popularity = Test.Items.Popularity,
                UsersInTrain = Test.Items.UsersInTrain,
                TrainUserCount = 0,
                Available = Test.Items.Available,
            },
        };
        var result = PageEvaluator.Evaluate(Request() with { Test = bare, Validate = validate, ResampleBy = null });
        result.Metrics["mrr"].Validate!.Value.ShouldBe(Pages.Evaluate("mrr", validate), 1e-12);
        result.Undefined.Keys.ShouldBe(["calibration@10", "diversity@10", "novelty@10"]);
        result.Undefined["novelty@10"].ShouldBe("train has no users");
        result.Metrics["diversity@10"].Test.ShouldBeNull();
    }

    [Fact]
    public void A_competitor_s_list_with_an_item_twice_is_refused() =>
        Should.Throw<ArgumentException>(() => PageEvaluator.Evaluate(
            Request() with { Contenders = [new("twice", [.. Test.Lists.Select(static _ => (int[])[1, 1])])] }))
            .Message.ShouldContain("twice");

    private static PageEvaluationRequest Request() => new()
    {
        Metrics = [.. Pages.EveryMetric.Select(Pages.Metric)],
        Test = Test,
        Contenders = [new("random", Unskilled), new("same", Test.Lists)],
        ResampleBy = "user",
        Seed = 1,
        Replicates = 100,
    };

    private static GateDesign Gate(string text, string metric, double bound, bool everySlice = false) =>
        new(text, default, Pages.Metric(metric), everySlice, BinaryOperator.GreaterOrEqual, bound, false);

    private static bool[][] Kept(bool[] items) => [.. Test.Relevant.Select(r => r.Select(one => items[one.Item]).ToArray())];
}
