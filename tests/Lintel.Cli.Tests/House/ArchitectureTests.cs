namespace Lintel.Cli.Tests.House;

public sealed class ArchitectureTests
{
    [Theory]
    [MemberData(nameof(ArrowTests.Projects), MemberType = typeof(ArrowTests))]
    public void Architecture_names_every_project(string project) =>
        File.ReadAllText(Checkout.PathOf("ARCHITECTURE.md")).ShouldContain($"### `src/{project}`");

    [Theory]
    [MemberData(nameof(ArrowTests.Projects), MemberType = typeof(ArrowTests))]
    public void Architecture_says_question_limit_and_invariant(string project)
    {
        var text = File.ReadAllText(Checkout.PathOf("ARCHITECTURE.md"));
        var start = text.IndexOf($"### `src/{project}`", StringComparison.Ordinal);
        var end = text.IndexOf("\n##", start + 4, StringComparison.Ordinal);
        var section = end < 0 ? text[start..] : text[start..end];
        foreach (var part in new[] { "**Question.**", "**Not for.**", "**Invariant.**" }) { section.ShouldContain(part); }
    }
}
