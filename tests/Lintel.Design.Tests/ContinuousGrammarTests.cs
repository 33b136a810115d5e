using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;

namespace Lintel.Design.Tests;

/// <summary>What a design says that goes on learning while it serves.</summary>
public sealed class ContinuousGrammarTests
{
    private const string Retrain = "retrain: { every: 1d, refit: now, promote: when no gate is broken and no slice is worse }";

    private static string Design(string retrain) => FraudDesign.Text.Replace(Retrain, $"retrain: {{ {retrain} }}");

    [Fact]
    public void The_interval_and_the_band_are_read()
    {
        var kinds = new KindRegistry(Enum.GetValues<KindFamily>().SelectMany(TestKinds.All.Of)
            .Select(static kind => kind with { LearnsOnline = kind.Name == "isolation-forest" }));
        var diagnostics = new DiagnosticBag();
        var design = DesignFile.Parse(
            "fraud.yaml", Design("continuous: 5m, rollback: calibration outside 0.95..1.05"), kinds, diagnostics);
        diagnostics.All.ShouldBeEmpty();
        var retrain = design!.Retrain;
        retrain.Continuous.ShouldBe(TimeSpan.FromMinutes(5));
        retrain.Rollback.ShouldBe(new RollbackBand(0.95, 1.05));
    }

    [Theory]
    [InlineData("continuous: 5m", "error LT0121: no model can go on learning")]
    [InlineData("rollback: calibration outside 0.9..1.1", "error LT0121: 'rollback' is said of continuous learning")]
    [InlineData("continuous: 5m, rollback: calibration outside 1.1..1.2", "error LT0109: 'rollback' says a band with 1 inside")]
    [InlineData("continuous: 5m, rollback: auc below 0.7", "error LT0109: 'rollback' says a band with 1 inside")]
    [InlineData("continuous: 0s", "error LT0111: 'continuous' leaves nothing")]
    public void What_cannot_be_is_told_with_its_cure(string retrain, string expected) =>
        FraudDesign.Faults(Design(retrain)).ShouldContain(fault => fault.Contains(expected));

    [Theory]
    [InlineData("label: verdict", "error LT0121: a negative is never known: the label only happens")]
    [InlineData("label: verdict within 120d", "error LT0121: a label is known only when its record is forgotten")]
    public void A_label_must_become_known_while_its_record_is(string label, string expected) =>
        FraudDesign.Faults(Design("continuous: 5m").Replace("label: verdict.fraud", label)).ShouldContain(fault => fault.Contains(expected));

    [Theory]
    [InlineData("", "", "error LT0121: what was shown is not known, and only that is learned")]
    [InlineData(", shown: impression", "", "error LT0121: a negative is never known: the label only happens")]
    [InlineData(", shown: impression", "within 120d", "error LT0121: a label is known only when its record is forgotten")]
    [InlineData(", shown: impression", "within 30m or save within 30m", "error LT0121: 'save' does not say which impression it is about")]
    public void A_ranking_says_what_was_shown_and_by_when_a_label_comes(string shown, string within, string expected) =>
        Ranking(shown, within).ShouldContain(fault => fault.Contains(expected));

    [Fact]
    public void A_ranking_that_says_both_learns() => Ranking(", shown: impression", "within 30m").ShouldBeEmpty();

    [Fact]
    public void A_model_of_another_label_alone_learns_nothing() =>
        Ranking(", shown: impression", "within 30m", "label: save, ").ShouldContain(
            fault => fault.Contains("error LT0121: no model of 'like' can go on learning"));

    private static IReadOnlyList<string> Ranking(string shown, string within, string of = "")
    {
        var kinds = new KindRegistry(Enum.GetValues<KindFamily>().SelectMany(TestRankingKinds.All.Of)
            .Select(static kind => kind with { LearnsOnline = kind.Name == "xgboost" }));
        var diagnostics = new DiagnosticBag();
        _ = DesignFile.Parse(
            "films.yaml",
            $$"""
            lintel: 1
            system: films
            goal: Show films that are liked.
            catalogues:
              movie: { source: movies.csv, key: movie, fields: { year: number } }
            events:
              visit: { source: visits.csv, id: visit, time: at, keys: { user: user } }
              impression: { source: impressions.csv, id: impression, about: visit by visit, time: at, keys: { movie: movie } }
              like: { source: likes.csv, about: impression by impression, time: at }
              save: { source: saves.csv, about: visit by visit, time: at, keys: { movie: movie } }
            decision: { each: visit, kind: ranking, of: movie{{shown}}, labels: { like: like {{within}}, save: save within 1d } }
            split: { by: time, train: 50%, test: 50% }
            candidates:
              fresh: { kind: newest, take: 10 }
            features:
              year: movie.year
            models:
              rank: { {{of}}kind: xgboost }
            evaluate:
              metrics: [ndcg@10]
            policy:
              - take 2
            retrain: { continuous: 5m }
            """,
            kinds, diagnostics);
        return [.. diagnostics.All.Where(static d => d.Severity == Severity.Error).Select(static d => d.ToString())];
    }
}
