using Lintel.Decisions.Pages;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;
using Lintel.Events;
using Lintel.Events.Catalogues;
using Lintel.Features;
using Lintel.Models;

namespace Lintel.Decisions.Tests.Pages;

/// <summary>Sentences as a design file says them: the grammar reads each as its kind, and each becomes a step.</summary>
public sealed class SentenceTests
{
    private static readonly (string Kind, string Line)[] Lines =
    [
        ("rank by", "rank by 0.7 * like + 0.3 * year"),
        ("drop if", "drop if movie.maturity > 16 and user.age < 16"),
        ("drop seen", "drop seen play over 90d"),
        ("drop seen", "drop seen play"),
        ("drop duplicates", "drop duplicates of movie.title"),
        ("drop duplicates", "drop duplicates of movie.title near 0.8"),
        ("at most", "at most 2 of movie.franchise"),
        ("at most", "at most 1 of movie.genres in first 5"),
        ("at least", "at least 1 of fresh"),
        ("at least", "at least 2 of fresh in first 10"),
        ("at least if", "at least 2 if movie.year >= 2020 in first 10"),
        ("at least if", "at least 2 if movie.year >= year(time) - 1"),
        ("boost", "boost 1.1 if movie.year >= year(time) - 1"),
        ("bury", "bury 0.5 if movie.maturity in [16, 18]"),
        ("diversify", "diversify by movie.genres (mmr 0.3)"),
        ("calibrate", "calibrate movie.genres to count(play) by user, movie.genres over 90d (weight 0.5)"),
        ("pin", "pin tt0133093"),
        ("pin", "pin \"film 17\" at 2"),
        ("pin if", "pin if movie.franchise = \"Dune\" at 1"),
        ("row", "row \"New this week\" of fresh take 10"),
        ("row if", "row \"Short ones\" if movie.maturity < 12 take 10"),
        ("take", "take 20"),
    ];

    // not beside rows
    private static readonly (string Kind, string Line)[] Alone =
    [
        ("explore", "explore 5% among 50"),
        ("explore thompson", "explore 2% by thompson of like"),
        ("pace", "pace sum(play.liked) by movie over 1d of movie.maturity"),
        ("pace", "pace sum(play.liked) by movie over 1d of 2 * movie.maturity from 80%"),
        ("price second", "price second of movie.maturity by like"),
        ("price second", "price second of movie.maturity / 2 by 0.5 * like + 0.1, reserve 0.05"),
    ];

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var (kind, line) in Alone) { all.Add(kind, line); }
            foreach (var (kind, line) in Lines) { all.Add(kind, line); }
            return all;
        }
    }

    [Theory, MemberData(nameof(All))]
    public void A_sentence_is_read_as_its_kind_and_becomes_a_step(string kind, string line)
    {
        var design = Read(kind == "take" ? [line] : [line, "take 20"]);
        design.Policy[0].ShouldBeOfType<PolicyRule.Step>().Kind.ShouldBe(kind);
        Compile(design).StepText(0).ShouldBe(line);
    }

    [Fact]
    public void All_stand_in_one_policy_and_rows_keep_their_titles()
    {
        var program = Compile(Read([.. Lines.Select(static l => l.Line)]));
        program.StepCount.ShouldBe(Lines.Length);
        program.RowTitles.ShouldBe(["New this week", "Short ones"]);
        program.Length.ShouldBe(20);
    }

    [Theory]
    [InlineData("dcn")]
    [InlineData("logistic")]
    [InlineData("xgboost")]
    public void A_model_that_knows_no_variance_is_not_explored_by(string model)
    {
        var fault = Should.Throw<DesignException>(() => Read(["explore 2% by thompson of like", "take 20"], model)).Diagnostics.ShouldHaveSingleItem();
        fault.Message.ShouldBe("model 'like' does not know how unsure it is of a row, so there is nothing to draw from");
        (fault.Got, fault.Expected, fault.Fix).ShouldBe(
            ($"kind {model}", "kind ftrl or leaves", "add a model of such a kind, or write explore SHARE among COUNT"));
    }

    [Fact]
    public void Every_kind_has_a_sentence_here() =>
        Lines.Select(static l => l.Kind).Concat(Alone.Select(static l => l.Kind)).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(PageStepKinds.Kinds.Select(static k => k.Name).Order(StringComparer.Ordinal));

    private static PageProgram Compile(SystemDesign design)
    {
        var dictionaries = new CodeDictionaries();
        var tables = design.Catalogues.Select(static c => new CatalogueTable(
            c, [.. c.Fields.Select(static _ => Array.Empty<double>())], [.. c.Fields.Select(static _ => new int[1])],
            [.. c.Fields.Select(static _ => Array.Empty<int>())], [], [])).ToArray();
        var builder = new FeaturePlanBuilder(design, dictionaries, tables);
        var program = PageProgram.Compile(design, builder, tables[0], dictionaries);
        _ = builder.Build();
        return program;
    }

    private static SystemDesign Read(string[] policy, string model = "ftrl")
    {
        var text = $$"""
            lintel: 1
            system: movies
            goal: Fill a page.
            catalogues:
              movie:
                source: movies.parquet
                key: movie_id
                fields: { title: text, genres: list, franchise: text, year: number, maturity: number }
              user: { source: users.parquet, key: user_id, fields: { age: number } }
            events:
              visit: { source: visits.parquet, id: visit_id, time: at, keys: { user: user_id } }
              play:
                source: plays.parquet
                about: visit by visit_id
                time: at
                keys: { movie: movie_id }
                fields: { liked: bool }
            decision: { each: visit, kind: ranking, of: movie, label: play.liked }
            split: { by: time, train: 70%, validate: 10%, test: 20%, gap: 1d }
            candidates: { fresh: { kind: stand-in, take: 30 } }
            features: { year: movie.year }
            models: { like: { kind: {{model}} } }
            evaluate: { metrics: [ndcg@10] }
            policy:
            {{string.Join("\n", policy.Select(static line => $"  - {line}"))}}
            """;
        Kind[] standIns =
        [
            new(KindFamily.CandidateSource, "stand-in", typeof(NoParameters), "Offers what the test says."),
            new(KindFamily.RankingMetric, "ndcg", typeof(NoParameters), "Stands for any metric."),
        ];
        var diagnostics = new DiagnosticBag();
        var design = DesignFile.Parse("movies.yaml", text,
            new KindRegistry([.. ModelKinds.Kinds, .. PageStepKinds.Kinds, .. standIns]), diagnostics);
        diagnostics.ThrowIfErrors();
        return design!;
    }
}
