using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Numerics.Random;

namespace Lintel.Decisions.Tests.Pages;

/// <summary>Prices and paces: a film's year stands for its bid, its affinity for the probability of a click.</summary>
public sealed class MoneyStepTests
{
    private const double Reserve = 0.05;

    private static PolicyRule.Step RankByWorth => PageUnderTest.Line("rank by", ("value", new Expression.Binary(
        default, DataType.Number, BinaryOperator.Multiply, PageUnderTest.Value("movie.year"), PageUnderTest.Value("movie.affinity"))));

    private static PolicyRule.Step Price => PageUnderTest.Line(
        "price second", ("bid", PageUnderTest.Value("movie.year")), ("quality", PageUnderTest.Value("movie.affinity")), ("reserve", Reserve));

    private static Film Ad(string name, double bid, double pctr) => new(name, 0) { Year = bid, Affinity = pctr };

    private static PolicyRule.Step Take(int count) => PageUnderTest.Line("take", ("count", count));

    [Fact]
    public void Each_pays_what_would_keep_its_place()
    {
        var test = new PageUnderTest([Ad("a", 2, 0.1), Ad("b", 1, 0.15), Ad("c", 4, 0.01), Ad("d", 1, 0.001)], RankByWorth, Price, Take(3));
        test.Titles().ShouldBe(["a", "b", "c"]);
        var prices = test.Page.Prices;
        prices[0].ShouldBe(0.15 / 0.1, 1e-12);
        prices[1].ShouldBe(0.04 / 0.15, 1e-12);
        // the one that 'take' cut off still stood below
        prices[2].ShouldBe(0.001 / 0.01, 1e-12);
    }

    [Fact]
    public void The_last_pays_the_reserve()
    {
        var test = new PageUnderTest([Ad("a", 2, 0.1), Ad("b", 1, 0.0001)], RankByWorth, Price);
        test.Run().Prices.ToArray().ShouldBe([Reserve, Reserve]);
    }

    [Fact]
    public void Without_a_reserve_the_last_pays_nothing()
    {
        var test = new PageUnderTest([Ad("a", 2, 0.1)], PageUnderTest.Line(
            "price second", ("bid", PageUnderTest.Value("movie.year")), ("quality", PageUnderTest.Value("movie.affinity"))));
        test.Run().Prices[0].ShouldBe(0);
    }

    [Theory]
    [InlineData(0.0), InlineData(-1.0), InlineData(double.NaN), InlineData(0.049)]
    public void Bids_that_are_none_or_below_the_reserve_are_removed(double bid)
    {
        var test = new PageUnderTest([Ad("a", 2, 0.1), Ad("b", bid, 0.9), Ad("c", 1, 0.1)], RankByWorth, Price);
        test.Titles().ShouldBe(["a", "c"]);
        (test.Page.RemovedBy[1], test.Page.Prices[1]).ShouldBe((1, double.NaN));
        test.Page.Prices[0].ShouldBe(1, 1e-12);
    }

    [Theory]
    [InlineData(0.0, 1.0), InlineData(double.NaN, 1.0), InlineData(1.0, 0.1)]
    public void Qualities_of_nothing_and_of_everything_stay_between_reserve_and_bid(double pctr, double price)
    {
        // scores put b first, whatever it is worth
        Film[] films = [Ad("b", 1, pctr) with { Score = 2 }, Ad("a", 1, 0.1) with { Score = 1 }];
        var test = new PageUnderTest(films, Price);
        test.Titles().ShouldBe(["b", "a"]);
        test.Page.Prices[0].ShouldBe(price, 1e-12);
        test.Page.Prices[1].ShouldBe(Reserve);
    }

    [Fact]
    public void Prices_lie_between_the_reserve_and_the_bid_in_any_order()
    {
        var random = new RandomStream(3);
        for (var round = 0; round < 200; round++)
        {
            Film[] films = [.. Enumerable.Range(0, 12).Select(i =>
                Ad($"{i}", random.NextDouble() * 2, random.NextDouble()) with { Score = random.NextNormal() })];
            var page = new PageUnderTest(films, Price, Take(8)).Run();
            foreach (var c in page.Order) { page.Prices[c].ShouldBeInRange(Reserve, films[page.Items[c]].Year); }
        }
    }

    [Fact]
    public void In_order_of_worth_a_bid_at_the_price_keeps_the_place_and_one_below_loses_it()
    {
        Film[] films = [Ad("a", 2, 0.1), Ad("b", 1, 0.15), Ad("c", 4, 0.01)];
        var price = new PageUnderTest(films, RankByWorth, Price).Run().Prices[0];
        new PageUnderTest([films[0] with { Year = price * 1.000001 }, .. films[1..]], RankByWorth, Price).Titles()[0].ShouldBe("a");
        new PageUnderTest([films[0] with { Year = price * 0.999999 }, .. films[1..]], RankByWorth, Price).Titles()[0].ShouldBe("b");
    }

