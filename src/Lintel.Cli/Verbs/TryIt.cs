using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lintel.Pipeline.Versions;

namespace Lintel.Cli.Verbs;

/// <summary>Requests that work, made from what the design's decided event looks like.</summary>
internal static class TryIt
{
    private const string Id = "try-1";

    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line for a shell each, in the order in which they are sent: what the decision is about, then the decision.</summary>
    public static IEnumerable<string> Lines(DecisionForm form, string address)
    {
        JsonObject? above = null;
        foreach (var subject in form.Subjects)
        {
            above = Body(new() { ["event"] = subject.Event, ["id"] = Id }, subject.Fields, above);
            yield return Line($"{address}/v1/events", above);
        }
        yield return Line($"{address}/v1/decide?explain=true", Body(new() { ["id"] = Id }, form.Fields, above));
    }

    private static JsonObject Body(JsonObject body, IReadOnlyList<FormField> fields, JsonObject? above)
    {
        if (above is not null) { body["about"] = Id; }
        foreach (var field in fields) { body[field.Name] = field.Same is { } same ? above![same]!.DeepClone() : Value(field); }
        return body;
    }

    /// <summary>A request whose body stands between single quotes.</summary>
    private static string Line(string address, JsonObject body) =>
        $"curl -s '{address}' -d '{body.ToJsonString(OneLine).Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static JsonNode? Value(FormField field) => field switch
    {
        { Example: "" } => null,
        { Type: "number" } when double.TryParse(field.Example, out var number) => number,
        { Type: "bool" } => field.Example == "true",
        _ => field.Example,
    };
}
