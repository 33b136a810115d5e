using System.Text.Json;
using Lintel.Design;
using Lintel.Design.Expressions;

namespace Lintel.Pipeline.Live;

/// <summary>Writes a record's values as requests give them.</summary>
public static class RecordJson
{
    /// <summary>Writes keys and fields, and the time where the record gave one, as properties of the object that is
    /// open.</summary>
    public static void Write(Utf8JsonWriter json, IncomingRecord record)
    {
        var columns = record.Event.Columns;
        for (var c = 0; c < record.Event.InheritedFrom; c++)
        {
            if (columns[c].Kind == ColumnKind.Known || (columns[c].Kind == ColumnKind.Time && !record.HasTime))
            {
                continue;
            }
            var text = record.Texts.FindIndex(t => t.Column == c);
            if (text >= 0) { json.WriteString(columns[c].Name, record.Bytes(record.Texts[text].Text)); }
            else { Write(json, columns[c], record.Values[c]); }
        }
    }

    /// <summary>Writes one value that is no text; missing is null.</summary>
    public static void Write(Utf8JsonWriter json, ColumnDesign column, double value)
    {
        if (!double.IsFinite(value)) { json.WriteNull(column.Name); }
        else if (column.Type == DataType.Bool) { json.WriteBoolean(column.Name, value == 1); }
        else if (column.Type is DataType.Time or DataType.Duration) { json.WriteNumber(column.Name, (long)value); }
        else { json.WriteNumber(column.Name, value); }
    }
}
