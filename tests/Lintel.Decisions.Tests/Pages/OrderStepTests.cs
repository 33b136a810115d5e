using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Decisions.Tests.Pages;

/// <summary>Steps that change scores or the order.</summary>
public sealed class OrderStepTests
{
    private static readonly Expression IsNew = PageUnderTest.If("movie.year", BinaryOperator.GreaterOrEqual, 2020);

    [Fact]
    public void Rank_by_orders_by_the_formula_and_puts_what_has_no_value_last()
    {
        Film[] films = [new("a", 9) { Year = 1990 }, new("b", 8), new("c", 7) { Year = 2010 }];
        new PageUnderTest(films, PageUnderTest.Line("rank by", ("value", PageUnderTest.Value("movie.year")))).Titles()
            .ShouldBe(["c", "a", "b"]);
    }

    [Fact]
    public void Ties_are_not_broken_by_the_order_of_a_file()
    {
        var films = Enumerable.Range(0, 200).Select(static i => new Film($"{i}", 1)).ToArray();
        var order = new PageUnderTest(films).Titles().Select(int.Parse).ToArray();
        // in a random order half of the neighbours rise, ± 5 standard deviations of √(n/12)
        order.Zip(order.Skip(1), static (a, b) => a < b).Count(static rises => rises).ShouldBeInRange(79, 120);
        order.Take(100).Average().ShouldBe(99.5, 25);
    }

    [Theory]
    [InlineData("boost", 2.0, -1.0, -1.5, "new"), InlineData("boost", 2.0, -1.0, -1.8, "old")]
    [InlineData("bury", 0.5, -1.5, -1.0, "old"), InlineData("bury", 0.5, -1.8, -1.0, "new")]
    public void A_margins_odds_are_multiplied(string kind, double factor, double oldScore, double newScore,
        string first)
    {
        // ln 2 = 0.693: a distance of 0.5 is made up for, one of 0.8 is not
        Film[] films = [new("old", oldScore) { Year = 1990 }, new("new", newScore) { Year = 2024 }];
        new PageUnderTest(films, PageUnderTest.Line(kind, ("factor", factor), ("condition", IsNew))).Titles()[0]
            .ShouldBe(first);
    }

    [Theory]
    [InlineData("boost", 1.5, 0.6, 0.9), InlineData("boost", 1.5, -0.6, -0.4)]
    [InlineData("bury", 0.5, 0.6, 0.3), InlineData("bury", 0.5, -0.6, -1.2)]
    public void A_formulas_value_is_multiplied_and_a_boost_never_lowers(string kind, double factor, double value,
        double expected)
    {
        Film[] films = [new("a", 0) { Year = 2024, Affinity = value }];
        var test = new PageUnderTest(films, PageUnderTest.Line("rank by",
            ("value", PageUnderTest.Value("movie.affinity"))),
            PageUnderTest.Line(kind, ("factor", factor), ("condition", IsNew)));
        test.Run().Scores[0].ShouldBe(expected, 1e-12);
    }

    [Fact]
    public void Diversify_prefers_the_unlike_by_the_formula()
    {
        Film[] films =
        [
            new("a", 9) { Genres = ["war"] }, new("b", 8) { Genres = ["war"] },
            new("c", 7) { Genres = ["war", "noir"] }, new("d", 6) { Genres = ["noir"] },
        ];
        // relevance 1, 0.75, 0.5, 0.25. Behind a: b 0.525 − 0.3·1, c 0.35 − 0.3·0.5, d 0.175 − 0 → b; then c 0.2, d
        // 0.175 → c
        Titles(0.3).ShouldBe(["a", "b", "c", "d"]);
        // λ 0.5. Behind a: b −0.125, c 0, d 0.125 → d; then b −0.125, c 0 (half of a, half of d) → c
        Titles(0.5).ShouldBe(["a", "d", "c", "b"]);
        Titles(0).ShouldBe(["a", "b", "c", "d"]);

        string[] Titles(double lambda) =>
            new PageUnderTest(films, PageUnderTest.Line("diversify", ("column", "movie.genres"), ("lambda", lambda)))
                .Titles();
    }

    [Fact]
    public void Only_the_first_three_pages_compete_for_a_diverse_page()
    {
        var films = Enumerable.Range(0, 40).Select(static i =>
            new Film($"{i}", -i) { Genres = [i < 35 ? "war" : "noir"] }).ToArray();
        new PageUnderTest(films, PageUnderTest.Line("diversify", ("column", "movie.genres"), ("lambda", 1)),
            PageUnderTest.Line("take", ("count", 10)))
            .Titles().ShouldBe(Enumerable.Range(0, 10).Select(static i => $"{i}"));
    }

    [Fact]
    public void Calibrated_page_has_the_shares_that_the_one_who_asks_is_used_to()
    {
        // used to 70 % drama and 30 % noir; by score, all drama would stand first
        var films = Enumerable.Range(0, 40).Select(static i => new Film($"{i}", -i)
        {
            Genres = [i < 25 ? "drama" : "noir"],
            Affinity = i < 25 ? 0.7 : 0.3,
        }).ToArray();
        var titles = new PageUnderTest(films,
            PageUnderTest.Line("calibrate", ("column", "movie.genres"),
                ("value", PageUnderTest.Value("movie.affinity")), ("lambda", 0.99)),
            PageUnderTest.Line("take", ("count", 20))).Titles();
        titles.Count(static t => int.Parse(t) >= 25).ShouldBe(6);
        titles[0].ShouldBe("0");
    }

    [Fact]
    public void Shares_are_recovered_from_means_over_lists_of_several_members()
    {
        // p(war) 0.5, p(noir) 0.3, p(crime) 0.2 and each film tells the mean over its own genres
        Film[] films =
        [
            new("a", 6) { Genres = ["war", "noir"], Affinity = 0.4 },
            new("b", 5) { Genres = ["noir", "crime"], Affinity = 0.25 },
            new("c", 4) { Genres = ["war", "crime"], Affinity = 0.35 },
            new("d", 3) { Genres = ["war"], Affinity = 0.5 },
            new("e", 2) { Genres = ["drama"] }, new("f", 1),
        ];
        var test = new PageUnderTest(films,
            PageUnderTest.Line("calibrate", ("column", "movie.genres"),
                ("value", PageUnderTest.Value("movie.affinity")), ("lambda", 0.5)));
        test.Run();
        var genres = test.Dictionaries["movie.genres"];
        var shares = test.Page.Scratch.Members(0, genres.Count);
        shares[genres.Find("war")].ShouldBe(0.5, 0.01);
        shares[genres.Find("noir")].ShouldBe(0.3, 0.01);
        shares[genres.Find("crime")].ShouldBe(0.2, 0.01);
        shares[genres.Find("drama")].ShouldBe(0);
    }

    [Fact]
    public void Calibration_leaves_the_order_to_whom_nothing_is_known()
    {
        var films = PageUnderTest.Random(50).Select(static f => f with { Affinity = 0 }).ToArray();
        var line = PageUnderTest.Line("calibrate", ("column", "movie.genres"),
            ("value", PageUnderTest.Value("movie.affinity")), ("lambda", 1));
        new PageUnderTest(films, line).Titles().ShouldBe(new PageUnderTest(films).Titles());
        line = PageUnderTest.Line("calibrate", ("column", "movie.title"),
            ("value", PageUnderTest.Value("movie.affinity")), ("lambda", 1));
        Should.Throw<DesignException>(() => new PageUnderTest(films, line)).Message
            .ShouldContain("only a list has shares");
    }
}
