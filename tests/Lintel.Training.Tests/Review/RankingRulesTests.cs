using Lintel.Decisions.Pages;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Retrieval.Sources;
using Lintel.Training.Ranking;
using static Lintel.Training.Tests.Review.SoundDesign;

namespace Lintel.Training.Tests.Review;

/// <summary>Questions that only a ranking is asked, and those that it is not.</summary>
public sealed class RankingRulesTests
{
    private const string Text = """
        lintel: 1
        system: movies
        goal: Fill a page.
        catalogues:
          movie: { source: movies.csv, key: movie, from: released, fields: { title: text, genres: list } }
        events:
          visit: { source: visits.csv, id: visit_id, time: at, keys: { user: user } }
          play: { source: plays.csv, about: visit by visit_id, time: at, keys: { movie: movie } }
        decision: { each: visit, kind: ranking, of: movie, label: play within 1d }
        split: { by: time, train: 80%, test: 20%, gap: 1d }
        candidates:
          hot: { kind: popular, from: play, over: 7d, take: 50 }
          fresh: { kind: newest, take: 30 }
        features:
          plays: count(play) by movie over 7d
        models:
          rank: { kind: xgboost, objective: lambdarank, trees: 10, depth: 3 }
        evaluate:
          metrics: [ndcg@10]
        policy:
          - at most 2 of movie.genres
          - explore 5% among 20
          - take 10
        serve: { mode: online, on failure: hot }
        """;

    private static readonly KindRegistry Kinds = new(
        [.. ModelKinds.Kinds, .. RankingMetricKinds.Kinds, .. PageStepKinds.Kinds, .. CandidateKinds.Kinds]);

    [Theory]
    [InlineData("LT0426", "  - at most 2 of movie.genres\n", "", "2 lines, 0 against repetition")]
    [InlineData("LT0436", "play within 1d", "play", "1 of 1 sources without 'within' (play)")]
    [InlineData("LT0437", "  - explore 5% among 20\n", "", "2 lines, 0 explore: every propensity is 1")]
    [InlineData("LT0466", "  fresh: { kind: newest, take: 30 }\n", "", "1 source of kind popular, at most 50 candidates")]
    [InlineData("LT0467", "  fresh: { kind: newest, take: 30 }\n", "", "1 sources, 0 of kind newest (popular)")]
    [InlineData("LT0481", ", on failure: hot", "", "2 sources of candidates, 0 named for failure")]
    public void Fault_is_found_and_a_sound_ranking_has_none(string code, string line, string instead, string evidence)
    {
        Silent(code, Read(Text));
        Text.ShouldContain(line);

        Finding(code, Read(Text.Replace(line, instead))).Evidence.ShouldBe(evidence);
    }

    [Fact]
    public void Sources_that_all_need_a_history_leave_a_new_visitor_without_a_page()
    {
        var text = Text.Replace("hot: { kind: popular, from: play, over: 7d, take: 50 }", "hot: { kind: als, from: play, take: 50 }")
            .Replace("fresh: { kind: newest, take: 30 }", "own: { kind: recent, from: play, take: 30 }");

        var finding = Finding("LT0467", Read(text));

        (finding.Severity, finding.Evidence).ShouldBe(("warning", "2 sources, 0 that need no history (als, recent)"));
    }

    [Theory]
    [InlineData("LT0431")]
    [InlineData("LT0463")]
    [InlineData("LT0471")]
    public void Question_of_a_classification_is_not_asked(string code) => Silent(code, Read(Text));

    [Theory]
    [InlineData("LT0426")]
    [InlineData("LT0436")]
    [InlineData("LT0437")]
    [InlineData("LT0466")]
    [InlineData("LT0467")]
    public void Question_of_a_ranking_is_not_asked_of_a_classification(string code) => Silent(code, SoundDesign.Read());

    private static SystemDesign Read(string text)
    {
        var diagnostics = new DiagnosticBag();
        var design = DesignFile.Parse("movies.yaml", text, Kinds, diagnostics);
        diagnostics.All.Where(static d => d.Severity == Severity.Error).Select(static d => d.ToString()).ShouldBeEmpty();
        return design.ShouldNotBeNull();
    }
}
