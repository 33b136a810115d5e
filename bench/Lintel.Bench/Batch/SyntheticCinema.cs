using System.Text;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Events;
using Lintel.Events.Parquet;
using Lintel.Events.Sources;
using Lintel.Features;
using Lintel.Models;
using Lintel.Numerics.Random;
using Lintel.Pipeline;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Ranking;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;
using Lintel.Retrieval.Sources;

namespace Lintel.Bench.Batch;

/// <summary>A version on disk that ranks 10,000 films for 100,000 users: five sources fitted on a million made-up plays, the state
/// behind them, and 300 trees fitted on made-up rows. What a page costs does not depend on how good it is.</summary>
internal static class SyntheticCinema
{
    internal const int Users = 100_000, Films = 10_000;
    private const int Visits = 200_000, PlaysAVisit = 5;
    private const long Day = 86_400_000_000, Start = 20_454 * Day;

    internal const string Text = """
        lintel: 1
        system: cinema
        goal: Fill a page.
        catalogues:
          movie: { source: movies.parquet, key: movie_id, from: released, fields: { title: text, franchise: text, genre: text, year: number, maturity: number } }
          user: { source: users.parquet, key: user_id, fields: { region: text, age: number } }
        events:
          visit: { source: visits.parquet, id: visit_id, time: at, keys: { user: user_id }, fields: { device: text } }
          play: { source: plays.parquet, id: play_id, about: visit by visit_id, time: at, known: at + 2h, keys: { movie: movie_id }, fields: { share: number } }
        decision: { each: visit, kind: ranking, of: movie, label: play.share >= 0.5 }
        split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 1d }
        candidates:
          taste: { kind: als, from: play, where: share >= 0.5, factors: 32, take: 150 }
          similar: { kind: item-to-item, from: play, where: share >= 0.5, take: 100 }
          trending: { kind: popular, from: play, over: 7d, take: 50 }
          fresh: { kind: newest, take: 30 }
          continue: { kind: recent, from: play, where: share < 0.9, take: 10 }
        features:
          taste: taste.score
          taste_rank: taste.rank
          similar: similar.score
          trending: trending.score
          plays_{1d,7d,30d}: count(play) by movie over {1d,7d,30d}
          share_30d: mean(play.share) by movie over 30d
          user_plays_30d: count(play) by user over 30d
          since_visit: since(visit) by user
          seen_before: count(play) by user, movie over 30d
          age_days: days(time - movie.from)
          year: movie.year
          age: user.age
        models:
          rank: { kind: xgboost, trees: 300, depth: 5 }
        evaluate: { metrics: [ndcg@10], baselines: [random] }
        policy:
          - drop if movie.maturity > 16 and user.age < 16
          - drop duplicates of movie.title
          - at most 2 of movie.franchise
          - boost 1.1 if movie.year >= 2024
          - diversify by movie.genre (mmr 0.3)
          - take 20
        serve: { mode: batch, every: 1d, then: online rescoring, on failure: trending }
        """;

    /// <summary>The same with about 500 candidates, 40 features and six lines before <c>take</c>.</summary>
    internal static string Wide { get; } = Text
        .Replace("take: 150", "take: 320", StringComparison.Ordinal).Replace("take: 100", "take: 200", StringComparison.Ordinal)
        .Replace("take: 50 }", "take: 100 }", StringComparison.Ordinal).Replace("take: 30", "take: 60", StringComparison.Ordinal)
        .Replace("  age: user.age", """
              age: user.age
              similar_rank: similar.rank
              trending_rank: trending.rank
              plays_{2d,3d,14d,21d}: count(play) by movie over {2d,3d,14d,21d}
              share_{1d,7d,14d}: mean(play.share) by movie over {1d,7d,14d}
              spread_{7d,30d}: std(play.share) by movie over {7d,30d}
              user_plays_{1d,7d}: count(play) by user over {1d,7d}
              user_share_{7d,30d}: mean(play.share) by user over {7d,30d}
              users_{7d,30d}: distinct(play.user) by movie over {7d,30d}
              region_plays: count(play) by movie over 4d
              last_play: hours(since(play) by movie)
              last_share: last(play.share) by user, movie
              growth: plays_7d / plays_30d
              maturity: movie.maturity
              age_gap: abs(age - 30)
              hour: hour(time)
              weekday: weekday(time)
              fresh: fresh.rank
            """, StringComparison.Ordinal)
        .Replace("  - take 20", "  - drop seen play over 7d\n  - take 20", StringComparison.Ordinal);

