using Lintel.Design;
using Lintel.Numerics.Random;

namespace Lintel.Decisions.Tests.Pages;

public sealed class ThompsonTests
{
    private static PolicyRule.Step Thompson(double share) =>
        PageUnderTest.Line("explore thompson", ("share", share), ("model", PageUnderTest.Model));

    private static readonly PolicyRule.Step RankByYear = PageUnderTest.Line("rank by", ("value", PageUnderTest.Value("movie.year")));

    private static Film[] Two(double margin, double variance) =>
        [new("sure", 0) { Variance = 0, Year = 0.5 }, new("unsure", margin) { Variance = variance, Year = 0.5 }];

    [Theory]
    [InlineData(0.0, 1.0), InlineData(-1.0, 1.0), InlineData(-1.0, 4.0), InlineData(1.0, 0.25)]
    public void It_stands_first_as_often_as_its_margin_is_drawn_above(double margin, double variance)
    {
        const int Requests = 20_000;
        var test = new PageUnderTest(Two(margin, variance), Thompson(1));
        var random = new RandomStream(21);
        var first = Enumerable.Range(0, Requests).Count(_ => test.Run(random.NextUInt64()).Order[0] == 1) / (double)Requests;
        var expected = Normal(margin / Math.Sqrt(variance));
        first.ShouldBe(expected, 5 * Math.Sqrt(expected * (1 - expected) / Requests));
    }

    [Fact]
    public void A_formula_moves_with_the_drawn_probability()
    {
        var test = new PageUnderTest(Two(margin: 0, variance: 1), RankByYear, Thompson(1));
        var random = new RandomStream(22);
        for (var request = 0; request < 100; request++)
        {
            var page = test.Run(random.NextUInt64());
            // both began at 0.5, which is also σ(0): what is left is the drawn probability itself
            page.Scores[0].ShouldBe(0.5);
            page.Scores[1].ShouldBeInRange(0, 1);
            (page.Order[0] == 1).ShouldBe(page.Scores[1] > 0.5);
        }
    }

    [Theory]
    [InlineData(0.0, 0), InlineData(0.3, 3_000), InlineData(1.0, 10_000)]
    public void A_share_of_the_requests_is_drawn(double share, int expected)
    {
        var test = new PageUnderTest(Two(-0.1, 1), Thompson(share));
        var random = new RandomStream(23);
        var drawn = Enumerable.Range(0, 10_000).Count(_ => test.Run(random.NextUInt64()).Scores[1] != -0.1);
        Math.Abs(drawn - expected).ShouldBeLessThanOrEqualTo(share is 0 or 1 ? 0 : 250);
    }

    [Theory]
    [InlineData(0.0, 1.0, true), InlineData(0.5, 0.0, true), InlineData(0.5, double.NaN, true), InlineData(0.5, -1.0, true), InlineData(0.5, 1.0, false)]
    public void Propensities_are_known_only_where_a_draw_changes_nothing(double share, double variance, bool known)
    {
        var test = new PageUnderTest(Two(1, variance), Thompson(share));
        for (var draw = 1UL; draw < 20; draw++)
        {
            test.Run(draw).Propensities.ToArray().ShouldBe(known ? [1, 1] : [double.NaN, double.NaN]);
            test.Page.Infeasible.ShouldBe(variance > 0 ? 0UL : 1UL);
        }
    }

    [Theory]
    [InlineData(double.NegativeInfinity), InlineData(double.PositiveInfinity), InlineData(double.NaN), InlineData(800.0), InlineData(-800.0)]
    public void Margins_beyond_measure_lose_nobody(double margin)
    {
        foreach (PolicyRule.Step[] policy in new[] { [Thompson(1)], new[] { RankByYear, Thompson(1) } })
        {
            var page = new PageUnderTest(Two(margin, 1), policy).Run();
            page.Order.ToArray().Order().ShouldBe([0, 1]);
        }
    }

    [Fact]
    public void Without_exploration_nothing_is_drawn()
    {
        var test = new PageUnderTest(Two(-1, 100), Thompson(1));
        test.Program.SampledModel.ShouldBe(PageUnderTest.Model);
        test.Program.WithoutExploration().SampledModel.ShouldBeNull();
        test.Begin();
        test.Program.WithoutExploration().Run(test.Page);
        test.Page.Order.ToArray().ShouldBe([0, 1]);
        test.Page.Propensities.ToArray().ShouldBe([1, 1]);
    }

    // standard normal distribution by Simpson's rule
    private static double Normal(double z)
    {
        const int Steps = 2_000;
        double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        var (low, h) = (-10.0, (z + 10) / Steps);
        return Enumerable.Range(0, Steps).Sum(i =>
            h / 6 * (Density(low + (i * h)) + (4 * Density(low + ((i + 0.5) * h))) + Density(low + ((i + 1) * h))));
    }
}
