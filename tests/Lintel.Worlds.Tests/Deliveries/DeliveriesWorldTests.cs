using System.Security.Cryptography;
using Lintel.Worlds.Deliveries;

namespace Lintel.Worlds.Tests.Deliveries;

public sealed class DeliveriesWorldTests : IDisposable
{
    private static readonly DeliveriesOptions Small = new() { Days = 16, Stores = 60, Areas = 3, Orders = 300, Seed = 7 };

    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-world-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Same_seed_makes_the_same_bytes_and_another_seed_others()
    {
        var first = Digest(Make("a", Small));
        Digest(Make("b", Small)).ShouldBe(first);
        Digest(Make("c", Small with { Seed = 8 })).ShouldNotBe(first);
    }

    [Fact]
    public void Files_that_are_there_are_kept_and_other_options_make_them_anew()
    {
        DeliveriesWorld.Make(_folder, Small).Fresh.ShouldBeTrue();
        DeliveriesWorld.Make(_folder, Small).Fresh.ShouldBeFalse();
        DeliveriesWorld.Make(_folder, Small with { Days = 10 }).Fresh.ShouldBeTrue();
        Directory.GetFiles(Path.Combine(_folder, "delivered")).Length.ShouldBe(2);
        File.WriteAllText(Path.Combine(_folder, "truth", "world.json"), "{ cut sh");
        DeliveriesWorld.Make(_folder, Small with { Days = 10 }).Fresh.ShouldBeTrue();
    }

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
    public void Order_ends_before_the_day_on_which_it_is_served()
    {
        var today = new DateOnly(2026, 11, 21);
        DeliveriesWorld.Make(new(_folder, 1) { Today = today, Days = 2 }).Fresh.ShouldBeTrue();
        var there = DeliveriesWorld.ReadDescription(_folder)!.Options;
        (today.DayNumber - there.FirstDay.AddDays(there.Days).DayNumber).ShouldBeInRange(1, 7);
        DeliveriesWorld.Make(new(_folder, 1) { Today = today.AddDays(14), Days = 2 }).Fresh.ShouldBeFalse();
        WorldCatalogue.Find("delivery-eta").ShouldBeSameAs(DeliveriesWorld.World);
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

    private static string Digest(string folder) => Convert.ToHexString(SHA256.HashData([.. Directory
        .GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .SelectMany(f => SHA256.HashData(File.ReadAllBytes(f)))]));
}
