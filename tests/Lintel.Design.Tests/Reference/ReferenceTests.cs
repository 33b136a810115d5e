using System.Runtime.CompilerServices;
using System.Text.Json;
using Lintel.Design.Expressions;
using Lintel.Design.Kinds;
using Lintel.Design.Reference;

namespace Lintel.Design.Tests.Reference;

public sealed class ReferenceTests
{
    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));

    /// <summary>When this fails after a change of the language, write the page anew: LINTEL_UPDATE=1 and run this test.</summary>
    [Fact]
    public void The_expression_reference_is_current()
    {
        var path = Path.Combine(Root(), "docs/reference/expressions.md");
        if (Environment.GetEnvironmentVariable("LINTEL_UPDATE") == "1") { File.WriteAllText(path, ExpressionReference.Generate()); }
        File.ReadAllText(path).ShouldBe(ExpressionReference.Generate());
    }

    [Fact]
    public void The_expression_reference_names_every_function_and_aggregate()
    {
        var page = ExpressionReference.Generate();
        foreach (var function in Functions.All) { page.ShouldContain($"| `{function.Name}("); }
        foreach (var kind in Enum.GetNames<AggregateKind>()) { page.ShouldContain($"`{kind.ToLowerInvariant()}("); }
    }

    [Fact]
    public void The_design_reference_names_every_key_of_the_grammar_and_of_the_kinds()
    {
        var page = DesignReference.Generate(TestKinds.All);
        foreach (var key in new[] { "requirements", "p99", "about", "let through", "min child weight", "negatives", "gates", "because" }) { page.ShouldContain(key); }
        page.ShouldContain("| `rows` | a percentage such as 80%, 1% to 100% | Share of the rows that each tree sees. Default: 100%. |");
        page.ShouldContain("| `ENTITY-precision` |");
        page.ShouldContain("### Model kind xgboost");
        page.ShouldEndWith("\n");
    }

    [Fact]
    public void The_schema_says_what_the_binder_reads()
    {
        using var schema = JsonDocument.Parse(JsonSchema.Generate(TestKinds.All));
        var root = schema.RootElement;
        root.GetProperty("$schema").GetString().ShouldBe("https://json-schema.org/draft/2020-12/schema");
        root.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
        root.GetProperty("required").EnumerateArray().Select(e => e.GetString()).ShouldBe(
            ["lintel", "system", "goal", "events", "decision", "split", "features", "models", "evaluate"]);
        var models = root.GetProperty("properties").GetProperty("models").GetProperty("patternProperties").EnumerateObject().Single().Value;
        var trees = models.GetProperty("oneOf").EnumerateArray().Single(k => k.GetProperty("properties").GetProperty("kind").GetProperty("enum")[0].GetString() == "xgboost");
        trees.GetProperty("properties").GetProperty("depth").GetProperty("maximum").GetDouble().ShouldBe(30);
        trees.GetProperty("properties").GetProperty("tune").GetProperty("properties").GetProperty("trees").GetProperty("type").GetString().ShouldBe("array");
    }

    [Fact]
    public void A_parameter_of_a_type_that_no_file_can_hold_is_a_fault_of_the_program() =>
        Should.Throw<InvalidOperationException>(() => JsonSchema.Generate(new([new(KindFamily.Model, "odd", typeof(Odd), "Odd.")])))
            .Message.ShouldContain("Odd.Value has type System.Object; a design file holds");

    internal sealed record Odd
    {
        [Parameter("Anything.")]
        public object? Value { get; init; }
    }
}
