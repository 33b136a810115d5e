using System.Text.Json;
using Lintel.Cli.Tests.House;
using Lintel.Design.Reference;

namespace Lintel.Cli.Tests.Reference;

/// <summary>Pages that need every kind of the composition root, generated and committed. To write them anew:
/// <c>LINTEL_UPDATE=1 dotnet test tests/Lintel.Cli.Tests --filter GeneratedPages</c>.</summary>
public sealed class GeneratedPagesTests
{
    private static readonly Dictionary<string, Func<string>> Pages = new()
    {
        ["docs/reference/lintel.schema.json"] = static () => JsonSchema.Generate(Composition.Kinds),
        ["docs/reference/design-file.md"] = static () => DesignReference.Generate(Composition.Kinds),
    };

    public static TheoryData<string> Names() => [.. Pages.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_is_what_the_code_says(string name)
    {
        var path = Checkout.PathOf(name);
        var said = Pages[name]().ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("LINTEL_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, said);
        }
        File.Exists(path).ShouldBeTrue($"{name} is not there; write it with LINTEL_UPDATE=1");
        File.ReadAllText(path).ShouldBe(said, $"{name} is not current; write it anew with LINTEL_UPDATE=1");
    }

    [Fact]
    public void Schema_is_json_and_knows_the_kinds_of_the_root()
    {
        var text = JsonSchema.Generate(Composition.Kinds);
        JsonDocument.Parse(text).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
        text.ShouldContain("xgboost");
        text.ShouldContain("logistic");
    }
}
