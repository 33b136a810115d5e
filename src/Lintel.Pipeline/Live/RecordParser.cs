using System.Text.Json;

namespace Lintel.Pipeline.Live;

/// <summary>Reads request bodies: one JSON object, an array of them, or one a line (NDJSON). Collects every fault; with
/// one, no record counts.</summary>
internal static class RecordParser
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 8 };

    /// <summary>Reads a body into the batch.</summary>
    /// <param name="fallback">The type of an object that does not say <c>event</c>; null: each must say it.</param>
    /// <param name="maxRecords">More are refused.</param>
    /// <param name="asLines">The body is NDJSON, whatever it looks like; else it is when it shows.</param>
    internal static void Read(ReadOnlySpan<byte> body, RecordShapes shapes, RecordShape? fallback, int maxRecords,
        LiveRequest batch, bool asLines = false)
    {
        if (asLines || LooksLikeLines(body)) { ReadLines(body, shapes, fallback, maxRecords, batch); }
        else { ReadValue(body, shapes, fallback, maxRecords, batch); }
        if (batch.Faults.Count == 0 && batch.Count == 0)
        {
            batch.Faults.Add(new(RequestFault.NotValid, "", "no record", "nothing but white space or an empty array",
                "at least one record", "send a record"));
        }
    }

    /// <summary>Whether the first line is a whole object and there are more: an object over several lines does not end
    /// on its first.</summary>
    private static bool LooksLikeLines(ReadOnlySpan<byte> body)
    {
        body = Trim(body);
        if (body.IsEmpty || body[0] != (byte)'{') { return false; }
        var end = body.IndexOf((byte)'\n');
        return end > 0 && Trim(body[..end])[^1] == (byte)'}';
    }

    private static void ReadLines(ReadOnlySpan<byte> body, RecordShapes shapes, RecordShape? fallback, int maxRecords,
        LiveRequest batch)
    {
        batch.IsArray = batch.IsLines = true;
        for (var number = 1; !body.IsEmpty; number++)
        {
            var end = body.IndexOf((byte)'\n');
            var line = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            line = Trim(line);
            if (line.IsEmpty) { continue; }
            if (batch.Count == maxRecords)
            {
                batch.Faults.Add(RecordFaults.TooMany(maxRecords));
                return;
            }
            var (faults, records) = (batch.Faults.Count, batch.Count);
            var reader = new Utf8JsonReader(line, Strict);
            try
            {
                reader.Read();
                RecordReader.Read(ref reader, shapes, fallback, batch, -1);
                if (reader.Read()) { throw new JsonException("more than one value on the line"); }
            }
            catch (JsonException fault)
            {
                batch.Faults.RemoveRange(faults, batch.Faults.Count - faults);
                batch.Faults.Add(RecordFaults.Malformed(fault, isEmpty: false));
            }
            if (batch.Count > records) { batch[records].Line = number; }
            batch.TellLine(faults, number);
        }
    }

    private static void ReadValue(ReadOnlySpan<byte> body, RecordShapes shapes, RecordShape? fallback, int maxRecords,
        LiveRequest batch)
    {
        var reader = new Utf8JsonReader(body, Strict);
        try
        {
            if (!reader.Read()) { throw new JsonException("empty"); }
            batch.IsArray = reader.TokenType == JsonTokenType.StartArray;
            if (!batch.IsArray) { RecordReader.Read(ref reader, shapes, fallback, batch, -1); }
            else
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (batch.Count == maxRecords)
                    {
                        batch.Faults.Add(RecordFaults.TooMany(maxRecords));
                        return;
                    }
                    RecordReader.Read(ref reader, shapes, fallback, batch, batch.Count);
                }
            }
            if (reader.Read()) { throw new JsonException("more than one value"); }
        }
        catch (JsonException fault)
        {
            batch.Faults.Clear();
            batch.Faults.Add(RecordFaults.Malformed(fault, body.IsEmpty));
        }
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8);
}