    /// <summary>Of a page of 200: half of them popular, half new; 15 ids and crosses, 13 rates and counts, 2 numbers.</summary>
    /// <param name="models">Lines of <c>models:</c>.</param>
    internal static string Sparse(string models) => Text[..Text.IndexOf("candidates:", StringComparison.Ordinal)]
        .Replace("decision:", """
              like: { source: plays.parquet, about: play by play_id, time: at, known: at + 2h, where: share >= 0.5 }
            decision:
            """, StringComparison.Ordinal) + $"""
        candidates:
          popular: {"{ kind: popular, from: play, over: 7d, take: 100 }"}
          fresh: {"{ kind: newest, take: 100 }"}
        features:
          movie: movie
          franchise: movie.franchise
          genre: movie.genre
          user: user hashed 18 bits
          device: device
          region: user.region
          user_x_genre: cross(user, movie.genre) hashed 20 bits
          user_x_franchise: cross(user, movie.franchise) hashed 20 bits
          region_x_movie: cross(user.region, movie) hashed 18 bits
          region_x_genre: cross(user.region, movie.genre) hashed 12 bits
          device_x_movie: cross(device, movie) hashed 18 bits
          device_x_genre: cross(device, movie.genre) hashed 10 bits
          device_x_region: cross(device, user.region) hashed 10 bits
          device_x_franchise: cross(device, movie.franchise) hashed 16 bits
          region_x_franchise: cross(user.region, movie.franchise) hashed 16 bits
          like_{"{1d,7d,28d}"}: rate(like, play) by movie over {"{1d,7d,28d}"} smoothed 50
          genre_like_7d: rate(like, play) by movie.genre over 7d smoothed 50
          franchise_like_7d: rate(like, play) by movie.franchise over 7d smoothed 50
          user_like_28d: rate(like, play) by user over 28d smoothed 20
          user_genre_like_28d: rate(like, play) by user, movie.genre over 28d smoothed 10
          plays_{"{1d,7d,28d}"}: count(play) by movie over {"{1d,7d,28d}"}
          seen_{"{1d,7d}"}: count(play) by user, movie over {"{1d,7d}"}
          visits_1d: count(visit) by user over 1d
          age: user.age
          age_days: days(time - movie.from)
        models:
        {models}
        evaluate: {"{ metrics: [ndcg@10], baselines: [random] }"}
        policy:
          - take 20
        serve: {"{ on failure: popular }"}
        """;

    /// <summary>Makes files, fits, replays, and writes version 1 of a workspace.</summary>
    internal static void Write(Workspace workspace, string text)
    {
        WriteFiles(workspace.Folder);
        var diagnostics = new DiagnosticBag();
        var design = DesignFile.Parse("cinema.yaml", text, KnownKinds.All, diagnostics);
        diagnostics.ThrowIfErrors();
        var dictionaries = new CodeDictionaries();
        var history = HistoryReader.Read(design!, workspace.Folder, dictionaries);
        var compiled = CompiledDesign.Compile(design!, dictionaries, history.Catalogues);
        using var made = workspace.NewVersion();
        var draft = made.Folder;
        var models = Path.Combine(draft, VersionFiles.Served);
        Directory.CreateDirectory(models);
        AtomicFile.Write(Path.Combine(draft, VersionFiles.Design), Encoding.UTF8.GetBytes(text));
        VersionParts.WriteDictionaries(draft, dictionaries);
        VersionParts.WriteCatalogues(draft, history.Catalogues);
        ScoringGraphFiles.Write(models, new([.. design!.Models.Select(m => Fit(m, compiled))]), compiled.Plan.FeatureNames);
        ThresholdsFile.Write(models, []);
        VersionParts.WriteSources(models, CandidateRetriever.Fit(
            design!, history, long.MaxValue, null, new(1, Environment.ProcessorCount, null, CancellationToken.None)));
        var engine = RankingEngine.Empty(compiled.Plan, InstantOrder.Together);
        RankingReplay.Each(history, engine, new(), static (in LogEntry _, in EventRecord _) => { });
        LiveState.FromHistory(compiled, engine.Features, history, history.Order.Length, retrieval: engine.Retrieval)
            .Save(Path.Combine(draft, VersionFiles.StateLatest));
        _ = made.Seal(Manifest(design!));
    }

