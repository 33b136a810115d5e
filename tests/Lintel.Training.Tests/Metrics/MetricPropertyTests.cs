using Lintel.Design.Kinds;
using Lintel.Numerics.Random;
using Lintel.Training.Metrics;

namespace Lintel.Training.Tests.Metrics;

/// <summary>What must hold of every metric, on random rows.</summary>
public sealed class MetricPropertyTests
{
    public static TheoryData<string> EveryMetric => [.. JudgedRows.EveryMetric];

    [Fact]
    public void Every_registered_metric_is_tested_here() =>
        MetricKinds.All.Where(static m => m.Kind.For.HasFlag(DecisionUse.Classification)).Select(static m => m.Kind.Name).Except(JudgedRows.EveryMetric.Select(n => JudgedRows.Metric(n).Kind)).ShouldBeEmpty();

    [Fact]
    public void Kinds_are_metrics_with_distinct_names()
    {
        MetricKinds.Kinds.ShouldAllBe(static k => k.Family == KindFamily.Metric && k.Summary.Length > 0);
        MetricKinds.Kinds.Select(static k => k.Name).ShouldBeUnique();
    }

    [Fact]
    public void Auc_of_reversed_scores_is_one_minus_auc()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            var rows = JudgedRows.Random(60, seed);
            var reversed = rows.WithScores([.. rows.Margins.Select(static m => -m)], null);
            var auc = JudgedRows.Evaluate("auc", rows);
            if (double.IsNaN(auc)) { continue; }
            JudgedRows.Evaluate("auc", reversed).ShouldBe(1 - auc, 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(EveryMetric))]
    public void Weighting_by_copies_equals_listing_rows_so_often(string metric)
    {
        for (ulong seed = 0; seed < 40; seed++)
        {
            var rows = JudgedRows.Random(80, seed, days: 4, cards: 9);
            var ranked = RankedRows.Rank(rows, Clusters.Of(rows, "card"));
            var random = new RandomStream(seed, 1);
            var weights = ranked.NaturalWeights();
            for (var k = 0; k < weights.Keys.Length; k++) { weights.Keys[k] = random.NextInt32(4); }
            // a day that stands twice cannot be listed twice for the card metric, whose days follow each other
            for (var d = 0; d < weights.Days.Length; d++) { weights.Days[d] = metric.StartsWith("card", StringComparison.Ordinal) ? 1 : random.NextInt32(3); }
            weights.Spread();
            var listed = Listed(rows, ranked.Clusters, weights);
            var expected = listed.Count == 0 ? double.NaN : JudgedRows.Evaluate(metric, listed);
            var got = MetricKinds.Prepare(JudgedRows.Metric(metric), ranked).Evaluate(weights);
            if (double.IsNaN(expected)) { got.ShouldBe(double.NaN, $"seed {seed}"); }
            else { got.ShouldBe(expected, 1e-9, $"seed {seed}"); }
        }
    }

    [Theory]
    [MemberData(nameof(EveryMetric))]
    public void Figure_does_not_depend_on_row_order(string metric)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var rows = JudgedRows.Random(80, seed);
            int[] order = [.. Enumerable.Range(0, rows.Count)];
            new RandomStream(seed, 2).Shuffle<int>(order);
            var before = JudgedRows.Evaluate(metric, rows);
            JudgedRows.Evaluate(metric, Pick(rows, order)).ShouldBe(before, 1e-10);
        }
    }

    [Theory]
    [MemberData(nameof(EveryMetric))]
    public void No_rows_is_undefined_with_a_reason(string metric)
    {
        var rows = Pick(JudgedRows.Random(5, 0), []);
        var ranked = RankedRows.Rank(rows, Clusters.Of(rows, "card"));
        var prepared = MetricKinds.Prepare(JudgedRows.Metric(metric), ranked);
        prepared.Evaluate(ranked.NaturalWeights()).ShouldBe(double.NaN);
        prepared.UndefinedBecause.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData("auc")]
    [InlineData("average-precision")]
    [InlineData("normalised-entropy")]
    [InlineData("calibration")]
    [InlineData("recall@10%")]
    [InlineData("recall@5")]
    public void Without_a_positive_it_is_undefined(string metric) =>
        JudgedRows.Evaluate(metric, JudgedRows.Of([1, 2, 3], [0, 0, 0])).ShouldBe(double.NaN);

    [Theory]
    [InlineData("log-loss")]
    [InlineData("normalised-entropy")]
    [InlineData("brier")]
    [InlineData("calibration")]
    [InlineData("calibration-error")]
    public void Without_probabilities_it_is_undefined(string metric)
    {
        var rows = JudgedRows.Random(30, 1);
        JudgedRows.Evaluate(metric, rows.WithScores(rows.Margins, null)).ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData("log-loss")]
    [InlineData("normalised-entropy")]
    [InlineData("brier")]
    [InlineData("calibration")]
    [InlineData("calibration-error")]
    public void Probabilities_of_exactly_nothing_and_all_have_a_figure(string metric)
    {
        // two that came true and two that did not, each said to be certain: right, and wrong
        var sure = JudgedRows.Of([800, 800, -800, -800], [1, 1, 0, 0]);
        sure.Probabilities.ShouldBe([1, 1, 0, 0]);
        JudgedRows.Evaluate(metric, sure).ShouldBe(metric == "calibration" ? 1 : 0, 1e-12);
        var half = JudgedRows.Evaluate(metric, JudgedRows.Of([800, -800, -800, 800], [1, 1, 0, 0]));
        double.IsFinite(half).ShouldBeTrue();
        var infinite = double.PositiveInfinity;
        JudgedRows.Evaluate(metric, JudgedRows.Of([infinite, -infinite, -infinite, infinite], [1, 1, 0, 0])).ShouldBe(half);
    }

    [Fact]
    public void Missing_margins_rank_last_and_tie()
    {
        JudgedRows.Evaluate("auc", JudgedRows.Of([double.NaN, 1, double.NaN, -1], [1, 1, 0, 0])).ShouldBe((2 + 0.5) / 4, 1e-12);
    }

    [Theory]
    [InlineData("recall", "needs a cut-off, e.g. recall@1%")]
    [InlineData("auc@5", "takes no cut-off")]
    [InlineData("card-precision@5%", "is a count, not a share")]
    [InlineData("value-recall@5", "is a share, not a count")]
    [InlineData("recall@200%", "at most at 100%")]
    [InlineData("precision@2.5", "whole number")]
    public void Wrong_cut_offs_are_told(string metric, string message) =>
        MetricKinds.Fault(JudgedRows.Metric(metric)).ShouldNotBeNull().ShouldContain(message);

    [Fact]
    public void Unknown_key_and_label_are_told()
    {
        var rows = JudgedRows.Random(20, 1);
        var ranked = RankedRows.Rank(rows, Clusters.Of(rows, null));
        MetricKinds.Prepare(JudgedRows.Metric("card-precision@5") with { Key = "terminal" }, ranked)
            .UndefinedBecause.ShouldBe("the decisions have no key 'terminal'; they have: card");
        Should.Throw<ArgumentException>(() => JudgedRows.Evaluate("auc", JudgedRows.Of([1, 2], [1, float.NaN])))
            .Message.ShouldContain("label of row 1 is NaN, expected 0 or 1");
        Should.Throw<ArgumentException>(() => MetricKinds.Of(JudgedRows.Metric("auk"))).Message.ShouldContain("no metric is called 'auk'");
    }

    private static Judged Listed(Judged rows, Clusters clusters, RowWeights weights)
    {
        var picked = new List<int>();
        var days = new List<int>();
        var cards = new List<int>();
        for (var i = 0; i < rows.Count; i++)
        {
            for (var k = 0; k < weights.Keys[clusters.KeyOf[i]]; k++)
            {
                for (var d = 0; d < weights.Days[clusters.DayOf[i]]; d++)
                {
                    picked.Add(i);
                    days.Add(rows.Days[i] + (1000 * d));
                    cards.Add((rows.Keys["card"][i] * 100) + k);
                }
            }
        }
        return Pick(rows, [.. picked], [.. days], [.. cards]);
    }

    private static Judged Pick(Judged rows, int[] order, int[]? days = null, int[]? cards = null) => new()
    {
        Margins = [.. order.Select(i => rows.Margins[i])],
        Probabilities = [.. order.Select(i => rows.Probabilities![i])],
        Labels = [.. order.Select(i => rows.Labels[i])],
        Days = days ?? [.. order.Select(i => rows.Days[i])],
        Keys = new Dictionary<string, int[]> { ["card"] = cards ?? [.. order.Select(i => rows.Keys["card"][i])] },
        Groups = [.. order.Select(i => rows.Groups![i])],
        Consequences = new()
        {
            Roles = [.. order.Select(i => rows.Consequences!.Roles[i])],
            Missed = [.. order.Select(i => rows.Consequences!.Missed![i])],
            Blocked = [.. order.Select(i => rows.Consequences!.Blocked![i])],
            Review = [.. order.Select(i => rows.Consequences!.Review![i])],
        },
    };
}
