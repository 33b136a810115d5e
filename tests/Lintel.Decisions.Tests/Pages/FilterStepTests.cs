using Lintel.Decisions.Pages;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Decisions.Tests.Pages;

/// <summary>Steps that remove candidates.</summary>
public sealed class FilterStepTests
{
    [Fact]
    public void Drop_if_removes_where_the_condition_holds_and_keeps_where_it_is_missing()
    {
        Film[] films = [new("old", 3) { Year = 1950 }, new("new", 2) { Year = 2020 }, new("unknown", 1)];
        var test = new PageUnderTest(films,
            PageUnderTest.Line("drop if", ("condition", PageUnderTest.If("movie.year", BinaryOperator.Less, 1960))));
        test.Titles().ShouldBe(["new", "unknown"]);
        test.Page.RemovedBy.ToArray().ShouldBe([0, Page.Kept, Page.Kept]);
    }

    [Fact]
    public void Drop_seen_removes_where_the_condition_that_it_stands_for_holds()
    {
        Film[] films = [new("seen", 3) { Affinity = 2 }, new("unseen", 2) { Affinity = 0 }];
        new PageUnderTest(films, PageUnderTest.Line("drop seen", ("event", "play"),
            ("condition", PageUnderTest.If("movie.affinity", BinaryOperator.Greater, 0)))).Titles().ShouldBe(["unseen"]);
    }

    [Fact]
    public void Duplicates_of_a_title_differ_in_case_accents_punctuation_and_articles_only()
    {
        Film[] films =
        [
            new("The Matrix (1999)", 9), new("Matrix, The (1999)", 8), new("MATRIX (1999)", 7),
            new("The Matrix (2021)", 6),
            new("Amélie", 5), new("Amelie!", 4), new("Ameli", 3),
        ];
        new PageUnderTest(films, PageUnderTest.Line("drop duplicates", ("column", "movie.title"))).Titles()
            .ShouldBe(["The Matrix (1999)", "The Matrix (2021)", "Amélie", "Ameli"]);
    }

    [Fact]
    public void Near_duplicates_go_too_but_never_the_parts_of_a_series()
    {
        Film[] films =
        [
            new("The Crimson River", 9), new("Crimson River (Remastered)", 8), new("The Crimson Rivers", 7),
            new("Rocky II", 6), new("Rocky III", 5), new("Rocky IV", 4), new("Heat", 3),
        ];
        new PageUnderTest(films, PageUnderTest.Line("drop duplicates", ("column", "movie.title"), ("similarity", 0.5)))
            .Titles()
            .ShouldBe(["The Crimson River", "Rocky II", "Rocky III", "Rocky IV", "Heat"]);
        new PageUnderTest(films, PageUnderTest.Line("drop duplicates", ("column", "movie.title"), ("similarity", 1)))
            .Titles().Length
            .ShouldBe(7);
    }

    [Fact]
    public void Duplicates_of_a_list_have_the_same_members_in_any_order_and_missing_is_nobodys_duplicate()
    {
        Film[] films =
        [
            new("a", 5) { Genres = ["war", "noir"] }, new("b", 4) { Genres = ["noir", "war"] },
            new("c", 3) { Genres = ["war"] },
            new("d", 2), new("e", 1),
        ];
        new PageUnderTest(films, PageUnderTest.Line("drop duplicates", ("column", "movie.genres"))).Titles()
            .ShouldBe(["a", "c", "d", "e"]);
        new PageUnderTest(films, PageUnderTest.Line("drop duplicates", ("column", "fresh.rank"))).Titles()
            .ShouldBe(["a", "b", "c", "d", "e"]);
    }

    [Fact]
    public void Near_is_refused_where_there_is_no_text_to_compare()
    {
        foreach (var column in new[] { "movie.year", "fresh.rank", "movie.genres" })
        {
            var line = PageUnderTest.Line("drop duplicates", ("column", column), ("similarity", 0.8));
            Should.Throw<DesignException>(() => new PageUnderTest([], line)).Message.ShouldContain("'near'");
        }
    }

    [Fact]
    public void At_most_keeps_the_best_of_each_value_and_counts_a_list_for_each_member()
    {
        Film[] films =
        [
            new("a", 6) { Franchise = "x", Genres = ["war"] },
            new("b", 5) { Franchise = "x", Genres = ["war", "noir"] },
            new("c", 4) { Franchise = "x", Genres = ["noir"] }, new("d", 3), new("e", 2),
            new("f", 1) { Franchise = "y", Genres = ["war"] },
        ];
        new PageUnderTest(films, PageUnderTest.Line("at most", ("count", 2), ("column", "movie.franchise"))).Titles()
            .ShouldBe(["a", "b", "d", "e", "f"]);
        // b is not shown, so its noir does not count against c
        new PageUnderTest(films, PageUnderTest.Line("at most", ("count", 1), ("column", "movie.genres"))).Titles()
            .ShouldBe(["a", "c", "d", "e"]);
    }

    [Fact]
    public void Take_keeps_the_first_and_tells_when_there_are_too_few()
    {
        var test = new PageUnderTest(PageUnderTest.Random(5), PageUnderTest.Line("take", ("count", 3)));
        test.Titles().Length.ShouldBe(3);
        test.Page.Infeasible.ShouldBe(0UL);
        test = new PageUnderTest(PageUnderTest.Random(2), PageUnderTest.Line("take", ("count", 3)));
        test.Titles().Length.ShouldBe(2);
        test.Page.Infeasible.ShouldBe(1UL);
    }
}