    private static ScoringNode Fit(ModelDesign model, CompiledDesign compiled)
    {
        const int Rows = 5_000;
        var count = compiled.Plan.FeatureCount;
        var shapes = Shapes(compiled);
        int[] numbers = [.. Enumerable.Range(0, count).Where(f => !shapes[f].IsId)];
        var random = new RandomStream(1);
        var (features, labels) = (new float[Rows * count], new float[Rows]);
        for (var r = 0; r < Rows; r++)
        {
            for (var f = 0; f < count; f++)
            {
                features[(r * count) + f] = shapes[f].IsId ? random.NextInt32(shapes[f].Ids) : (float)(random.NextDouble() * 20);
            }
            labels[r] = features[(r * count) + numbers[0]] + features[(r * count) + numbers[1]] + random.NextInt32(20) > 30 ? 1 : 0;
        }
        var fitted = ModelKinds.Trainers.Single(t => t.Kind.Name == model.Kind).Fit(
            model.Parameters, new() { Features = features, FeatureCount = count, Labels = labels, Shapes = shapes.Any(static s => s.IsId) ? shapes : null },
            new(1, 1, null, CancellationToken.None));
        return new(model.Name, model.Kind, fitted, null, null, null, [.. Enumerable.Range(0, count)], []);
    }

    private static FeatureShape[] Shapes(CompiledDesign compiled) =>
        [.. FeatureShape.Of(compiled.Design.Features).Zip(compiled.Design.Features, (shape, feature) => feature.Id is { Domain: { } domain }
            ? FeatureShape.Id(Math.Max(1, compiled.Dictionaries[domain].Count), shape.Space) : shape)];

    private static void WriteFiles(string folder)
    {
        var random = new RandomStream(2);
        int[] films = [.. Enumerable.Range(0, Films)], users = [.. Enumerable.Range(0, Users)];
        ParquetFiles.Write(
            Path.Combine(folder, "movies.parquet"),
            new ParquetColumn.Text("movie_id", [.. films.Select(static m => $"m{m}")]),
            new ParquetColumn.Text("title", [.. films.Select(static m => $"Film {m / 2}, part {m % 2}")]),
            new ParquetColumn.Text("franchise", [.. films.Select(static m => $"f{m / 7}")]),
            new ParquetColumn.Text("genre", [.. films.Select(static m => $"g{m % 19}")]),
            new ParquetColumn.Number("year", [.. films.Select(static m => 1990.0 + (m % 36))]),
            new ParquetColumn.Number("maturity", [.. films.Select(static m => (m % 10) * 2.0)]),
            new ParquetColumn.Instant("released", [.. films.Select(static m => Start - ((Films - m) * Day / 4))]));
        ParquetFiles.Write(
            Path.Combine(folder, "users.parquet"),
            new ParquetColumn.Text("user_id", [.. users.Select(static u => $"u{u}")]),
            new ParquetColumn.Text("region", [.. users.Select(static u => $"r{u % 12}")]),
            new ParquetColumn.Number("age", [.. users.Select(static u => 8.0 + (u % 70))]));
        int[] visits = [.. Enumerable.Range(0, Visits)], plays = [.. Enumerable.Range(0, Visits * PlaysAVisit)];
        static long At(int visit) => Start + (visit * (30 * Day / Visits));
        int[] of = [.. visits.Select(_ => random.NextInt32(Users))];
        ParquetFiles.Write(
            Path.Combine(folder, "visits.parquet"),
            new ParquetColumn.Text("visit_id", [.. visits.Select(static v => $"v{v}")]),
            new ParquetColumn.Instant("at", [.. visits.Select(At)]),
            new ParquetColumn.Text("user_id", [.. visits.Select(v => $"u{of[v]}")]),
            new ParquetColumn.Text("device", [.. visits.Select(static v => $"d{v % 4}")]));
        ParquetFiles.Write(
            Path.Combine(folder, "plays.parquet"),
            new ParquetColumn.Text("play_id", [.. plays.Select(static p => $"p{p}")]),
            new ParquetColumn.Text("visit_id", [.. plays.Select(static p => $"v{p / PlaysAVisit}")]),
            new ParquetColumn.Instant("at", [.. plays.Select(static p => At(p / PlaysAVisit) + 60_000_000)]),
            // few films are played by many, and each user likes a part of the catalogue
            new ParquetColumn.Text("movie_id", [.. plays.Select(p =>
                $"m{((random.NextInt32(1 + random.NextInt32(Films / 10)) * 10) + (of[p / PlaysAVisit] % 10)) % Films}")]),
            new ParquetColumn.Number("share", [.. plays.Select(_ => random.NextDouble())]));
    }

    private static VersionManifest Manifest(SystemDesign design) => new()
    {
        Version = 1,
        System = design.System,
        Goal = design.Goal,
        Created = DateTimeOffset.UnixEpoch,
        Command = "bench",
        LintelVersion = "0.0.0",
        DesignHash = design.Hash,
        DataFingerprint = "",
        Seed = 1,
        Split = new("", "", null, null, "", "", "", ""),
        Rows = new(0, 0, 0),
        Metrics = [],
        Files = [],
    };
}
