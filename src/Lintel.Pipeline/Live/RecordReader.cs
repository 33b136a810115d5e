using System.Text.Json;
using Lintel.Design;

namespace Lintel.Pipeline.Live;

/// <summary>Reads one JSON object into a record's columns. Allocates nothing for a record that is right and no larger
/// than one before it.</summary>
internal static class RecordReader
{
    /// <summary>Reads the value at the reader.</summary>
    /// <param name="fallback">The type of an object that does not say <c>event</c>; null: each must say it.</param>
    /// <param name="index">In the array of the body; negative: the record is the whole body, or line.</param>
    internal static void Read(ref Utf8JsonReader reader, RecordShapes shapes, RecordShape? fallback, LiveRequest batch,
        int index)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            batch.Faults.Add(RecordFaults.NoObject(index, ref reader, shapes));
            reader.Skip();
            return;
        }
        var start = reader;
        var (records, faults) = (batch.Count, batch.Faults.Count);
        var shape = fallback ?? FindShape(reader, shapes, batch.Faults, index);
        if (shape is not null && !TryRead(ref reader, shape, batch, index))
        {
            // it says another type than most do: its properties are read again, as those of that type
            reader = start;
            batch.Drop(records, faults);
            shape = FindShape(reader, shapes, batch.Faults, index);
            if (shape is not null) { TryRead(ref reader, shape, batch, index); }
        }
        if (shape is null) { reader.Skip(); }
    }

    /// <returns>False when the object says that it is of another type.</returns>
    private static bool TryRead(ref Utf8JsonReader reader, RecordShape shape, LiveRequest batch, int index)
    {
        var record = batch.Add(shape.Event);
        var count = shape.Columns.Length;                      // id and about tell by themselves whether they were given
        Span<bool> given = count <= 256 ? stackalloc bool[256] : new bool[count];
        given = given[..count];
        given.Clear();
        var (next, idTold, subjectTold) = (0, false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var column = FindColumn(ref reader, shape, next);
            if (column >= 0)
            {
                next = column + 1;
                if (given[column])
                {
                    batch.Faults.Add(RecordFaults.Twice(index, ref reader));
                    reader.Skip();
                    continue;
                }
                given[column] = true;
                ReadColumn(ref reader, shape, column, record, batch.Faults, index);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                idTold = true;
                ReadId(ref reader, record, isSubject: false, batch.Faults, index);
            }
            else if (shape.NeedsSubject && reader.ValueTextEquals("about"u8))
            {
                subjectTold = true;
                ReadId(ref reader, record, isSubject: true, batch.Faults, index);
            }
            else if (reader.ValueTextEquals("event"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.String || !reader.ValueTextEquals(shape.Name)) { return false; }
            }
            else
            {
                batch.Faults.Add(RecordFaults.Unknown(index, ref reader, shape));
                reader.Skip();
            }
        }
        // a value that was there and could not be read already has its fault
        for (var c = 0; c < shape.Columns.Length; c++)
        {
            if (!given[c] && shape.Needs(c))
            {
                batch.Faults.Add(RecordFaults.Missing(index, shape.Columns[c].Name, shape));
            }
        }
        if (shape.NeedsId && !idTold) { batch.Faults.Add(RecordFaults.Missing(index, "id", shape)); }
        if (shape.NeedsSubject && !subjectTold) { batch.Faults.Add(RecordFaults.Missing(index, "about", shape)); }
        return true;
    }

    /// <summary>The type that an object says it is; the reader is a copy and stays where it was.</summary>
    private static RecordShape? FindShape(
        Utf8JsonReader reader, RecordShapes shapes, List<RequestFault> faults, int index)
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
            faults.Add(RecordFaults.NoSuchEvent(index, ref reader, shapes));
            return null;
        }
        faults.Add(RecordFaults.EventNotSaid(index, shapes));
        return null;
    }

    internal static int FindColumn(ref Utf8JsonReader reader, RecordShape shape, int next)
    {
        var names = shape.Names;
        if (next < names.Length && reader.ValueTextEquals(names[next])) { return next; }
        for (var c = 0; c < names.Length; c++)
        {
            if (reader.ValueTextEquals(names[c])) { return c; }
        }
        return -1;
    }

    internal static void ReadColumn(ref Utf8JsonReader reader, RecordShape shape, int column, IncomingRecord record,
        List<RequestFault> faults, int index)
    {
        reader.Read();
        var design = shape.Columns[column];
        // when a record became known is the moment of its acceptance, whatever it says
        var fault = design.Kind == ColumnKind.Known ? null : RecordValues.Read(ref reader, design, column, record);
        if (fault is not null) { faults.Add(RecordFaults.Unreadable(index, design.Name, ref reader, fault)); }
        record.HasTime |= design.Kind == ColumnKind.Time;
        reader.Skip();
    }

    internal static void ReadId(ref Utf8JsonReader reader, IncomingRecord record, bool isSubject,
        List<RequestFault> faults, int index)
    {
        reader.Read();
        Span<byte> text = stackalloc byte[RecordValues.MaxTextBytes];
        var fault = RecordValues.ReadText(ref reader, text, IdIndex.MaxIdBytes, isKey: true, out var length);
        if (fault is null && length > IdIndex.MaxIdBytes) { fault = $"at most {IdIndex.MaxIdBytes} bytes"; }
        if (fault is not null)
        {
            faults.Add(RecordFaults.UnreadableId(index, isSubject ? "about" : "id", ref reader, fault));
        }
        else if (isSubject) { record.SetSubject(text[..length]); }
        else { record.SetId(text[..length]); }
        reader.Skip();
    }
}
