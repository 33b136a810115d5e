using Lintel.Worlds.Queries;

namespace Lintel.Worlds.Tests.Queries;

public sealed class QueriesWorldTests : IDisposable
{
    private static readonly QueriesOptions Small = new() { Days = 10, Documents = 800, Queries = 120, Searches = 200, Seed = 7 };

    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-world-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_stand_where_the_design_reads_them_and_hold_no_truth()
    {
        QueriesWorld.Make(_folder, Small with { Days = 7 });
        Directory.GetFiles(_folder, "*.parquet", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_folder, f))
            .Where(static f => !f.StartsWith("truth", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ShouldBe(
            [
                "clicks/2025-05-05.parquet", "documents.parquet", "impressions/2025-05-05.parquet", "purchases/2025-05-05.parquet",
                "searches/2025-05-05.parquet",
            ]);
        var documents = File.ReadAllText(Path.Combine(_folder, "documents.parquet"));
        foreach (var hidden in new[] { "quality", "family", "grade" }) { documents.ShouldNotContain(hidden); }
        File.ReadAllText(Path.Combine(_folder, "truth", "documents.parquet")).ShouldContain("quality");
    }

    [Fact]
    public void Default_world_has_the_size_that_is_promised()
    {
        var made = QueriesWorld.Make(_folder, new());
        var description = QueriesWorld.ReadDescription(_folder).ShouldNotBeNull();
        description.Searches.ShouldBeInRange(180_000, 225_000);
        description.Examined[0].ShouldBe(1);
        description.Attractive[4].ShouldBe(0.67, 1e-9);
        made.Summary.ShouldContain(" searches by 5,000 queries, ");
        made.Summary.ShouldEndWith("2025-05-05 to 2025-06-18");
        description.Drifts[0].At.ShouldBe(new DateOnly(2025, 6, 10));
    }

    [Fact]
    public void Options_out_of_range_are_all_named()
    {
        var fault = Should.Throw<ArgumentException>(() => QueriesWorld.Make(_folder, Small with { Days = 1, Pool = 3 }));
        fault.Message.ShouldContain("search world: Days is 1, expected 2 to 730");
        fault.Message.ShouldContain("Pool is 3, expected the number of places to 100");
        Should.Throw<InvalidDataException>(() => QueriesTruth.Read(_folder)).Message.ShouldContain("holds no search world");
    }
}
