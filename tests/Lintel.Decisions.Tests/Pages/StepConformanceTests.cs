using System.Text.RegularExpressions;
using Lintel.Decisions.Pages;
using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Design.Kinds;

namespace Lintel.Decisions.Tests.Pages;

/// <summary>What every kind of step must do; a new one is judged as soon as it stands in <see cref="PageStepKinds"/>
/// and has a line here.</summary>
public sealed partial class StepConformanceTests
{
    private static readonly Expression IsNew = PageUnderTest.If("movie.year", BinaryOperator.GreaterOrEqual, 2015);

    private static readonly Dictionary<string, PolicyRule.Step> Lines = new PolicyRule.Step[]
    {
        PageUnderTest.Line("rank by", ("value", PageUnderTest.Value("movie.year"))),
        PageUnderTest.Line("drop if", ("condition", IsNew)),
        PageUnderTest.Line("drop seen", ("event", "play"), ("window", TimeSpan.FromDays(90)), ("condition", IsNew)),
        PageUnderTest.Line("drop duplicates", ("column", "movie.title"), ("similarity", 0.8)),
        PageUnderTest.Line("at most", ("count", 2), ("column", "movie.franchise"), ("first", 10)),
        PageUnderTest.Line("at least", ("count", 3), ("source", "fresh"), ("first", 10)),
        PageUnderTest.Line("at least if", ("count", 2), ("condition", IsNew), ("first", 5)),
        PageUnderTest.Line("boost", ("factor", 2), ("condition", IsNew)),
        PageUnderTest.Line("bury", ("factor", 0.5), ("condition", IsNew)),
        PageUnderTest.Line("diversify", ("column", "movie.genres"), ("lambda", 0.3)),
        PageUnderTest.Line("calibrate", ("column", "movie.genres"), ("value", PageUnderTest.Value("movie.affinity")),
            ("lambda", 0.5)),
        PageUnderTest.Line("pin", ("item", "m0"), ("position", 2)),
        PageUnderTest.Line("pin if", ("condition", IsNew), ("position", 3)),
        PageUnderTest.Line("pace", ("spent", PageUnderTest.Value("movie.affinity")), ("budget", PageUnderTest.Value("fresh.score")), ("share", 0.2)),
        PageUnderTest.Line("explore thompson", ("share", 0.5), ("model", PageUnderTest.Model)),
        PageUnderTest.Line("price second", ("bid", PageUnderTest.Value("movie.year")), ("quality", PageUnderTest.Value("movie.affinity")),
            ("reserve", 2_000.0)),
        PageUnderTest.Line("explore", ("share", 0.5), ("pool", 50)),
        PageUnderTest.Line("row", ("title", "New"), ("source", "fresh"), ("count", 10)),
        PageUnderTest.Line("row if", ("title", "Recent"), ("condition", IsNew), ("count", 10)),
        PageUnderTest.Line("take", ("count", 20)),
    }.ToDictionary(static l => l.Kind);

    public static TheoryData<string> Kinds => [.. PageStepKinds.All.Select(static k => k.Kind.Name)];

    public static IEnumerable<object[]> KindsAndCounts =>
        from kind in PageStepKinds.All
        from count in new[] { 0, 1, 2, 40, 1_000 }
        select new object[] { kind.Kind.Name, count };

    [Theory, MemberData(nameof(Kinds))]
    public void Sentence_has_a_slot_for_each_property_that_says_what_it_is(string kind)
    {
        var about = PageStepKinds.Find(kind)!.Kind;
        about.Family.ShouldBe(KindFamily.PolicyStep);
        about.Sentence!.Split('{')[0].Trim().Split(' ')[0].ShouldBe(kind.Split(' ')[0]);
        var slots = Slot().Matches(about.Sentence).Select(static m => m.Groups[1].Value);
        var properties = about.Parameters.GetProperties();
        properties.Select(static p => p.Name.ToLowerInvariant()).ShouldBe(slots, ignoreOrder: true);
        foreach (var property in properties)
        {
            property.GetCustomAttributes(typeof(ParameterAttribute), false).ShouldHaveSingleItem(property.Name);
        }
        Activator.CreateInstance(about.Parameters).ShouldNotBeNull();
    }