    [Fact]
    public void Behind_a_draw_it_keeps_propensities_unless_it_removes()
    {
        var explore = PageUnderTest.Line("explore", ("share", 0.5), ("pool", 5));
        var whole = new PageUnderTest([Ad("a", 2, 0.1), Ad("b", 1, 0.1)], explore, Price).Run();
        whole.Propensities.ToArray().ShouldAllBe(static p => p > 0);
        var cut = new PageUnderTest([Ad("a", 2, 0.1), Ad("b", 1, 0.1), Ad("c", 0, 0.1)], explore, Price).Run();
        cut.Propensities.ToArray().ShouldAllBe(static p => double.IsNaN(p));
    }

    // spent stands in the affinity, the budget in the year
    private static PolicyRule.Step Pace(double share = 0.5) => PageUnderTest.Line(
        "pace", ("spent", PageUnderTest.Value("movie.affinity")), ("budget", PageUnderTest.Value("movie.year")), ("share", share));

    [Theory]
    [InlineData(0.0, 10.0, 1.0), InlineData(5.0, 10.0, 1.0), InlineData(7.5, 10.0, 0.5), InlineData(9.0, 10.0, 0.2)]
    [InlineData(10.0, 10.0, 0.0), InlineData(11.0, 10.0, 0.0)]
    [InlineData(0.0, 0.0, 0.0), InlineData(1.0, 0.0, 0.0), InlineData(0.0, -1.0, 0.0)]
    [InlineData(5.0, double.NaN, 1.0), InlineData(double.NaN, 10.0, 1.0), InlineData(-3.0, 10.0, 1.0)]
    public void It_takes_part_in_a_share_of_the_requests(double spent, double budget, double share)
    {
        const int Requests = 4_000;
        var test = new PageUnderTest([Ad("a", budget, spent)], Pace());
        var random = new RandomStream(11);
        var taken = Enumerable.Range(0, Requests).Count(_ => test.Run(random.NextUInt64()).Count == 1) / (double)Requests;
        if (share is 0 or 1) { taken.ShouldBe(share); }
        else { taken.ShouldBe(share, 5 * Math.Sqrt(share * (1 - share) / Requests)); }
    }

    [Theory]
    [InlineData(0.0, 5.0, 0.5), InlineData(1.0, 9.99, 1.0), InlineData(1.0, 10.0, 0.0), InlineData(0.0, 0.0, 1.0)]
    public void From_nothing_and_from_everything_are_shares_too(double from, double spent, double share)
    {
        const int Requests = 4_000;
        var test = new PageUnderTest([Ad("a", 10, spent)], Pace(from));
        var random = new RandomStream(12);
        var taken = Enumerable.Range(0, Requests).Count(_ => test.Run(random.NextUInt64()).Count == 1) / (double)Requests;
        taken.ShouldBe(share, 0.04);
    }

    [Fact]
    public void A_budget_that_is_spent_leaves_its_place_and_its_price_to_the_next()
    {
        // every second ad's budget is spent: between its neighbours nobody stands any more
        Film[] films = [.. Enumerable.Range(0, 6).Select(static i => Ad($"{i}", 10, i % 2 == 0 ? 0 : 10) with { Score = -i })];
        var test = new PageUnderTest(films, Pace());
        test.Titles().ShouldBe(["0", "2", "4"]);
        foreach (var spent in new[] { 1, 3, 5 }) { test.Page.RemovedBy[spent].ShouldBe(0); }
    }

    [Fact]
    public void Who_takes_part_depends_on_the_request_and_the_item_alone()
    {
        Film[] films = [.. Enumerable.Range(0, 40).Select(static i => Ad($"{i}", 10, 7.5) with { Score = -i })];
        var (all, reversed) = (new PageUnderTest(films, Pace()), new PageUnderTest([.. films.Select(static f => f with { Score = -f.Score })], Pace()));
        all.Titles(5).Order().ShouldBe(reversed.Titles(5).Order());
        all.Titles(5).ShouldNotBe(all.Titles(6));
        all.Titles(5).ShouldBe(all.Titles(5));
    }

    [Fact]
    public void A_budget_lasts_at_any_speed()
    {
        // a rolling day of 1,000 requests; each time it takes part it spends speed / 1,000 of the budget
        foreach (var speed in new[] { 0.4, 1.0, 3.0, 20.0 })
        {
            var spends = new Queue<double>();
            var (sum, random) = (0.0, new RandomStream(13));
            var film = Ad("a", 1, 0);
            var most = 0.0;
            for (var request = 0; request < 5_000; request++)
            {
                var spend = new PageUnderTest([film with { Affinity = sum }], Pace()).Run(random.NextUInt64()).Count * speed / 1_000;
                spends.Enqueue(spend);
                sum += spend - (spends.Count > 1_000 ? spends.Dequeue() : 0);
                most = Math.Max(most, sum);
            }
            most.ShouldBeLessThan(1 + (speed / 1_000));
            sum.ShouldBe(Math.Min(speed, speed / (0.5 + speed)) is var rest && speed > 0.5 ? rest : speed, 0.12);
        }
    }
}
