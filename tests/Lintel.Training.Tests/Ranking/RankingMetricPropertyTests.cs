using Lintel.Design.Kinds;
using Lintel.Numerics.Random;
using Lintel.Training.Metrics;
using Lintel.Training.Ranking;

namespace Lintel.Training.Tests.Ranking;

/// <summary>What must hold of every metric of pages, on random ones.</summary>
public sealed class RankingMetricPropertyTests
{
    public static TheoryData<string> EveryMetric => [.. Pages.EveryMetric];

    [Fact]
    public void Every_registered_metric_is_tested_here() =>
        RankingMetricKinds.All.Select(static m => m.Kind.Name).Except(Pages.EveryMetric.Select(n => Pages.Metric(n).Kind)).ShouldBeEmpty();

    [Fact]
    public void Kinds_are_ranking_metrics_with_distinct_names()
    {
        RankingMetricKinds.Kinds.ShouldAllBe(static k => k.Family == KindFamily.RankingMetric && k.Summary.Length > 0);
        RankingMetricKinds.Kinds.Select(static k => k.Name).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(EveryMetric))]
    public void Weighting_by_copies_equals_listing_decisions_so_often(string metric)
    {
        for (ulong seed = 0; seed < 30; seed++)
        {
            var pages = Pages.Random(30, seed);
            var random = new RandomStream(seed, 1);
            double[] weights = [.. Enumerable.Range(0, pages.Count).Select(_ => (double)random.NextInt32(3))];
            int[] listed = [.. Enumerable.Range(0, pages.Count).SelectMany(d => Enumerable.Repeat(d, (int)weights[d]))];
            var got = RankingMetricKinds.Prepare(Pages.Metric(metric), pages).Evaluate(weights);
            got.ShouldBe(Pages.Evaluate(metric, pages.Pick(listed)), 1e-12, $"seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(EveryMetric))]
    public void Figure_does_not_depend_on_the_order_of_decisions(string metric)
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            var pages = Pages.Random(40, seed);
            int[] order = [.. Enumerable.Range(0, pages.Count)];
            new RandomStream(seed, 2).Shuffle<int>(order);
            Pages.Evaluate(metric, pages.Pick(order)).ShouldBe(Pages.Evaluate(metric, pages), 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(EveryMetric))]
    public void No_decisions_are_undefined_with_a_reason(string metric)
    {
        var prepared = RankingMetricKinds.Prepare(Pages.Metric(metric), Pages.Random(3, 0).Pick([]));
        prepared.Evaluate([]).ShouldBe(double.NaN);
        prepared.UndefinedBecause.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [MemberData(nameof(EveryMetric))]
    public void Figures_in_shares_stay_between_0_and_1(string metric)
    {
        if (RankingMetricKinds.Of(Pages.Metric(metric)).Unit != "share") { return; }
        for (ulong seed = 0; seed < 20; seed++) { Pages.Evaluate(metric, Pages.Random(25, seed)).ShouldBeInRange(0, 1); }
    }

    [Fact]
    public void Moving_what_was_right_up_never_lowers_what_was_found()
    {
        string[] found = [.. Pages.EveryMetric.Where(m => RankingMetricKinds.Of(Pages.Metric(m)).View == RankingView.Found)];
        found.Length.ShouldBeGreaterThan(6);
        for (ulong seed = 0; seed < 30; seed++)
        {
            var pages = Pages.Random(12, seed);
            int[][] better = [.. pages.Lists.Select((list, d) =>
            {
                var right = pages.Relevant[d].ToDictionary(static r => r.Item, static r => r.Gain);
                return list.OrderByDescending(i => right.GetValueOrDefault(i)).ToArray();
            })];
            foreach (var metric in found)
            {
                Pages.Evaluate(metric, pages.WithLists(better))
                    .ShouldBeGreaterThanOrEqualTo(Pages.Evaluate(metric, pages) - 1e-12, $"{metric}, seed {seed}");
            }
        }
    }

    [Fact]
    public void Without_tags_or_histories_figures_of_them_are_undefined()
    {
        var bare = new ItemFacts { Popularity = [1, 1], UsersInTrain = [1, 1], TrainUserCount = 1, Available = [true, true] };
        var pages = Pages.Of([[0, 1]], [[(0, 1)]], bare);
        Pages.Evaluate("diversity@2", pages).ShouldBe(double.NaN);
        Pages.Evaluate("calibration@2", pages).ShouldBe(double.NaN);
        RankingMetricKinds.Prepare(Pages.Metric("calibration@2"), Pages.Of([[0]], [[]])).UndefinedBecause
            .ShouldBe("nothing is known of what users had before");
    }

    [Fact]
    public void Tag_field_is_the_first_list()
    {
        var facts = Pages.Facts(4);
        ItemFacts.TagFieldOf(facts.Table!).ShouldBe(0);
    }

    [Fact]
    public void Aims_are_what_a_reader_expects() =>
        RankingMetricKinds.All.Where(static m => m.Aim == MetricAim.Lowest).Select(static m => m.Kind.Name).ShouldBe(["calibration", "gini"]);
}
