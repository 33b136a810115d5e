using System.Text;
using System.Text.Json;
using Lintel.Design;

namespace Lintel.Pipeline.Live;

/// <summary>Reads request bodies: one JSON object or an array of them, each a record. Collects every fault; with one,
/// no record counts.</summary>
internal static class RecordParser
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 8 };

    /// <summary>Reads a body into the batch.</summary>
    /// <param name="fallback">The type of an object that does not say <c>event</c>; null: each must say it.</param>
    /// <param name="maxRecords">More are refused.</param>
    internal static void Read(
        ReadOnlySpan<byte> body, RecordShapes shapes, RecordShape? fallback, int maxRecords, LiveRequest batch)
    {
        var reader = new Utf8JsonReader(body, Strict);
        try
        {
            if (!reader.Read()) { throw new JsonException("empty"); }
            batch.IsArray = reader.TokenType == JsonTokenType.StartArray;
            if (!batch.IsArray)
            {
                ReadOne(ref reader, shapes, fallback, batch, -1);
            }
            else
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (batch.Count == maxRecords)
                    {
                        batch.Faults.Add(new(RequestFault.TooLarge, "", "too many records in one request",
                            $"more than {maxRecords}",
                            $"at most {maxRecords}", "send them in several requests"));
                        return;
                    }
                    ReadOne(ref reader, shapes, fallback, batch, batch.Count);
                }
            }
            if (reader.Read()) { throw new JsonException("more than one value"); }
        }
        catch (JsonException fault)
        {
            batch.Faults.Clear();
            batch.Faults.Add(Malformed(fault, body.IsEmpty));
        }
        if (batch.Faults.Count == 0 && batch.Count == 0)
        {
            batch.Faults.Add(new(RequestFault.NotValid, "", "no record", "an empty array", "at least one record",
                "send a record"));
        }
    }

    /// <summary>The fault of a body that is no JSON, with line and column counted from 1.</summary>
    internal static RequestFault Malformed(JsonException fault, bool isEmpty) => isEmpty
        ? new(RequestFault.Malformed, "", "the body is empty", "0 bytes", "a JSON object or array",
            "send the record as the body")
        : new(RequestFault.Malformed, "",
            $"the body is not JSON at line {(fault.LineNumber ?? 0) + 1}, byte {(fault.BytePositionInLine ?? 0) + 1}",
            fault.Message.Split(" LineNumber:")[0].Split(" Path:")[0], "a JSON object or array in UTF-8",
            "correct the JSON and send again");

    private static void ReadOne(ref Utf8JsonReader reader, RecordShapes shapes, RecordShape? fallback,
        LiveRequest batch, int index)
    {
        var start = index < 0 ? "" : $"/{index}";
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            batch.Faults.Add(new(RequestFault.NotValid, start, "a record is a JSON object", reader.TokenType.ToString(),
                "an object", $"send {{ {shapes.Decided.Expected} }}"));
            reader.Skip();
            return;
        }
        var shape = FindShape(reader, shapes, fallback, start, batch.Faults);
        if (shape is null)
        {
            reader.Skip();
            return;
        }
        var record = batch.Add(shape.Event);
        var count = shape.Columns.Length;                      // id and about tell by themselves whether they were given
        Span<bool> given = count <= 256 ? stackalloc bool[256] : new bool[count];
        given = given[..count];
        given.Clear();
        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var column = FindColumn(ref reader, shape, next);
            if (column >= 0)
            {
                next = column + 1;
                if (given[column])
                {
                    Twice(ref reader, start, batch.Faults);
                    continue;
                }
                given[column] = true;
                ReadColumn(ref reader, shape, column, record, start, batch.Faults);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                ReadId(ref reader, record, isSubject: false, start, batch.Faults);
            }
            else if (shape.NeedsSubject && reader.ValueTextEquals("about"u8))
            {
                ReadId(ref reader, record, isSubject: true, start, batch.Faults);
            }
            else if (reader.ValueTextEquals("event"u8)) { reader.Skip(); }
            else { Unknown(ref reader, shape, start, batch.Faults); }
        }
        FindMissing(shape, record, given, start, batch.Faults);
    }

    /// <summary>The type that an object says it is; the reader is a copy and stays where it was.</summary>
    private static RecordShape? FindShape(
        Utf8JsonReader reader, RecordShapes shapes, RecordShape? fallback, string start, List<RequestFault> faults)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("event"u8))
            {
                reader.Skip();
                continue;
            }
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
            {
                foreach (var shape in shapes.All)
                {
                    if (reader.ValueTextEquals(shape.Name)) { return shape; }
                }
            }
            faults.Add(new(RequestFault.NotValid, start + "/event", "no such event type", Got(ref reader), shapes.Names,
                "name an event of the design"));
            return null;
        }
        if (fallback is null)
        {
            faults.Add(new(RequestFault.NotValid, start + "/event", "the record does not say its event type",
                "nothing", shapes.Names,
                "add \"event\": the name of an event of the design"));
        }
        return fallback;
    }

    private static int FindColumn(ref Utf8JsonReader reader, RecordShape shape, int next)
    {
        var names = shape.Names;
        if (next < names.Length && reader.ValueTextEquals(names[next])) { return next; }
        for (var c = 0; c < names.Length; c++)
        {
            if (reader.ValueTextEquals(names[c])) { return c; }
        }
        return -1;
    }

    private static void ReadColumn(
        ref Utf8JsonReader reader, RecordShape shape, int index, IncomingRecord record, string start,
        List<RequestFault> faults)
    {
        reader.Read();
        var column = shape.Columns[index];
        // when a record became known is the moment of its acceptance, whatever it says
        var fault = column.Kind == ColumnKind.Known ? null : RecordValues.Read(ref reader, column, index, record);
        if (fault is not null)
        {
            faults.Add(new(RequestFault.NotValid, $"{start}/{column.Name}", $"'{column.Name}' cannot be read",
                Got(ref reader), fault,
                "correct the value; a value that is not known is null"));
        }
        record.HasTime |= column.Kind == ColumnKind.Time;
        reader.Skip();
    }

    private static void ReadId(
        ref Utf8JsonReader reader, IncomingRecord record, bool isSubject, string start, List<RequestFault> faults)
    {
        reader.Read();
        Span<byte> text = stackalloc byte[RecordValues.MaxTextBytes];
        var fault = RecordValues.ReadText(ref reader, text, IdIndex.MaxIdBytes, isKey: true, out var length);
        if (fault is null && length > IdIndex.MaxIdBytes) { fault = $"at most {IdIndex.MaxIdBytes} bytes"; }
        var name = isSubject ? "about" : "id";
        if (fault is not null)
        {
            faults.Add(new(RequestFault.NotValid, $"{start}/{name}", $"'{name}' cannot be read", Got(ref reader), fault,
                "give the id as a text or a whole number"));
        }
        else if (isSubject) { record.SetSubject(text[..length]); }
        else { record.SetId(text[..length]); }
        reader.Skip();
    }

    private static void FindMissing(
        RecordShape shape, IncomingRecord record, ReadOnlySpan<bool> given, string start, List<RequestFault> faults)
    {
        // a value that was there and could not be read already has its fault
        for (var c = 0; c < shape.Columns.Length; c++)
        {
            if (shape.Needs(c) && !given[c]) { Missing(shape.Columns[c].Name); }
        }
        if (shape.NeedsId && !record.HasId && !Told("id")) { Missing("id"); }
        if (shape.NeedsSubject && record.Subject.IsEmpty && !Told("about")) { Missing("about"); }

        bool Told(string name) => faults.Exists(f => f.Pointer == $"{start}/{name}");

        void Missing(string name) => faults.Add(new(RequestFault.NotValid, $"{start}/{name}", $"'{name}' is missing",
            "nothing",
            shape.Expected, $"add \"{name}\"; null where a value is not known"));
    }

    private static void Unknown(ref Utf8JsonReader reader, RecordShape shape, string start, List<RequestFault> faults)
    {
        var name = Encoding.UTF8.GetString(reader.ValueSpan);
        faults.Add(new(RequestFault.NotValid, $"{start}/{name}", $"event '{shape.Event.Name}' has no field '{name}'",
            Shorten(name),
            shape.Expected, "remove it, or add it to the design and train again"));
        reader.Skip();
    }

    private static void Twice(ref Utf8JsonReader reader, string start, List<RequestFault> faults)
    {
        var name = Encoding.UTF8.GetString(reader.ValueSpan);
        faults.Add(new(RequestFault.NotValid, $"{start}/{name}", $"'{name}' is given twice", "two values",
            "one value", "remove one"));
        reader.Skip();
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
