using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lintel.Training.Report;

namespace Lintel.Cli.Verbs;

/// <summary>A request that works, made from what the design's decided event looks like.</summary>
internal static class TryIt
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>One line of JSON that stands between single quotes in a shell.</returns>
    public static string Body(DecisionForm form)
    {
        var body = new JsonObject { ["id"] = "try-1" };
        foreach (var field in form.Fields) { body[field.Name] = Value(field); }
        return body.ToJsonString(OneLine).Replace("'", "'\\''", StringComparison.Ordinal);
    }

    private static JsonNode Value(FormField field) => field.Type switch
    {
        "number" when double.TryParse(field.Example, out var number) => number,
        "bool" => field.Example == "true",
        _ => field.Example,
    };
}
