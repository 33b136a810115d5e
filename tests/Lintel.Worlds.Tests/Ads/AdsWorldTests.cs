using System.Text.Json;
using Lintel.Worlds.Ads;

namespace Lintel.Worlds.Tests.Ads;

public sealed class AdsWorldTests : IDisposable
{
    private static readonly AdsOptions Small = new() { Days = 16, Ads = 300, Users = 300, Seed = 7 };

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
            "ads.parquet", "clicks/2025-01-01.parquet", "clicks/2025-01-08.parquet", "clicks/2025-01-15.parquet", "impressions/2025-01-01.parquet",
            "impressions/2025-01-08.parquet", "impressions/2025-01-15.parquet", "requests/2025-01-01.parquet", "requests/2025-01-08.parquet",
            "requests/2025-01-15.parquet", "users.parquet",
        ]);
        foreach (var file in files)
        {
            var text = File.ReadAllText(Path.Combine(_folder, "events", file));
            foreach (var word in (string[])["quality", "bias", "chance"]) { text.ShouldNotContain(word); }
        }
        File.ReadAllText(Path.Combine(_folder, "events", "truth", "impressions.parquet")).ShouldContain("click_chance");
        File.ReadAllText(Path.Combine(_folder, "events", "truth", "parameters.json")).ShouldContain("siteCategory");
    }

    [Fact]
    public void Truth_states_the_drift_and_the_positions()
    {
        AdsWorld.Make(_folder, Small with { DriftAt = 0.5 });
        using (var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "truth", "world.json"))))
        {
            var drift = truth.RootElement.GetProperty("drifts")[0];
            drift.GetProperty("at").GetString().ShouldBe("2025-01-09");
            drift.GetProperty("how").GetString()!.ShouldContain("are clicked more than before");
            truth.RootElement.GetProperty("examined")[3].GetDouble().ShouldBe(0.5);
        }
        AdsWorld.Make(_folder, Small with { DriftAt = 1 });
        File.ReadAllText(Path.Combine(_folder, "truth", "world.json")).ShouldContain("\"drifts\": []");
    }

    [Fact]
    public void Truth_is_read_back_from_a_folder()
    {
        AdsWorld.Make(_folder, Small);
        var (read, drawn) = (AdsTruth.Read(_folder), AdsTruth.Of(Small));
        read.RequestCount.ShouldBe(drawn.RequestCount);
        read.BestPage(100, 4).ShouldBe(drawn.BestPage(100, 4));
        Should.Throw<InvalidDataException>(() => AdsTruth.Read(Path.Combine(_folder, "none"))).Message.ShouldContain("holds no ads world");
    }

    [Fact]
    public void Default_world_has_the_size_that_is_promised()
    {
        var (started, processor) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime);
        var truth = AdsTruth.Of(new());
        // other tests run beside, so bounds are wide: alone it allocates less than 1 GiB and takes 4 s
        (GC.GetTotalAllocatedBytes() - started).ShouldBeLessThan(8L << 30);
        (Environment.CpuUsage.TotalTime - processor).ShouldBeLessThan(TimeSpan.FromSeconds(120));
        truth.ImpressionCount.ShouldBeInRange(2_400_000, 2_700_000);
        truth.Score(22, 28, isWithinHalfHour: true).Clicks.ShouldBeGreaterThan(60_000);
    }

    [Fact]
    public void Options_out_of_range_are_all_named()
    {
        var fault = Should.Throw<ArgumentException>(() => AdsWorld.Make(_folder, Small with { Days = 1, Pool = 3 }));
        fault.Message.ShouldContain("Days is 1, expected 2 to 366");
        fault.Message.ShouldContain("Pool is 3, expected more than the number of places, at most 30");
    }

    [Fact]
    public void Catalogue_knows_the_world_by_its_system() => WorldCatalogue.Find("ad-click").ShouldBeSameAs(AdsWorld.World);

    [Fact]
    public void Calendar_moves_by_whole_weeks_and_stays_for_four()
    {
        var today = new DateOnly(2026, 3, 1);
        string At(int later) => AdsWorld.World.Make(new(_folder, 5) { Days = 2, Today = today.AddDays(later) }).Summary;
        var first = At(0);
        var last = DateOnly.Parse(first.Split(" to ")[1]);
        last.AddDays(-1).DayOfWeek.ShouldBe(new AdsOptions().FirstDay.DayOfWeek);
        (today.DayNumber - last.DayNumber).ShouldBeInRange(3, 9);
        At(10).ShouldBe(first);
        At(40).ShouldNotBe(first);
    }

    private string Make(string name, AdsOptions options) => AdsWorld.Make(Path.Combine(_folder, name), options).Folder;
}
