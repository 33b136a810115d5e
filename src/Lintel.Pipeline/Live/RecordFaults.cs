using System.Text;
using System.Text.Json;

namespace Lintel.Pipeline.Live;

/// <summary>What can be wrong with a record, in words. Cold: nothing here runs for a record that is right.</summary>
internal static class RecordFaults
{
    /// <summary>Pointer to a record's property; the record is the whole body when its index is negative.</summary>
    internal static string Pointer(int index, string name = "") =>
        (index < 0 ? "" : $"/{index}") + (name.Length == 0 ? "" : "/" + name);

    /// <summary>The fault of a body that is no JSON, with line and column counted from 1.</summary>
    internal static RequestFault Malformed(JsonException fault, bool isEmpty) => isEmpty
        ? new(RequestFault.Malformed, "", "the body is empty", "0 bytes", "a JSON object or array",
            "send the record as the body")
        : new(RequestFault.Malformed, "",
            $"the body is not JSON at line {(fault.LineNumber ?? 0) + 1}, byte {(fault.BytePositionInLine ?? 0) + 1}",
            fault.Message.Split(" LineNumber:")[0].Split(" Path:")[0], "a JSON object or array in UTF-8",
            "correct the JSON and send again");

    internal static RequestFault TooMany(int maxRecords) => new(RequestFault.TooLarge, "",
        "too many records in one request", $"more than {maxRecords}", $"at most {maxRecords}",
        "send them in several requests");

    internal static RequestFault NoObject(int index, ref Utf8JsonReader reader, RecordShapes shapes) => new(
        RequestFault.NotValid, Pointer(index), "a record is a JSON object", reader.TokenType.ToString(), "an object",
        $"send {{ {shapes.Decided.Expected} }}");

    internal static RequestFault NoSuchEvent(int index, ref Utf8JsonReader reader, RecordShapes shapes) => new(
        RequestFault.NotValid, Pointer(index, "event"), "no such event type", Got(ref reader), shapes.Names,
        "name an event of the design");

    internal static RequestFault EventNotSaid(int index, RecordShapes shapes) => new(RequestFault.NotValid,
        Pointer(index, "event"), "the record does not say its event type", "nothing", shapes.Names,
        "add \"event\": the name of an event of the design");

    internal static RequestFault Unreadable(int index, string name, ref Utf8JsonReader reader, string expected) => new(
        RequestFault.NotValid, Pointer(index, name), $"'{name}' cannot be read", Got(ref reader), expected,
        "correct the value; a value that is not known is null");

    internal static RequestFault UnreadableId(int index, string name, ref Utf8JsonReader reader, string expected) =>
        new(RequestFault.NotValid, Pointer(index, name), $"'{name}' cannot be read", Got(ref reader), expected,
            "give the id as a text or a whole number");

    internal static RequestFault Missing(int index, string name, RecordShape shape) => new(RequestFault.NotValid,
        Pointer(index, name), $"'{name}' is missing", "nothing", shape.Expected,
        $"add \"{name}\"; null where a value is not known");

    internal static RequestFault Unknown(int index, ref Utf8JsonReader reader, RecordShape shape)
    {
        var name = Encoding.UTF8.GetString(reader.ValueSpan);
        return new(RequestFault.NotValid, Pointer(index, name), $"event '{shape.Event.Name}' has no field '{name}'",
            Shorten(name), shape.Expected, "remove it, or add it to the design and train again");
    }

    internal static RequestFault Twice(int index, ref Utf8JsonReader reader)
    {
        var name = Encoding.UTF8.GetString(reader.ValueSpan);
        return new(RequestFault.NotValid, Pointer(index, name), $"'{name}' is given twice", "two values", "one value",
            "remove one");
    }

    internal static string Got(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => $"text \"{Shorten(Encoding.UTF8.GetString(reader.ValueSpan))}\"",
        JsonTokenType.Null => "null",
        _ => Shorten(Encoding.UTF8.GetString(reader.ValueSpan)),
    };

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
