using Lintel.Design.Diagnostics;

namespace Lintel.Design.Tests;

/// <summary>A ranking with all that the grammar has for one.</summary>
internal static class MovieDesign
{
    public const string Text = """
        lintel: 1
        system: movies
        goal: Fill a page.

        catalogues:
          movie:
            source: movies.parquet
            key: movie_id
            from: released
            until: licensed_until
            fields: { title: text, genres: list, franchise: text, year: number, maturity: number }
          user: { source: users.parquet, key: user_id, fields: { region: text, age: number } }

        events:
          visit: { source: visits.parquet, id: visit_id, time: at, keys: { user: user_id }, fields: { device: text, region: text } }
          impression: { source: impressions.parquet, id: impression_id, about: visit by visit_id, time: at, keys: { movie: movie_id } }
          play: { source: plays.parquet, about: impression by impression_id, time: at, known: ended, fields: { share: number, liked: bool } }

        decision:
          each: visit
          kind: ranking
          of: movie
          shown: impression
          labels: { like: play.liked, finish: play.share >= 0.9 }

        split: { by: time, train: 70%, validate: 10%, test: 20%, gap: 1d }

        candidates:
          taste: { kind: als, from: play, where: share >= 0.5, dimension: 32, take: 150 }
          trending: { kind: popular, from: play, over: 7d, by: region, take: 50 }
          fresh: { kind: newest, take: 30 }

        features:
          taste: taste.score
          genre_share: count(play) by user, movie.genres over 90d / count(play) by user over 90d
          user_plays: count(play) by user over 30d
          year: movie.year

        models:
          like: { kind: xgboost, label: like }
          finish: { kind: xgboost, label: finish }
          rank: { kind: xgboost }

        evaluate:
          metrics: [ndcg@10, mrr]
          baselines: [random, popular, taste]
          slices: [user_plays = 0, movie.year >= 2024]
          gates: { "ndcg@10": ">= 0.05" }

        policy:
          - rank by 0.7 * like + 0.3 * finish
          - drop if movie.maturity > 16 and user.age < 16
          - take 20

        serve: { mode: batch, every: 1d, then: online rescoring, on failure: trending }
        """;

    private const string Steps = "  - rank by 0.7 * like + 0.3 * finish\n";

    public static SystemDesign Read(string text = Text)
    {
        var diagnostics = new DiagnosticBag();
        var design = DesignFile.Parse("movies.yaml", text, TestRankingKinds.All, diagnostics);
        diagnostics.All.Select(static d => d.ToString()).ShouldBeEmpty();
        return design.ShouldNotBeNull();
    }

    public static string With(string old, string replacement)
    {
        Text.ShouldContain(old);
        return Text.Replace(old, replacement);
    }

    /// <summary>The design with one more line in its policy.</summary>
    public static string WithStep(string line) => Text.Replace(Steps, $"{Steps}  - {line}\n");

    /// <summary>The one fault of a text.</summary>
    public static string Fault(string text)
    {
        var diagnostics = new DiagnosticBag();
        DesignFile.Parse("movies.yaml", text, TestRankingKinds.All, diagnostics).ShouldBeNull();
        return diagnostics.All.Select(static d => d.ToString()).ShouldHaveSingleItem();
    }
}
