using Lintel.Training.Ranking;

namespace Lintel.Training.Tests.Ranking;

public sealed class RankingMetricTests
{
    /// <summary>Right are 0 (gain 3), 7 (2), 4 and 2 (1): at places 4, 3, 8 and 6.</summary>
    private static readonly JudgedPages Graded = Pages.One([3, 1, 7, 0, 5, 2, 9, 4, 8, 6], (0, 3), (4, 1), (7, 2), (2, 1));

    [Theory]
    // scikit-learn 1.2.1: ndcg_score([2**g - 1], [scores], k=…), average_precision_score(g > 0, scores)
    [InlineData("ndcg@3", 0.15969697161989957)]
    [InlineData("ndcg@5", 0.45958686982746355)]
    [InlineData("ndcg@10", 0.5279611153619828)]
    [InlineData("map@10", 0.4583333333333333)]
    public void Figures_equal_scikit_learn(string metric, double expected) =>
        Pages.Evaluate(metric, Graded).ShouldBe(expected, 1e-12);

    [Theory]
    [InlineData("recall@4", 0.5)]
    [InlineData("precision@4", 0.5)]
    [InlineData("precision@20", 0.2)]                       // ten places are empty
    [InlineData("hit-rate@2", 0)]
    [InlineData("hit-rate@3", 1)]
    [InlineData("mrr", 1 / 3.0)]
    [InlineData("mrr@2", 0)]
    [InlineData("map@4", (1 / 3.0 + 2 / 4.0) / 4)]
    [InlineData("ndcg@2", 0)]
    public void Figures_by_hand(string metric, double expected) => Pages.Evaluate(metric, Graded).ShouldBe(expected, 1e-12);

    [Fact]
    public void What_was_never_retrieved_lowers_ndcg_and_recall()
    {
        var found = Pages.One([1, 2], (1, 1));
        var missed = Pages.One([1, 2], (1, 1), (50, 1));
        Pages.Evaluate("ndcg@10", found).ShouldBe(1);
        Pages.Evaluate("ndcg@10", missed).ShouldBe(1 / (1 + (1 / Math.Log2(3))), 1e-12);
        Pages.Evaluate("recall@10", missed).ShouldBe(0.5);
    }

    [Fact]
    public void Means_leave_out_decisions_at_which_nothing_was_right_and_count_empty_lists_as_nothing_found()
    {
        var pages = Pages.Of([[1, 2], [3], []], [[(1, 1)], [], [(2, 1)]]);
        pages.WithRelevantCount.ShouldBe(2);
        foreach (var metric in (string[])["ndcg@5", "recall@5", "hit-rate@5", "map@5", "mrr"])
        {
            Pages.Evaluate(metric, pages).ShouldBe(0.5, metric);
        }
    }

    [Fact]
    public void Novelty_is_the_mean_of_the_bits()
    {
        // 50 users: item 0 was had by all, item 25 by half, item 75 by none (as by one)
        Pages.Evaluate("novelty@3", Pages.One([0, 25, 75], (1, 1))).ShouldBe((0 + 1 + Math.Log2(50)) / 3, 1e-12);
        Pages.Evaluate("novelty@1", Pages.One([0, 25, 75], (1, 1))).ShouldBe(0);
    }

    [Fact]
    public void Diversity_is_one_less_the_mean_likeness()
    {
        // genres: 3 = {0, 1}, 1 = {0}, 2 = {1}; likeness 1/2, 1/2, 0
        Pages.Evaluate("diversity@3", Pages.One([3, 1, 2], (1, 1))).ShouldBe(1 - (1 / 3.0), 1e-12);
        Pages.Evaluate("diversity@2", Pages.One([0, 32], (1, 1))).ShouldBe(1);               // both without genres
        Pages.Evaluate("diversity@3", Pages.One([3], (1, 1))).ShouldBe(double.NaN);
    }

    [Fact]
    public void Calibration_is_steck_s_divergence()
    {
        // history 3 and 1: genre 0 has ¾, genre 1 has ¼; list 1: all genre 0
        var pages = Pages.Of([[1], [3, 1]], [[], []], histories: [[3, 1], [3, 1]]);
        var first = (0.75 * Math.Log(0.75 / (0.99 + 0.0075))) + (0.25 * Math.Log(0.25 / 0.0025));
        Pages.Evaluate("calibration@5", pages).ShouldBe((first + 0) / 2, 1e-12);
        Pages.Evaluate("calibration@5", Pages.Of([[1]], [[]], histories: [[]])).ShouldBe(double.NaN);
    }

    [Fact]
    public void Coverage_and_gini_look_at_all_lists_and_at_available_items_only()
    {
        var items = Pages.Facts(5);
        items.Available[4] = false;
        var pages = Pages.Of([[0, 1], [0, 4], [0]], [[], [], []], items);
        Pages.Evaluate("coverage@2", pages).ShouldBe(2 / 4.0);
        Pages.Evaluate("coverage@1", pages).ShouldBe(1 / 4.0);
        // exposures 0 0 1 3 of n = 4: (−3·0 − 1·0 + 1·1 + 3·3) / (4 · 4)
        Pages.Evaluate("gini@2", pages).ShouldBe(10 / 16.0, 1e-12);
        Pages.Evaluate("gini@1", pages).ShouldBe(1 - (1 / 4.0), 1e-12);
        Pages.Evaluate("gini@2", Pages.Of([[0, 1], [2, 3]], [[], []], items)).ShouldBe(0, 1e-12);
    }

    [Fact]
    public void Serendipity_counts_what_popularity_would_not_have_shown()
    {
        // item 0 is among the two most popular, item 9 is not
        Pages.Evaluate("serendipity@2", Pages.One([0, 9], (0, 1), (9, 1))).ShouldBe(0.5);
        Pages.Evaluate("serendipity@2", Pages.One([0, 1], (0, 1), (1, 1))).ShouldBe(0);
    }

    [Theory]
    [InlineData("ndcg", "needs a cut-off, e.g. ndcg@10")]
    [InlineData("recall@5%", "is a count, not a share")]
    [InlineData("ndcg@0", "whole number from 1")]
    [InlineData("gini@2.5", "whole number from 1")]
    public void Wrong_cut_offs_are_told(string metric, string message) =>
        RankingMetricKinds.Fault(Pages.Metric(metric)).ShouldNotBeNull().ShouldContain(message);

    [Fact]
    public void Faults_in_the_pages_are_told()
    {
        Should.Throw<ArgumentException>(() => Pages.One([1, 2, 1]).Check()).Message.ShouldBe("list of decision 0 holds item code 1 twice");
        Should.Throw<ArgumentException>(() => Pages.One([100]).Check()).Message.ShouldContain("expected 0 to 99");
        Should.Throw<ArgumentException>(() => Pages.One([1], (1, 0)).Check()).Message.ShouldContain("expected one above 0");
        Should.Throw<ArgumentException>(() => Pages.Of([[1]], [[], []]).Check()).Message.ShouldContain("Relevant has 2 decisions, Lists has 1");
        Should.Throw<ArgumentException>(() => RankingMetricKinds.Of(Pages.Metric("ndgc@10"))).Message.ShouldContain("called 'ndgc'");
    }
}
