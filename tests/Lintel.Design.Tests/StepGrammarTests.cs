using Lintel.Design.Expressions;

namespace Lintel.Design.Tests;

/// <summary>The policy of a ranking: sentences of registered kinds of steps.</summary>
public sealed class StepGrammarTests
{
    private static PolicyRule.Step Step(string line) =>
        MovieDesign.Read(MovieDesign.WithStep(line)).Policy[1].ShouldBeOfType<PolicyRule.Step>();

    private static string Say(StepSlot slot) => slot switch
    {
        StepSlot.Number number => FormattableString.Invariant($"{number.Value}"),
        StepSlot.Duration duration => $"{duration.Value}",
        StepSlot.Word word => $"'{word.Text}'",
        StepSlot.Column column => MovieDesign.Read().Decision.Row.Columns[column.Index].Name,
        StepSlot.Formula formula => ExpressionPrinter.Print(formula.Expression),
        _ => throw new InvalidOperationException(),
    };

    [Theory]
    [InlineData("take 20", "take", "count 20")]
    [InlineData("rank by like * 2", "rank by", "value like * 2")]
    [InlineData("drop if movie.maturity > (16 + 2)", "drop if", "condition movie.maturity > 16 + 2")]
    [InlineData("at most 2 of movie.franchise", "at most", "column movie.franchise, count 2")]
    [InlineData("at most 2 of movie.genres in first 10", "at most", "column movie.genres, count 2, first 10")]
    [InlineData("at most 1 of movie", "at most", "column movie, count 1")]
    [InlineData("at least 1 of fresh", "at least", "count 1, source 'fresh'")]
    [InlineData("at least 1 if movie.year in [2023, 2024] in first 5", "at least if", "condition movie.year in [2023, 2024], count 1, first 5")]
    [InlineData("at least 1 if movie.year in [2023, 2024]", "at least if", "condition movie.year in [2023, 2024], count 1")]
    [InlineData("boost 1.1 if movie.year >= year(time) - 1", "boost", "condition movie.year >= year(time) - 1, factor 1.1")]
    [InlineData("diversify by movie.genres (mmr 0.3)", "diversify", "column movie.genres, lambda 0.3")]
    [InlineData("diversify  by movie.genres ( mmr 0.3 )", "diversify", "column movie.genres, lambda 0.3")]
    [InlineData("explore 5% among 50", "explore", "pool 50, share 0.05")]
    [InlineData("pin m17 at 3", "pin", "item 'm17', position 3")]
    [InlineData("pin 17", "pin", "item '17'")]
    [InlineData("pin 'if at' at 3", "pin", "item 'if at', position 3")]
    [InlineData("row \"To take (now)\" if movie.franchise = \"take 3\" take 10", "row if", "condition movie.franchise = \"take 3\", count 10, title 'To take (now)'")]
    [InlineData("sort down", "sort", "order 'down'")]
    public void A_line_is_a_sentence_of_its_kind(string line, string kind, string slots)
    {
        var step = Step($"'{line.Replace("'", "''")}'");
        (step.Kind, step.Text).ShouldBe((kind, line));
        string.Join(", ", step.Slots.OrderBy(static s => s.Key, StringComparer.Ordinal).Select(static s => $"{s.Key} {Say(s.Value)}")).ShouldBe(slots);
    }

    [Theory]
    [InlineData("drop seen play over 90d", "count(play) by impression.visit.user, impression.movie over 90d > 0")]
    [InlineData("drop seen impression", "(count(impression) by visit.user, movie) > 0")]
    public void A_step_that_names_an_event_means_that_the_one_who_asks_had_it(string line, string condition) =>
        ExpressionPrinter.Print(Step(line).Slots["condition"].ShouldBeOfType<StepSlot.Formula>().Expression).ShouldBe(condition);

    [Fact]
    public void Scores_in_a_step_are_probabilities() =>
        ExpressionWalk.All(((StepSlot.Formula)MovieDesign.Read().Policy.OfType<PolicyRule.Step>().First().Slots["value"]).Expression)
            .OfType<Expression.Score>().Select(static s => (s.Model, s.Form))
            .ShouldBe([("like", ScoreForm.Probability), ("finish", ScoreForm.Probability)]);

    [Theory]
    [InlineData("at most two of movie.franchise", "error LT0109: '{count}' of 'at most {count} of {column} [in first {first}]' cannot be this; got 'two'; expected a whole number, 1 to 1000")]
    [InlineData("at most 0 of movie.franchise", "error LT0111: '{count}' of")]
    [InlineData("at most 2 of movie.franchice", "error LT0205: unknown column 'movie.franchice'; expected a text, key, number, condition or list of the movie; did you mean 'movie.franchise'?")]
    [InlineData("at most 2 of user.region", "error LT0206: 'user.region' is the same for every movie of a page")]
    [InlineData("at most 2 of movie.from", "error LT0206: nothing is told apart by 'movie.from'")]
    [InlineData("at least 1 of tast", "error LT0114: no candidates come from 'tast'; did you mean 'taste'?")]
    [InlineData("drop seen pley", "error LT0114: there is no event 'pley'; did you mean 'play'?")]
    [InlineData("drop seen play over soon", "error LT0109: '{window}' of")]
    [InlineData("drop seen visit", "error LT0121: event 'visit' does not say of which movie it is; got 'drop seen visit'")]
    [InlineData("explore 0.05 among 50", "error LT0109: '{share}' of 'explore {share} among {pool}' cannot be this; got '0.05'; expected a percentage such as 80%, 0% to 100%; write a percent sign: 0.05%")]
    [InlineData("sort sideways", "error LT0109: '{order}' of 'sort {order}' cannot be this; got 'sideways'; expected up | down")]
    [InlineData("drop if movie.year", "error LT0206: a step of the policy does not take a number")]
    [InlineData("rank by movie.genres", "error LT0206")]
    [InlineData("drop if like >= threshold(precision 90%)", "error LT0211: a ranking has no thresholds: its page is filled best first")]
    [InlineData("drop dupes of movie.title", "error LT0109: this is no step of a page; got 'drop dupes of movie.title'; expected 'drop if {condition}' or 'drop seen {event} [over {window}]'")]
    [InlineData("at most 2", "error LT0109: this is no step of a page; got 'at most 2'; expected 'at most {count} of {column} [in first {first}]'")]
    public void A_wrong_line_is_one_diagnostic(string line, string expected) =>
        MovieDesign.Fault(MovieDesign.WithStep($"'{line}'")).ShouldContain(expected);

    [Fact]
    public void A_page_ends_with_take() =>
        MovieDesign.Fault(MovieDesign.With("  - take 20\n", ""))
            .ShouldContain("error LT0116: nothing says how long the page is; got 'drop if movie.maturity > 16 and user.age < 16' is the last line; expected take COUNT as the last line");

    [Fact]
    public void A_ranking_has_a_policy_and_no_outcomes()
    {
        MovieDesign.Fault(MovieDesign.Text[..MovieDesign.Text.IndexOf("policy:", StringComparison.Ordinal)]).ShouldContain("error LT0108: a ranking lacks 'policy'");
        MovieDesign.Fault(MovieDesign.With("policy:\n", "outcomes: [show]\npolicy:\n")).ShouldContain("error LT0121: a ranking has no outcomes");
    }
}