    [Theory, MemberData(nameof(KindsAndCounts))]
    public void No_candidate_is_lost_or_invented_and_what_is_removed_bears_the_lines_number(string kind, int count)
    {
        var page = new PageUnderTest(PageUnderTest.Random(count), Lines[kind]).Run();
        page.CandidateCount.ShouldBe(count);
        var left = page.Order.ToArray();
        left.ShouldBeUnique();
        var removedBy = page.RemovedBy.ToArray();
        for (var c = 0; c < count; c++) { removedBy[c].ShouldBe(left.Contains(c) ? Page.Kept : 0); }
        page.Propensities.ToArray().ShouldAllBe(p => (p >= 0 && p <= 1) || (double.IsNaN(p) && kind == "explore thompson"));
        for (var c = 0; c < count; c++) { double.IsNaN(page.Prices[c]).ShouldBe(kind != "price second" || removedBy[c] != Page.Kept); }
        page.Items.ToArray().ShouldBe(Enumerable.Range(0, count));
    }

    [Theory, MemberData(nameof(KindsAndCounts))]
    public void Equal_requests_get_equal_pages_on_a_used_page_too(string kind, int count)
    {
        var test = new PageUnderTest(PageUnderTest.Random(count), Lines[kind]);
        foreach (var draw in new ulong[] { 1, 2, 3 })
        {
            var first = Outcome(test.Run(draw));
            Outcome(test.Run(draw)).ShouldBe(first);
            test.Page.Restart();
            test.Program.Run(test.Page);
            Outcome(test.Page).ShouldBe(first);
            Outcome(new PageUnderTest(PageUnderTest.Random(count), Lines[kind]).Run(draw)).ShouldBe(first);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Scores_that_are_missing_stand_last_until_a_line_moves_them(string kind)
    {
        var films = PageUnderTest.Random(30).Select(static f => f with { Score = double.NaN }).ToArray();
        var page = new PageUnderTest(films, Lines[kind]).Run();
        page.Order.ToArray().ShouldBeUnique();
        (page.Count + page.RemovedBy.ToArray().Count(static r => r >= 0)).ShouldBe(30);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Rows_without_any_value_are_taken_as_they_are(string kind)
    {
        var films = Enumerable.Range(0, 30).Select(static i => new Film("", i)).ToArray();
        var page = new PageUnderTest(films, Lines[kind]).Run();
        (page.Count + page.RemovedBy.ToArray().Count(static r => r >= 0)).ShouldBe(30);
    }

    [Theory]
    [InlineData("rank by"), InlineData("drop if"), InlineData("drop seen"), InlineData("drop duplicates")]
    [InlineData("at most"), InlineData("at least"), InlineData("at least if"), InlineData("pin")]
    public void Said_twice_is_said_once(string kind)
    {
        var films = PageUnderTest.Random(200);
        var once = Outcome(new PageUnderTest(films, Lines[kind]).Run()).Order;
        Outcome(new PageUnderTest(films, Lines[kind], Lines[kind]).Run()).Order.ShouldBe(once);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_page_that_has_grown_allocates_nothing(string kind)
    {
        var test = new PageUnderTest(PageUnderTest.Random(500), Lines[kind]);
        for (ulong draw = 0; draw < 40; draw++) { _ = test.Run(draw); }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (ulong draw = 0; draw < 20; draw++) { _ = test.Run(draw); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static (string Order, string Removed, string Propensities, string Prices, ulong Infeasible) Outcome(Page page) => (
        string.Join(' ', page.Order.ToArray()), string.Join(' ', page.RemovedBy.ToArray()),
        string.Join(' ', page.Propensities.ToArray()), string.Join(' ', page.Prices.ToArray()),
        page.Infeasible);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Slot();
}
