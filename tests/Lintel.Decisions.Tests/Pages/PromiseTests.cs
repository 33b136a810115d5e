using Lintel.Decisions.Pages;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Decisions.Tests.Pages;

/// <summary>Steps that promise something of the page's places.</summary>
public sealed class PromiseTests
{
    private static readonly Film[] Letters = [.. "abcdefgh".Select(static (c, i) => new Film($"{c}", -i)
    {
        Franchise = c < 'e' ? "x" : null,
        Fresh = c is 'f' or 'h' ? 1 : double.NaN,
        Year = 2000 + i,
    })];

    [Fact]
    public void At_least_lifts_the_best_of_a_source_to_the_lowest_places()
    {
        Titles(Line("at least", ("count", 2), ("source", "fresh"), ("first", 3))).ShouldBe("afhbcdeg");
        Titles(Line("at least", ("count", 1), ("source", "fresh"), ("first", 3))).ShouldBe("abfcdegh");
        Titles(Line("at least", ("count", 1), ("source", "fresh"), ("first", 6))).ShouldBe("abcdefgh");
        // without `in first` the whole page is meant
        Titles(Line("at least", ("count", 1), ("source", "fresh")), Line("take", ("count", 4))).ShouldBe("abcf");
    }

    [Fact]
    public void Too_few_are_told_and_those_that_there_are_move_up()
    {
        var test = new PageUnderTest(Letters, Line("drop if",
            ("condition", PageUnderTest.If("movie.year", BinaryOperator.Equal, 2005))),
            Line("at least", ("count", 2), ("source", "fresh"), ("first", 3)));
        string.Concat(test.Titles()).ShouldBe("abhcdeg");
        test.Page.Infeasible.ShouldBe(0b10UL);
    }

    [Fact]
    public void A_later_promise_does_not_take_the_places_of_an_earlier_one()
    {
        var isLate = PageUnderTest.If("movie.year", BinaryOperator.GreaterOrEqual, 2006);
        Titles(Line("at least", ("count", 1), ("source", "fresh"), ("first", 3)),
            Line("at least if", ("count", 1), ("condition", isLate), ("first", 3))).ShouldBe("agfbcdeh");
    }

    [Fact]
    public void At_most_in_first_moves_the_others_behind_and_tells_when_none_else_is_left()
    {
        Titles(Line("at most", ("count", 1), ("column", "movie.franchise"), ("first", 3))).ShouldBe("aefbcdgh");
        var test = new PageUnderTest(Letters[..4], Line("at most", ("count", 1), ("column", "movie.franchise"),
            ("first", 3)));
        string.Concat(test.Titles()).ShouldBe("abcd");
        test.Page.Infeasible.ShouldBe(1UL);
    }

    [Fact]
    public void Pins_stand_where_they_should_whatever_the_order_of_their_lines()
    {
        Titles(Line("pin", ("item", "m5"), ("position", 2)), Line("pin", ("item", "m0"), ("position", 3)))
            .ShouldBe("bfacdegh");
        Titles(Line("pin", ("item", "m0"), ("position", 3)), Line("pin", ("item", "m5"), ("position", 2)))
            .ShouldBe("bfacdegh");
        // of two with one position the later takes the next
        Titles(Line("pin", ("item", "m6"), ("position", 1)), Line("pin", ("item", "m7"), ("position", 1)))
            .ShouldBe("ghabcdef");
        Titles(Line("pin if", ("condition", PageUnderTest.If("movie.year", BinaryOperator.Greater, 2003)),
            ("position", 1))).ShouldBe("eabcdfgh");
    }

    [Fact]
    public void An_item_that_is_no_candidate_cannot_be_pinned_and_that_is_told()
    {
        var test = new PageUnderTest(Letters, Line("pin", ("item", "m99"), ("position", 1)));
        string.Concat(test.Titles()).ShouldBe("abcdefgh");
        test.Page.Infeasible.ShouldBe(1UL);
    }

    [Fact]
    public void No_step_between_a_promise_and_the_page_undoes_it()
    {
        var isOld = PageUnderTest.If("movie.year", BinaryOperator.Less, 2005);
        Titles(Line("pin", ("item", "m6"), ("position", 1)),
            Line("at least", ("count", 1), ("source", "fresh"), ("first", 3)),
            Line("boost", ("factor", 1_000), ("condition", isOld)), Line("take", ("count", 3))).ShouldBe("gaf");
    }

