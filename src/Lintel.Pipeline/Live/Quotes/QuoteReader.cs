using System.Text.Json;

namespace Lintel.Pipeline.Live.Quotes;

/// <summary>Reads <c>{ "shared": {…}, "items": [ {…}, … ] }</c>, or an array of items alone. Collects every fault, each with its
/// item. Allocates nothing for a body that is right and no larger than one before it.</summary>
internal static class QuoteReader
{
    private const string Items = "items", Shared = "shared", About = "about";

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 8 };

    internal static void Read(ReadOnlySpan<byte> body, QuoteRequest quote)
    {
        var reader = new Utf8JsonReader(body, Strict);
        try
        {
            if (!reader.Read()) { throw new JsonException("empty"); }
            if (reader.TokenType == JsonTokenType.StartArray) { ReadItems(ref reader, quote); }
            else { ReadWhole(ref reader, quote); }
            if (reader.Read()) { throw new JsonException("more than one value"); }
        }
        catch (JsonException fault)
        {
            quote.Faults.Clear();
            quote.Faults.Add(RecordFaults.Malformed(fault, body.IsEmpty));
            return;
        }
        if (quote.Faults.Count > 0 || quote.Count > 0) { return; }
        quote.Faults.Add(new(RequestFault.NotValid, $"/{Items}", "nothing to quote", "no items", "at least one item", "send an item"));
    }

    /// <summary>Reads one item that stands alone, as a line of a file does; its faults have pointers into the item.</summary>
    /// <param name="row">Of the file, from 1: what its faults name.</param>
    internal static void ReadRow(ReadOnlySpan<byte> json, QuoteRequest quote, int row)
    {
        var faults = quote.Faults.Count;
        var item = quote.Add();
        var reader = new Utf8JsonReader(json, Strict);
        try
        {
            if (!reader.Read()) { throw new JsonException("empty"); }
            ReadItem(ref reader, item, quote, null);
            if (reader.Read()) { throw new JsonException("more than one value"); }
            CheckWhole(item, quote);
        }
        catch (JsonException fault)
        {
            quote.Faults.RemoveRange(faults, quote.Faults.Count - faults);
            quote.Faults.Add(RecordFaults.Malformed(fault, json.IsEmpty));
        }
        for (var f = faults; f < quote.Faults.Count; f++) { quote.Faults[f] = quote.Faults[f] with { Line = row }; }
    }

    /// <summary>What is shared counts for every item, wherever it stands.</summary>
    private static void ReadWhole(ref Utf8JsonReader reader, QuoteRequest quote)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            quote.Faults.Add(new(RequestFault.NotValid, "", "a quote is a JSON object", RecordFaults.Got(ref reader),
                $"{{ \"{Shared}\": {{…}}, \"{Items}\": [ {{…}}, … ] }}, or an array of items", "send one"));
            reader.Skip();
            return;
        }
        var items = default(Utf8JsonReader);
        var (hasItems, hasShared) = (false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("shared"u8) && !hasShared)
            {
                hasShared = true;
                reader.Read();
                ReadItem(ref reader, quote.Shared, quote, $"/{Shared}");
            }
            else if (reader.ValueTextEquals("items"u8) && !hasItems)
            {
                hasItems = true;
                reader.Read();
                items = reader;
                reader.Skip();
            }
            else
            {
                quote.Faults.Add(new(RequestFault.NotValid, "/" + reader.GetString(), "a quote has no such part, or has it already", RecordFaults.Got(ref reader),
                    $"{Shared}, {Items}", "remove it"));
                reader.Read();
                reader.Skip();
            }
        }
        if (hasItems && quote.Faults.Count == 0) { ReadItems(ref items, quote); }
    }

    private static void ReadItems(ref Utf8JsonReader reader, QuoteRequest quote)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            quote.Faults.Add(new(RequestFault.NotValid, $"/{Items}", "items are an array", RecordFaults.Got(ref reader), "an array of objects", "send one"));
            return;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (quote.Count == QuoteRequest.MaxItems)
            {
                quote.Faults.Add(new(RequestFault.TooLarge, $"/{Items}", "too many items in one request", $"more than {QuoteRequest.MaxItems}",
                    $"at most {QuoteRequest.MaxItems}", "send them in several requests"));
                while (reader.TokenType != JsonTokenType.EndArray)
                {
                    reader.Skip();
                    reader.Read();
                }
                return;
            }
            var item = quote.Add();
            var faults = quote.Faults.Count;
            ReadItem(ref reader, item, quote, null);
            CheckWhole(item, quote);
            if (quote.Faults.Count > faults) { TellPlace(quote, faults, $"/{Items}/{quote.Count - 1}"); }
        }
    }

    /// <param name="place">Pointer of the faults; null: the caller adds it.</param>
    private static void ReadItem(ref Utf8JsonReader reader, QuoteItem item, QuoteRequest quote, string? place)
    {
        var faults = quote.Faults.Count;
        var shape = quote.Served!.Shapes.Decided;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            quote.Faults.Add(RecordFaults.NoObject(-1, ref reader, quote.Served.Shapes));
            reader.Skip();
        }
        else { ReadFields(ref reader, shape, item, item.Given, quote); }
        if (place is not null && quote.Faults.Count > faults) { TellPlace(quote, faults, place); }
    }

    private static void ReadFields(ref Utf8JsonReader reader, RecordShape shape, QuoteItem item, Span<bool> given, QuoteRequest quote)
    {
        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var column = RecordReader.FindColumn(ref reader, shape, next);
            if (column >= 0)
            {
                next = column + 1;
                given[column] = true;
                item.Record.Forget(column);
                RecordReader.ReadColumn(ref reader, shape, column, item.Record, quote.Faults, -1);
            }
            else if (reader.ValueTextEquals("id"u8)) { RecordReader.ReadId(ref reader, item.Record, isSubject: false, quote.Faults, -1); }
            else if (shape.NeedsSubject && reader.ValueTextEquals("about"u8)) { ReadSubject(ref reader, shape, item, quote); }
            else
            {
                quote.Faults.Add(RecordFaults.Unknown(-1, ref reader, shape));
                reader.Skip();
            }
        }
    }

    /// <summary>An id of what was accepted, or what it would be: an object whose fields may be left out.</summary>
    private static void ReadSubject(ref Utf8JsonReader reader, RecordShape shape, QuoteItem item, QuoteRequest quote)
    {
        var value = reader;
        value.Read();
        item.HasSubject = value.TokenType == JsonTokenType.StartObject;
        item.Record.SetSubject([]);
        if (!item.HasSubject)
        {
            RecordReader.ReadId(ref reader, item.Record, isSubject: true, quote.Faults, -1);
            return;
        }
        reader.Read();
        var subject = quote.Served!.Shapes.All[shape.Event.About!.Event.Number];
        item.Subject.Begin(subject.Event);
        var (faults, next) = (quote.Faults.Count, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var column = RecordReader.FindColumn(ref reader, subject, next);
            if (column >= 0)
            {
                next = column + 1;
                item.Subject.Forget(column);
                RecordReader.ReadColumn(ref reader, subject, column, item.Subject, quote.Faults, -1);
                continue;
            }
            quote.Faults.Add(RecordFaults.Unknown(-1, ref reader, subject));
            reader.Skip();
        }
        if (quote.Faults.Count > faults) { TellPlace(quote, faults, $"/{About}"); }
    }

    /// <summary>What neither the item nor the shared part says is no value that is missing: that would be null.</summary>
    private static void CheckWhole(QuoteItem item, QuoteRequest quote)
    {
        var shape = quote.Served!.Shapes.Decided;
        for (var c = 0; c < shape.Columns.Length; c++)
        {
            if (!item.Given[c] && shape.Needs(c)) { quote.Faults.Add(RecordFaults.Missing(-1, shape.Columns[c].Name, shape)); }
        }
        if (shape.NeedsSubject && !item.IsAbout)
        {
            var about = shape.Event.About!.Event;
            quote.Faults.Add(new(RequestFault.NotValid, $"/{About}", $"'{About}' is missing", "nothing",
                $"the id of a {about}, or an object with what is known of it", $"add \"{About}\" here or to '{Shared}'"));
        }
    }

    private static void TellPlace(QuoteRequest quote, int first, string place)
    {
        for (var f = first; f < quote.Faults.Count; f++) { quote.Faults[f] = quote.Faults[f] with { Pointer = place + quote.Faults[f].Pointer }; }
    }
}
