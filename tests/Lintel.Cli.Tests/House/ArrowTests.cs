using System.Xml.Linq;

namespace Lintel.Cli.Tests.House;

/// <summary>A project is a layer, and arrows run one way only.</summary>
public sealed class ArrowTests
{
    /// <summary>From the ground up; a project may see those before it.</summary>
    private static readonly string[] Line =
    [
        "Lintel.Native", "Lintel.Design", "Lintel.Numerics", "Lintel.Events", "Lintel.Features", "Lintel.Models", "Lintel.Retrieval",
        "Lintel.Decisions", "Lintel.Pipeline", "Lintel.Training", "Lintel.Monitoring", "Lintel.Server", "Lintel.Cli",
    ];

    /// <summary>The three at the ground stand side by side.</summary>
    private static readonly string[] Ground = ["Lintel.Native", "Lintel.Design", "Lintel.Numerics"];

    public static TheoryData<string> Projects() => [.. Directory.GetDirectories(Checkout.PathOf("src")).Select(static p => Path.GetFileName(p)!).Order()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_sees_only_what_stands_below_it(string project)
    {
        var seen = References(project);
        if (project == "Lintel.Worlds")
        {
            seen.ShouldBe(["Lintel.Events"]);
            return;
        }
        var place = Array.IndexOf(Line, project);
        place.ShouldBeGreaterThanOrEqualTo(0, $"{project} has no place in the line: DESIGN and ARCHITECTURE.md say where it stands, say it here too");
        foreach (var other in seen)
        {
            if (project == "Lintel.Cli" && other == "Lintel.Worlds") { continue; }
            var below = Ground.Contains(project) ? -1 : Array.IndexOf(Line, other);
            below.ShouldBeInRange(0, place - 1, $"{project} refers to {other}, which does not stand below it");
        }
    }

    [Fact]
    public void Every_project_of_the_house_is_in_the_solution()
    {
        var solution = File.ReadAllText(Checkout.PathOf("Lintel.slnx"));
        foreach (var project in Checkout.Files("src", ".csproj").Concat(Checkout.Files("tests", ".csproj")))
        {
            solution.ShouldContain(Checkout.Relative(project).Replace('\\', '/'));
        }
    }

    [Fact]
    public void Only_the_native_room_may_be_unsafe()
    {
        foreach (var project in Checkout.Files("src", ".csproj"))
        {
            var isNative = Path.GetFileNameWithoutExtension(project) == "Lintel.Native";
            File.ReadAllText(project).Contains("AllowUnsafeBlocks", StringComparison.Ordinal).ShouldBe(isNative, project);
        }
    }

    private static string[] References(string project) =>
    [
        .. XDocument.Load(Checkout.PathOf("src", project, $"{project}.csproj")).Descendants("ProjectReference")
            .Select(static r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))),
    ];
}
