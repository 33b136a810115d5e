using System.Security.Cryptography;

namespace Lintel.Worlds.Tests;

/// <summary>What must hold of every world of the catalogue.</summary>
public sealed class WorldConformanceTests : IDisposable
{
    private const int Days = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-world-").FullName;

    public static TheoryData<string> Systems => [.. WorldCatalogue.All.Select(static w => w.System)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, MemberData(nameof(Systems))]
    public void Same_seed_makes_the_same_bytes_and_another_seed_others(string system)
    {
        string Made(string name, ulong seed) => Digest(Make(system, new(Path.Combine(_folder, name), seed) { Days = Days }).Folder);
        var first = Made("a", 7);
        first.Split('\n').Length.ShouldBeGreaterThan(1);
        Made("b", 7).ShouldBe(first);
        Made("c", 8).ShouldNotBe(first);
    }

    [Theory, MemberData(nameof(Systems))]
    public void Files_that_are_there_are_kept_and_other_options_make_them_anew(string system)
    {
        WorldMade Made(int days) => Make(system, new(_folder, 7) { Days = days });
        var first = Made(Days);
        first.Fresh.ShouldBeTrue();
        Made(Days).ShouldBe(first with { Fresh = false });
        Made(Days - 1).Fresh.ShouldBeTrue();
        File.WriteAllText(Path.Combine(_folder, "truth", "world.json"), "{ cut sh");
        Made(Days - 1).Fresh.ShouldBeTrue();
        var events = Directory.GetDirectories(_folder).First(static d => Path.GetFileName(d) != "truth");
        Directory.Delete(events, recursive: true);
        Made(Days - 1).Fresh.ShouldBeTrue();
        Directory.Exists(events).ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Systems))]
    public void Calendar_ends_before_today_moves_by_whole_weeks_and_stays_for_four(string system)
    {
        var today = new DateOnly(2026, 3, 1);
        DateOnly Last(DateOnly day) => DateOnly.Parse(
            Make(system, new(_folder, 5) { Days = Days, Today = day }).Summary.Split(" to ")[1][..10]);
        var first = Last(today);
        (today.DayNumber - first.DayNumber).ShouldBeInRange(2, 14);
        Last(today.AddDays(10)).ShouldBe(first);
        var moved = Last(today.AddDays(40)).DayNumber - first.DayNumber;
        moved.ShouldBeGreaterThan(0);
        (moved % 7).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Systems))]
    public void Catalogue_finds_it_by_its_system(string system) => WorldCatalogue.Find(system).ShouldNotBeNull().System.ShouldBe(system);

    private static WorldMade Make(string system, WorldOrder order) => WorldCatalogue.Find(system)!.Make(order);

    private static string Digest(string folder) => string.Join('\n',
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => Path.GetRelativePath(folder, f) + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))));
}
