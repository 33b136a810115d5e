using System.Globalization;
using System.Text;
using Lintel.Decisions.Pages;
using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Batch;
using Lintel.Pipeline.Versions;
using Lintel.Retrieval.Sources;
using Lintel.Training.Fitting;
using Lintel.Training.Metrics;
using Lintel.Training.Ranking;

namespace Lintel.Server.Tests.Batch;

/// <summary>A workspace of a small cinema: users who come every few hours and play films of the genre that they like; a version that
/// was trained on it and serves.</summary>
internal sealed class TrainedMovies : IDisposable
{
    internal const int Users = 2_300, Films = 60, Take = 5;

    private const string Design = """
        lintel: 1
        system: cinema
        goal: Fill a page with films that each visitor will play.
        catalogues:
          movie: { source: movies.csv, key: movie, from: released, until: until, fields: { genre: text, year: number } }
        events:
          visit: { source: visits.csv, id: visit, time: at, keys: { user: user }, fields: { device: text } }
          play: { source: plays.csv, id: play, about: visit by visit, time: at, known: at + 1h, keys: { movie: movie }, fields: { share: number } }
        decision: { each: visit, kind: ranking, of: movie, label: play.share >= 0.5 }
        split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 2h }
        candidates:
          trending: { kind: popular, from: play, over: 7d, take: 20 }
          fresh: { kind: newest, take: 10 }
        features:
          plays_7d: count(play) by movie over 7d
          user_plays: count(play) by user over 30d
          year: movie.year
          trending: trending.score
        models:
          rank: { kind: logistic }
        evaluate:
          metrics: [ndcg@10]
          baselines: [random, popular]
        policy:
          - drop if movie.year < 1970
          - explore 10% among 10
          - price second of movie.year by trending, reserve 3
          - take 5
        serve: { mode: batch, every: 1d, then: online rescoring, on failure: trending }
        """;

    internal TrainedMovies(string? serve = null)
    {
        var folder = Workspace.Folder;
        File.WriteAllText(Path.Combine(folder, "design.yaml"), serve is null ? Design : $"{Design[..Design.IndexOf("serve:", StringComparison.Ordinal)]}serve: {serve}\n");
        WriteFiles(folder);
        TrainingRun.Run(new()
        {
            DesignPath = Path.Combine(folder, "design.yaml"),
            Workspace = Workspace,
            Kinds = Kinds,
            Command = "test",
            Clock = TimeProvider.System,
            Threads = 1,
        }).Manifest.Version.ShouldBe(1);
        new LiveReference(1, DateTimeOffset.UnixEpoch, "a test", "because").Write(Workspace);
    }

    internal static DateTime Start { get; } = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    internal Workspace Workspace { get; } = new(Directory.CreateTempSubdirectory("lintel-cinema-").FullName);

    internal static KindRegistry Kinds { get; } = new(
        [.. ModelKinds.Kinds, .. MetricKinds.Kinds, .. RankingMetricKinds.Kinds, .. PageStepKinds.Kinds, .. CandidateKinds.Kinds]);

    internal BatchRequest Request(string? folder = null) => new()
    {
        Workspace = Workspace,
        Kinds = Kinds,
        Version = 1,
        Folder = folder,
        Clock = TimeProvider.System,
        Workers = 2,
    };

    internal string Out(string name) => Path.Combine(Workspace.Folder, name);

    public void Dispose() => Directory.Delete(Workspace.Folder, recursive: true);

    private static void WriteFiles(string folder)
    {
        var random = new RandomStream(5);
        var movies = new StringBuilder("movie,genre,year,released,until\n");
        for (var m = 0; m < Films; m++)
        {
            // every tenth is old enough to be dropped; film 7 goes in summer
            var (year, until) = (m % 10 == 9 ? 1950 : 1990 + (m % 30), m == 7 ? "2026-06-01T00:00:00" : "");
            movies.Append(CultureInfo.InvariantCulture, $"m{m},g{m % 3},{year},{Start.AddDays(-100 + m):s},{until}\n");
        }
        var (visits, plays) = (new StringBuilder("visit,at,user,device\n"), new StringBuilder("play,visit,at,movie,share\n"));
        for (var v = 0; v < 2 * Users; v++)
        {
            var (user, at) = (v % Users, Start.AddMinutes(10 * v));
            visits.Append(CultureInfo.InvariantCulture, $"v{v},{at:s},u{user},tv\n");
            var movie = (3 * random.NextInt32(1 + random.NextInt32(Films / 3))) + (user % 3);
            plays.Append(CultureInfo.InvariantCulture, $"p{v},v{v},{at.AddMinutes(2):s},m{movie},{(random.NextDouble() < 0.7 ? 0.9 : 0.1)}\n");
        }
        File.WriteAllText(Path.Combine(folder, "movies.csv"), movies.ToString());
        File.WriteAllText(Path.Combine(folder, "visits.csv"), visits.ToString());
        File.WriteAllText(Path.Combine(folder, "plays.csv"), plays.ToString());
    }
}
