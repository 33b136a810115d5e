using System.Text.Json;
using System.Text.Json.Nodes;
using Lintel.Design.Grammar;
using Lintel.Design.Kinds;

namespace Lintel.Design.Reference;

/// <summary>The JSON Schema (draft 2020-12) of the design file: what editors complete and check by. Made from the same
/// description that the binder reads by; names, types of expressions and everything between sections are the binder's
/// alone.</summary>
public static class JsonSchema
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema for the kinds that a program knows, ending in a line feed.</summary>
    public static string Generate(KindRegistry kinds)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Lintel design file",
        };
        foreach (var (name, value) in new DesignGrammar(kinds).Root.Schema()) { schema[name] = value?.DeepClone(); }
        return schema.ToJsonString(Format) + "\n";
    }
}