    [Fact]
    public void A_pin_and_at_most_in_first_hold_together()
    {
        Titles(Line("pin", ("item", "m3"), ("position", 2)),
            Line("at most", ("count", 1), ("column", "movie.franchise"), ("first", 3)))
            .ShouldBe("edfabcgh");
    }

    [Fact]
    public void Rows_are_filled_in_turn_and_no_film_stands_in_two()
    {
        var test = new PageUnderTest(Letters, Line("row", ("title", "New"), ("source", "fresh"), ("count", 1)),
            Line("row if", ("title", "Late"), ("condition", PageUnderTest.If("movie.year",
                BinaryOperator.GreaterOrEqual, 2004)), ("count", 2)),
            Line("row", ("title", "More new"), ("source", "fresh"), ("count", 2)), Line("take", ("count", 10)));
        string.Concat(test.Titles()).ShouldBe("fegh");
        test.Program.RowTitles.ShouldBe(["New", "Late", "More new"]);
        test.Page.Order.ToArray().Select(c => test.Page.RowOf[c]).ShouldBe([0, 1, 1, 2]);
        test.Page.RowOf[0].ShouldBe(Page.NoRow);
        test.Page.RemovedBy[0].ShouldBe(3);
        // "More new" has one of two, and the page four of ten
        test.Page.Infeasible.ShouldBe(0b1100UL);
    }

    [Theory]
    [InlineData("take", "drop if", "final after 'take'")]
    [InlineData("explore", "diversify", "propensities are known")]
    [InlineData("explore", "row", "no rows")]
    [InlineData("row", "drop if", "filled already")]
    [InlineData("diversify", "boost", "would undo the order")]
    [InlineData("diversify", "explore thompson", "would undo the order")]
    [InlineData("explore thompson", "boost", "scores again what was drawn")]
    [InlineData("explore thompson", "explore", "explored once")]
    [InlineData("explore thompson", "explore thompson", "explored once")]
    [InlineData("price second", "drop if", "whose prices are set")]
    [InlineData("price second", "explore", "whose prices are set")]
    [InlineData("price second", "row", "not priced")]
    [InlineData("row", "price second", "not priced")]
    public void A_line_behind_one_that_it_would_undo_is_a_fault(string before, string behind, string says)
    {
        var fault = Should.Throw<DesignException>(() => new PageUnderTest(Letters, Some(before), Some(behind)));
        fault.Message.ShouldContain(says);
        fault.Message.ShouldContain("films.yaml:1:1");
        fault.Diagnostics.Count.ShouldBe(1);
    }

    [Fact]
    public void Every_faulty_line_is_told_at_once()
    {
        var fault = Should.Throw<DesignException>(() => new PageUnderTest(Letters,
            Line("at least", ("count", 1), ("source", "nobody")), Line("at most", ("count", 1), ("column", "movie.title")),
            Line("calibrate", ("column", "movie.title"), ("value", PageUnderTest.Value("movie.year")), ("lambda", 0.5)), Some("take"),
            Some("boost")));
        fault.Diagnostics.Count.ShouldBe(3);
        fault.Message.ShouldContain("popular, fresh");
    }

    private static PolicyRule.Step Line(string kind, params (string Slot, object Value)[] slots) =>
        PageUnderTest.Line(kind, slots);

    private static PolicyRule.Step Some(string kind)
    {
        var isLate = PageUnderTest.If("movie.year", BinaryOperator.GreaterOrEqual, 2006);
        return kind switch
        {
            "take" => Line(kind, ("count", 3)),
            "explore" => Line(kind, ("share", 0.1), ("pool", 5)),
            "explore thompson" => Line(kind, ("share", 0.1), ("model", PageUnderTest.Model)),
            "price second" => Line(kind, ("bid", PageUnderTest.Value("movie.year")), ("quality", PageUnderTest.Value("movie.year"))),
            "row" => Line(kind, ("title", "New"), ("source", "fresh"), ("count", 2)),
            "diversify" => Line(kind, ("column", "movie.genres"), ("lambda", 0.3)),
            "boost" => Line(kind, ("factor", 2), ("condition", isLate)),
            _ => Line(kind, ("condition", isLate)),
        };
    }

    private static string Titles(params PolicyRule.Step[] policy) =>
        string.Concat(new PageUnderTest(Letters, policy).Titles());
}
