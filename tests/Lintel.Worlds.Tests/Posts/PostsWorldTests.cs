using Lintel.Worlds.Posts;

namespace Lintel.Worlds.Tests.Posts;

public sealed class PostsWorldTests : IDisposable
{
    private static readonly PostsOptions Small = new() { Days = 10, Authors = 300, Posts = 200, Reviews = 60, Seed = 7 };

    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-world-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_stand_where_the_design_reads_them_and_hold_no_truth()
    {
        PostsWorld.Make(_folder, Small with { Days = 7 });
        Directory.GetFiles(_folder, "*.parquet", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_folder, f))
            .Where(static f => !f.StartsWith("truth", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ShouldBe(
            [
                "appeals/2025-03-03.parquet", "authors.parquet", "banned.parquet", "communities.parquet", "posts/2025-03-03.parquet",
                "removals/2025-03-03.parquet", "reports/2025-03-03.parquet", "rulings/2025-03-03.parquet", "verdicts/2025-03-03.parquet",
                "views/2025-03-03.parquet",
            ]);
        foreach (var told in new[] { "authors.parquet", "posts/2025-03-03.parquet" })
        {
            var text = File.ReadAllText(Path.Combine(_folder, told));
            foreach (var hidden in new[] { "brigade", "violator", "best_", "homonym" }) { text.ShouldNotContain(hidden); }
        }
        File.ReadAllText(Path.Combine(_folder, "truth", "posts.parquet")).ShouldContain("best_hate");
    }

    [Fact]
    public void Default_world_has_the_size_that_is_promised()
    {
        var made = PostsWorld.Make(_folder, new());
        var description = PostsWorld.ReadDescription(_folder).ShouldNotBeNull();
        description.Posts.ShouldBeInRange(180_000, 220_000);
        ((double)description.Violating / description.Posts).ShouldBeInRange(0.008, 0.012);
        made.Summary.ShouldContain(" posts of 6,000 authors, ");
        made.Summary.ShouldEndWith("2025-03-03 to 2025-05-01");
        description.Drifts.Select(static d => d.At).ShouldAllBe(static d => d == new DateOnly(2025, 3, 3).AddDays(51));
        // outsiders misjudge a dialect more often
        double Alarms(string dialect) => description.Errors.Single(e => e.Policy == "hate" && e.Dialect == dialect).FalseAlarms;
        Alarms("en harbour").ShouldBeGreaterThan(1.3 * Alarms("en standard"));
        PostsTruth.Read(_folder).PostCount.ShouldBe(description.Posts);
    }

    [Fact]
    public void Options_out_of_range_are_all_named()
    {
        var fault = Should.Throw<ArgumentException>(() => PostsWorld.Make(_folder, Small with { Days = 1, Prevalence = 0.5 }));
        fault.Message.ShouldContain("posts world: Days is 1, expected 2 to 730");
        fault.Message.ShouldContain("Prevalence is 0.5, expected 0.002 to 0.05");
        Should.Throw<InvalidDataException>(() => PostsTruth.Read(_folder)).Message.ShouldContain("holds no posts world");
    }
}
