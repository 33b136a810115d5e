using Lintel.Design.Expressions;
using Lintel.Numerics.Random;

namespace Lintel.Decisions.Tests.Pages;

public sealed class ExploreTests
{
    private static readonly Film[] Films = [.. Enumerable.Range(0, 12).Select(static i => new Film($"{i}", -i))];

    [Fact]
    public void Each_item_stands_at_each_place_as_often_as_its_propensity_says()
    {
        const int Runs = 40_000, Pool = 5;
        const double Share = 0.4;
        var test = new PageUnderTest(Films, PageUnderTest.Line("explore", ("share", Share), ("pool", Pool)),
            PageUnderTest.Line("take", ("count", 8)));
        var counts = new int[Films.Length, 8];
        var random = new RandomStream(5);
        for (var run = 0; run < Runs; run++)
        {
            var page = test.Run(random.NextUInt64());
            for (var place = 0; place < 8; place++)
            {
                var candidate = page.Order[place];
                counts[candidate, place]++;
                var expected = place >= Pool ? 1 : (Share / Pool) + (candidate == place ? 1 - Share : 0);
                page.Propensities[candidate].ShouldBe(expected, 1e-12);
            }
        }
        for (var candidate = 0; candidate < Pool; candidate++)
        {
            for (var place = 0; place < Pool; place++)
            {
                var p = (Share / Pool) + (candidate == place ? 1 - Share : 0);
                ((double)counts[candidate, place] / Runs).ShouldBe(p, 5 * Math.Sqrt(p * (1 - p) / Runs));
            }
        }
        counts[6, 6].ShouldBe(Runs);
    }

    [Theory]
    [InlineData(0.0), InlineData(1.0)]
    public void Never_and_always_are_shares_too(double share)
    {
        var test = new PageUnderTest(Films, PageUnderTest.Line("explore", ("share", share), ("pool", 100)));
        var orders = Enumerable.Range(1, 50).Select(d => string.Join(' ', test.Titles(RandomStream.Mix((ulong)d))))
            .Distinct().Count();
        orders.ShouldBe(share == 0 ? 1 : 50);
        test.Page.Propensities[0].ShouldBe(share == 0 ? 1 : 1.0 / 12, 1e-12);
    }

    [Fact]
    public void One_candidate_stands_where_it_stands()
    {
        var test = new PageUnderTest(Films[..1], PageUnderTest.Line("explore", ("share", 0.5), ("pool", 50)));
        test.Run().Propensities[0].ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Without_a_line_the_others_run_as_before_and_keep_their_numbers()
    {
        var test = new PageUnderTest(Films, PageUnderTest.Line("drop if",
            ("condition", PageUnderTest.If("movie.year", BinaryOperator.Less, 1))),
            PageUnderTest.Line("explore", ("share", 1.0), ("pool", 12)), PageUnderTest.Line("take", ("count", 4)));
        test.Begin();
        test.Program.WithoutExploration().Run(test.Page);
        test.Page.Order.ToArray().ShouldBe([0, 1, 2, 3]);
        test.Page.RemovedBy[4].ShouldBe(2);
        test.Page.Restart();
        test.Program.Without(2).WithoutExploration().Run(test.Page);
        test.Page.Count.ShouldBe(12);
        test.Program.Without(2).Runs(2).ShouldBeFalse();
        test.Program.StepText(2).ShouldBe("take 4");
    }
}
