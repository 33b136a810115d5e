using System.Text.RegularExpressions;

namespace Lintel.Cli.Tests.House;

/// <summary>What holds for every file that people wrote.</summary>
public sealed class SourceTests
{
    [Fact]
    public void No_file_names_a_path_of_one_machine()
    {
        // put together, so that this file does not name one itself
        var path = new Regex("(?<![\\w.~$}-])/(" + string.Join('|', "home", "work", "root", "Users", "farm") + ")/[\\w.]");
        foreach (var file in Written().Where(static f => Path.GetFileName(f) != "package-lock.json"))
        {
            foreach (var (line, number) in File.ReadLines(file).Select(static (l, i) => (l, i + 1)))
            {
                path.IsMatch(line).ShouldBeFalse($"{Checkout.Relative(file)}:{number}: {line.Trim()}");
            }
        }
    }

    [Fact]
    public void No_source_file_grows_past_400_lines()
    {
        foreach (var file in Checkout.Files("src", ".cs"))
        {
            File.ReadLines(file).Count().ShouldBeLessThanOrEqualTo(400, $"{Checkout.Relative(file)}: look for the second idea inside");
        }
    }

    [Theory]
    [InlineData("DateTime" + ".Now")]
    [InlineData("DateTime" + ".UtcNow")]
    [InlineData("DateTimeOffset" + ".UtcNow")]
    [InlineData("DateTimeOffset" + ".Now")]
    [InlineData("Random" + ".Shared")]
    [InlineData("new " + "Random(")]
    [InlineData("Thread" + ".Sleep")]
    [InlineData("NotImplemented" + "Exception")]
    [InlineData("TO" + "DO")]
    public void No_source_file_uses(string banned)
    {
        foreach (var file in Checkout.Files("src", ".cs"))
        {
            File.ReadAllText(file).Contains(banned, StringComparison.Ordinal).ShouldBeFalse($"{Checkout.Relative(file)} uses {banned}");
        }
    }

    [Fact]
    public void Lock_files_name_no_registry()
    {
        File.ReadAllText(Checkout.PathOf("native", "package-lock.json")).ShouldNotContain("\"resolved\"");
    }

    private static IEnumerable<string> Written() =>
        new[] { "src", "tests", "systems", "docs", "native", "bench" }
            .Where(static folder => Directory.Exists(Checkout.PathOf(folder)))
            .SelectMany(static folder => Checkout.Files(folder, ".cs", ".csproj", ".json", ".yaml", ".md", ".sh", ".html", ".js", ".css", ".props"))
            .Concat(Directory.EnumerateFiles(Checkout.Root).Where(static f => Path.GetExtension(f) is ".md" or ".props" or ".slnx" or ""));
}
