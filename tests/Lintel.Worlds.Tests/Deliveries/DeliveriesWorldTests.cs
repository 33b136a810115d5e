using System.Text.Json;
using Lintel.Worlds.Deliveries;

namespace Lintel.Worlds.Tests.Deliveries;

public sealed class DeliveriesWorldTests : IDisposable
{
    private static readonly DeliveriesOptions Small = new() { Days = 16, Stores = 60, Areas = 3, Orders = 300, Seed = 7 };

    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-world-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_stand_where_the_design_reads_them_and_hold_no_truth()
    {
        var made = Make("events", Small with { Days = 7 });
        Directory.GetFiles(made, "*.parquet", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(made, f))
            .Where(static f => !f.StartsWith("truth", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ShouldBe(
            [
                "accepted/2025-02-17.parquet", "asks/2025-02-17.parquet", "cancelled/2025-02-17.parquet", "delivered/2025-02-17.parquet",
                "orders/2025-02-17.parquet", "picked_up/2025-02-17.parquet", "stores.parquet",
            ]);
        File.ReadAllText(Path.Combine(made, "stores.parquet")).ShouldNotContain("kitchen");
        File.ReadAllText(Path.Combine(made, "truth", "stores.parquet")).ShouldContain("kitchen");
    }

    [Fact]
    public void Default_world_has_the_size_that_is_promised()
    {
        var made = DeliveriesWorld.Make(_folder, new());
        made.Records.ShouldBeInRange(420_000, 580_000);
        made.Summary.ShouldContain(" orders of 300 stores, ");
        made.Summary.ShouldEndWith("2025-02-17 to 2025-03-23");
    }

    [Fact]
    public void Truth_states_the_roadworks()
    {
        DeliveriesWorld.Make(_folder, Small with { DriftAt = 0.5 });
        using (var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "truth", "world.json"))))
        {
            var drift = truth.RootElement.GetProperty("drifts")[0];
            drift.GetProperty("at").GetString().ShouldBe("2025-02-25");
            drift.GetProperty("how").GetString().ShouldBe("roadworks in area 2: drives take 35% longer");
        }
        DeliveriesWorld.Make(_folder, Small with { DriftAt = 1 });
        File.ReadAllText(Path.Combine(_folder, "truth", "world.json")).ShouldContain("\"drifts\": []");
    }

    [Fact]
    public void Options_out_of_range_are_all_named()
    {
        var fault = Should.Throw<ArgumentException>(() => DeliveriesWorld.Make(_folder, Small with { Days = 1, Zone = "Mars/Crater" }));
        fault.Message.ShouldContain("Days is 1, expected 2 to 366");
        fault.Message.ShouldContain("Zone is Mars/Crater, expected an IANA name");
    }

    private string Make(string name, DeliveriesOptions options)
    {
        var folder = Path.Combine(_folder, name);
        DeliveriesWorld.Make(folder, options);
        return folder;
    }
}
