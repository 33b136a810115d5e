using Lintel.Training.Evaluation;
using Lintel.Training.Metrics;
using Lintel.Training.Tests.Metrics;

namespace Lintel.Training.Tests.Evaluation;

public sealed class ComparisonTests
{
    private static readonly Judged Champion = JudgedRows.Random(6_000, 21, days: 14, cards: 400, distinctMargins: 1_000);

    [Fact]
    public void The_same_score_is_neither_better_nor_worse()
    {
        var result = Compare(Champion).Single(static r => r.Slice is null);
        result.Gain.ShouldBe(0);
        result.Change.ShouldBe(Change.Undecided);
    }

    [Fact]
    public void A_slice_that_got_worse_is_found_though_the_whole_got_better()
    {
        var margins = (double[])Champion.Margins.Clone();
        for (var i = 0; i < margins.Length; i++)
        {
            margins[i] = i % 4 == 0 ? (i * 7919 % 1000) / 300.0 : margins[i] + (2 * Champion.Labels[i]);
        }
        var results = Compare(Champion.WithScores(margins, null));
        results.Single(static r => r.Slice is null).Change.ShouldBe(Change.Better);
        results.Single(static r => r.Slice == "fourth").Change.ShouldBe(Change.Worse);
        results.Single(static r => r.Slice == "others").Change.ShouldBe(Change.Better);
        results.Single(static r => r.Slice == "few").Change.ShouldBe(Change.NotJudged);
    }

    [Fact]
    public void Paired_intervals_are_narrower_than_the_figures_own()
    {
        var margins = Champion.Margins.Select((m, i) => m + ((i % 10) / 50.0)).ToArray();
        var gain = Compare(Champion.WithScores(margins, null))[0].Interval!.Value;
        var ranked = RankedRows.Rank(Champion, Clusters.Of(Champion, "card"));
        var own = new ClusterBootstrap(ranked.Clusters, 200, 1)
            .Evaluate([new(ranked, [MetricKinds.Prepare(JudgedRows.Metric("auc"), ranked)])], 1)[0][0].Interval!.Value;
        (gain.High - gain.Low).ShouldBeLessThan((own.High - own.Low) / 2);
    }

    [Fact]
    public void Different_decisions_cannot_be_compared() =>
        Should.Throw<ArgumentException>(() => Compare(JudgedRows.Random(6_000, 22, days: 14, cards: 400))).Message.ShouldContain("same decisions");

    [Theory]
    [InlineData(MetricAim.Highest, 0.6, 0.7, 0.1)]
    [InlineData(MetricAim.Lowest, 0.6, 0.7, -0.1)]
    [InlineData(MetricAim.One, 1.2, 1.0, 0.1823215567939546)]
    [InlineData(MetricAim.One, 0.8, 1.25, 0)]
    public void Gain_is_positive_where_the_challenger_is_better(MetricAim aim, double champion, double challenger, double gain) =>
        Comparison.Gain(aim, champion, challenger).ShouldBe(gain, 1e-12);

    // Holm 1979 by hand: .01 ≤ .05/4; .013 ≤ .05/3; .03 > .05/2 stops, so .04 is not rejected though .04 ≤ .05
    [Fact]
    public void Holm_steps_down_and_stops_at_the_first_that_is_kept()
    {
        Holm.Reject([0.04, 0.01, 0.03, 0.013]).ShouldBe([false, true, false, true]);
        Holm.Reject([0.05]).ShouldBe([true]);
        Holm.Reject([]).ShouldBeEmpty();
    }

    private static IReadOnlyList<ComparisonResult> Compare(Judged challenger)
    {
        bool[] Where(Func<int, bool> condition) => [.. Enumerable.Range(0, Champion.Count).Select(condition)];
        return Comparison.Compare(
            Champion, challenger, [JudgedRows.Metric("auc")],
            [new("fourth", Where(static i => i % 4 == 0)), new("others", Where(static i => i % 4 != 0)), new("few", Where(static i => i < 100))],
            "card", seed: 1, replicates: 200);
    }
}
