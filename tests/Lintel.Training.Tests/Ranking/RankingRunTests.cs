using System.Globalization;
using System.Text;
using Lintel.Decisions.Pages;
using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Versions;
using Lintel.Retrieval.Sources;
using Lintel.Training.Fitting;
using Lintel.Training.Metrics;
using Lintel.Training.Ranking;

namespace Lintel.Training.Tests.Ranking;

/// <summary>A ranking from its files to a version: visitors who each like a third of the films, shown three films drawn at
/// random.</summary>
public sealed class RankingRunTests : IDisposable
{
    private const int Users = 60, Films = 12, Visits = 4_000, Places = 3;

    private const string Design = """
        lintel: 1
        system: cinema
        goal: Show three films that the visitor will like.
        catalogues:
          movie: { source: movies.csv, key: movie, fields: { genre: text } }
        events:
          visit: { source: visits.csv, id: visit, time: at, keys: { user: user } }
          impression: { source: impressions.csv, id: impression, about: visit by visit, time: at, keys: { movie: movie }, fields: { position: number, propensity: number } }
          like: { source: likes.csv, about: impression by impression, time: at }
        decision: { each: visit, kind: ranking, of: movie, shown: impression, label: like within 30m }
        split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 1h }
        candidates:
          similar: { kind: item-to-item, from: like, known: offered, take: 12 }
          trending: { kind: popular, from: like, over: 7d, known: offered, take: 12 }
        features:
          similar: similar.score
          likes: count(like) by user, movie
          shown: count(impression) by user, movie
          rate: likes / shown
        models:
          rank: { kind: xgboost, objective: lambdarank, trees: 20, depth: 3 }
        evaluate:
          metrics: [ndcg@3, hit-rate@3, coverage@3]
          baselines: [random, popular]
        policy:
          - take 3
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-ranking-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Pages_are_judged_beside_their_sources_and_by_what_was_shown()
    {
        WriteFiles(propensity: 1.0 / Films);

        var manifest = Train("first");

        manifest.Metrics["ndcg@3"].Test!.Value.ShouldBeGreaterThan(manifest.Gains.Single(static g => g is { Metric: "ndcg@3", Beside: "random" }).Value!.Value);
        manifest.Retrieval.Select(static r => r.Source).ShouldBe(["similar", "trending", "union"]);
        manifest.Rows.Test.ShouldBeInRange(800, 1_100);
        var answer = manifest.OffPolicy.ShouldNotBeNull();
        answer.Refusal.ShouldBeNull();
        answer.Exposures.ShouldBe(manifest.Rows.Test * Places);
        // who likes four of twelve films likes 0.8 of those and 0.05 of the others
        answer.Logged.ShouldBe(0.9, 0.1);
        foreach (var estimate in answer.Estimates)
        {
            estimate.Interval[0].ShouldBeGreaterThan(answer.Logged);
            estimate.Interval[1].ShouldBeGreaterThan(2.2);
            estimate.Value.ShouldBeLessThan(2.8);
        }
    }

    [Fact]
    public void Same_files_and_seed_make_the_same_version()
    {
        WriteFiles(propensity: 1.0 / Films);

        var (first, second) = (Train("one"), Train("two"));

        second.Metrics["ndcg@3"].Test.ShouldBe(first.Metrics["ndcg@3"].Test);
        second.Files.Where(static f => f.Key.StartsWith(VersionFiles.Judged, StringComparison.Ordinal))
            .ShouldBe(first.Files.Where(static f => f.Key.StartsWith(VersionFiles.Judged, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_log_that_never_explored_says_nothing_of_other_pages()
    {
        WriteFiles(propensity: 1);

        var answer = Train("sure").OffPolicy.ShouldNotBeNull();

        answer.Estimates.ShouldBeEmpty();
        answer.Refusal.ShouldNotBeNull().ShouldContain("never explores");
    }

    private VersionManifest Train(string workspace)
    {
        var design = Path.Combine(_folder, "design.yaml");
        File.WriteAllText(design, Design);
        return TrainingRun.Run(new()
        {
            DesignPath = design,
            Workspace = new(Path.Combine(_folder, workspace)),
            Kinds = new KindRegistry(
                [.. ModelKinds.Kinds, .. MetricKinds.Kinds, .. RankingMetricKinds.Kinds, .. PageStepKinds.Kinds, .. CandidateKinds.Kinds]),
            Command = "test",
            Clock = TimeProvider.System,
            Threads = 2,
        }).Manifest;
    }

    private void WriteFiles(double propensity)
    {
        var random = new RandomStream(11);
        var (movies, visits) = (new StringBuilder("movie,genre\n"), new StringBuilder("visit,at,user\n"));
        var (impressions, likes) = (new StringBuilder("impression,visit,at,movie,position,propensity\n"), new StringBuilder("impression,at\n"));
        for (var movie = 0; movie < Films; movie++) { movies.Append(CultureInfo.InvariantCulture, $"m{movie},g{movie % 3}\n"); }
        var order = Enumerable.Range(0, Films).ToArray();
        for (var visit = 0; visit < Visits; visit++)
        {
            var at = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(7 * visit);
            var user = random.NextInt32(Users);
            visits.Append(CultureInfo.InvariantCulture, $"v{visit},{at:O},u{user}\n");
            random.Shuffle<int>(order);
            for (var place = 0; place < Places; place++)
            {
                var id = $"v{visit}-{place}";
                impressions.Append(CultureInfo.InvariantCulture, $"{id},v{visit},{at.AddSeconds(1):O},m{order[place]},{place + 1},{propensity:R}\n");
                if (random.NextDouble() < (order[place] % 3 == user % 3 ? 0.8 : 0.05))
                {
                    likes.Append(CultureInfo.InvariantCulture, $"{id},{at.AddMinutes(2):O}\n");
                }
            }
        }
        foreach (var (name, text) in new[] { ("movies", movies), ("visits", visits), ("impressions", impressions), ("likes", likes) })
        {
            File.WriteAllText(Path.Combine(_folder, name + ".csv"), text.ToString());
        }
    }
}
