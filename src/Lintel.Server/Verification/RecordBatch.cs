using System.Buffers;
using System.Text.Json;
using Lintel.Design;
using Lintel.Events;
using Lintel.Pipeline.Live;

namespace Lintel.Server.Verification;

/// <summary>Records of files, written as a client would send them.</summary>
internal sealed class RecordBatch : IDisposable
{
    /// <summary>Stands for a subject that no file has: the server takes it, with nothing to inherit, as replay
    /// does.</summary>
    private const string NoSubject = "\u0001 not in the files";

    private readonly EventHistory _history;
    private readonly ArrayBufferWriter<byte> _body = new(1 << 18);
    private readonly Utf8JsonWriter _json;
    private readonly double[] _scratch;

    internal RecordBatch(EventHistory history)
    {
        _history = history;
        _json = new(_body);
        _scratch = new double[history.Design.Events.Max(static e => e.Columns.Length)];
    }

    internal ReadOnlyMemory<byte> Body => _body.WrittenMemory;

    internal void Begin()
    {
        _body.ResetWrittenCount();
        _json.Reset(_body);
        _json.WriteStartArray();
    }

    /// <param name="id">Instead of the file's own, so that the server takes the record anew.</param>
    internal void Add(in LogEntry entry, string? id = null)
    {
        var design = _history.Design.Events[entry.Type];
        var table = _history.Tables[entry.Type];
        _json.WriteStartObject();
        _json.WriteString("event"u8, design.Name);
        if (design.Id is not null || design.Number == _history.Design.Decision.Each.Number)
        {
            _json.WriteString("id"u8, id ?? table.Ids[entry.Row]);
        }
        if (design.About is { } about)
        {
            var subject = table.Subjects![entry.Row];
            _json.WriteString("about"u8, subject < 0 ? NoSubject : _history.Tables[about.Event.Number].Ids[subject]);
        }
        var values = _history.Read(entry, _scratch).Values;
        for (var c = 0; c < design.InheritedFrom; c++)
        {
            var column = design.Columns[c];
            var value = values[c];
            if (column.Kind == ColumnKind.Known || (column.Kind == ColumnKind.Time && double.IsNaN(value)))
            {
                continue;
            }
            if (column.Domain is { } domain && !double.IsNaN(value))
            {
                _json.WriteString(column.Name, _history.Dictionaries[domain].Text((int)value));
            }
            else { RecordJson.Write(_json, column, value); }
        }
        _json.WriteEndObject();
    }

    internal void End()
    {
        _json.WriteEndArray();
        _json.Flush();
    }

    public void Dispose() => _json.Dispose();
}
