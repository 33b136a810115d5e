using System.Text.Json;
using Lintel.Worlds.Movies;

namespace Lintel.Worlds.Tests.Movies;

public sealed class MoviesWorldTests : IDisposable
{
    private static readonly MoviesOptions Small = new() { Days = 40, Films = 200, Users = 150, Seed = 7 };

    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-world-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_stand_where_the_design_reads_them_and_hold_no_truth()
    {
        Make("events", Small);
        var files = Directory.GetFiles(Path.Combine(_folder, "events"), "*.parquet", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Path.Combine(_folder, "events"), f)).Where(static f => !f.StartsWith("truth", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        files.ShouldBe(
        [
            "impressions/2025-01.parquet", "impressions/2025-02.parquet", "movies.parquet", "plays/2025-01.parquet", "plays/2025-02.parquet",
            "users.parquet", "visits/2025-01.parquet", "visits/2025-02.parquet",
        ]);
        foreach (var file in files)
        {
            var text = File.ReadAllText(Path.Combine(_folder, "events", file));
            foreach (var word in (string[])["quality", "fame", "factor", "work"]) { text.ShouldNotContain(word); }
        }
        File.ReadAllText(Path.Combine(_folder, "events", "truth", "movies.parquet")).ShouldContain("quality");
    }

    [Fact]
    public void Truth_states_the_drift_and_the_places()
    {
        MoviesWorld.Make(_folder, Small with { DriftAt = 0.5 });
        using var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "truth", "world.json")));
        var drift = truth.RootElement.GetProperty("drifts")[0];
        drift.GetProperty("at").GetString().ShouldBe("2025-01-21");
        drift.GetProperty("how").GetString()!.ShouldContain("come into fashion");
        truth.RootElement.GetProperty("examined")[3].GetDouble().ShouldBe(0.5);
        truth.RootElement.GetProperty("impressions").GetInt32().ShouldBe(10 * truth.RootElement.GetProperty("visits").GetInt32());
    }

    [Fact]
    public void Truth_is_read_back_from_a_folder()
    {
        MoviesWorld.Make(_folder, Small);
        var (read, drawn) = (MoviesTruth.Read(_folder), MoviesTruth.Of(Small));
        read.VisitCount.ShouldBe(drawn.VisitCount);
        read.BestPage(100, 5).ShouldBe(drawn.BestPage(100, 5));
        Should.Throw<InvalidDataException>(() => MoviesTruth.Read(Path.Combine(_folder, "none"))).Message.ShouldContain("holds no movies world");
    }

    [Fact]
    public void Default_world_has_the_size_that_is_promised()
    {
        var made = MoviesWorld.Make(_folder, new());
        made.Records.ShouldBeInRange(350_000, 700_000);
        made.Summary.ShouldContain(" visits of 5,000 users, ");
        made.Summary.ShouldEndWith("2025-01-01 to 2025-03-01");
    }

    [Fact]
    public void Options_out_of_range_are_all_named()
    {
        var fault = Should.Throw<ArgumentException>(() => MoviesWorld.Make(_folder, Small with { Days = 1, Pool = 3 }));
        fault.Message.ShouldContain("Days is 1, expected 2 to 3,660");
        fault.Message.ShouldContain("Pool is 3, expected the number of places to 25");
    }

    [Fact]
    public void Catalogue_knows_the_world_by_its_system() =>
        WorldCatalogue.Find("recommendations").ShouldBeSameAs(MoviesWorld.World);

    [Fact]
    public void Calendar_moves_by_whole_weeks_and_stays_for_four()
    {
        var today = new DateOnly(2026, 3, 1);
        string At(int later) => MoviesWorld.World.Make(new(_folder, 5) { Days = 5, Today = today.AddDays(later) }).Summary;
        var first = At(0);
        var last = DateOnly.Parse(first.Split(" to ")[1]);
        last.AddDays(-4).DayOfWeek.ShouldBe(new MoviesOptions().FirstDay.DayOfWeek);
        (today.DayNumber - last.DayNumber).ShouldBeInRange(2, 8);
        At(10).ShouldBe(first);
        At(40).ShouldNotBe(first);
    }

    private string Make(string name, MoviesOptions options) => MoviesWorld.Make(Path.Combine(_folder, name), options).Folder;
}
