using System.Text.Json;
using Lintel.Design;
using Lintel.Events;
using Lintel.Pipeline.Live;
using Lintel.Training.Fitting;
using Lintel.Training.Splits;

namespace Lintel.Bench.Quotes;

/// <summary>Asks of the test period at the stage 'placed', written as a planner would write them the night before: what they are about is not
/// there yet and is described.</summary>
internal sealed class PlannedAsks
{
    /// <summary>What a planner may not know: who will be on shift, and the weather.</summary>
    private static readonly string[] OfTheHour = ["onshift", "busy", "outstanding", "rain"];

    private readonly Preparation _prepared;
    private readonly double[] _values;
    private readonly bool[] _has;

    public PlannedAsks(Preparation prepared)
    {
        _prepared = prepared;
        var decided = prepared.Decided;
        _values = new double[prepared.Design.Decision.Each.Columns.Length];
        _has = new bool[decided.RowCount];
        var stage = prepared.Design.Decision.Each.Columns.ToList().FindIndex(static c => c.Name == "stage");
        var period = prepared.Split.Periods[SplitPart.Test];
        for (var row = 0; row < decided.RowCount; row++)
        {
            if (prepared.Known[row] < period.From || prepared.Known[row] >= period.To) { continue; }
            _ = decided.Read(row, _values);
            _has[row] = Text(prepared.Design.Decision.Each.Columns[stage], _values[stage]) == "placed";
            if (_has[row]) { Rows.Add(row); }
        }
    }

    /// <summary>Rows of the decided event's table.</summary>
    public List<int> Rows { get; } = [];

    public bool Has(LogEntry entry) => entry.Type == _prepared.Design.Decision.Each.Number && _has[entry.Row];

    /// <summary>Minutes; NaN: it never came.</summary>
    public double Label(int row) => _prepared.Labels.Values[row];

    /// <param name="isBlind">Without what only the hour tells.</param>
    public byte[] Json(int row, bool isBlind)
    {
        var decided = _prepared.Design.Decision.Each;
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("id", _prepared.Decided.Ids[row]);
            Write(json, decided, _prepared.Decided, row, isBlind ? OfTheHour : []);
            json.WriteStartObject("about");
            var orders = _prepared.History.Tables[decided.About!.Event.Number];
            Write(json, decided.About.Event, orders, _prepared.Decided.Subjects![row], []);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return body.ToArray();
    }

    private void Write(Utf8JsonWriter json, EventDesign design, EventTable table, int row, string[] without)
    {
        _ = table.Read(row, _values);
        for (var c = 0; c < design.InheritedFrom; c++)
        {
            var column = design.Columns[c];
            if (column.Kind == ColumnKind.Known) { continue; }
            if (without.Contains(column.Name)) { json.WriteNull(column.Name); }
            else if (column.Domain is not null && !double.IsNaN(_values[c])) { json.WriteString(column.Name, Text(column, _values[c])); }
            else { RecordJson.Write(json, column, _values[c]); }
        }
    }

    private string Text(ColumnDesign column, double code) => _prepared.History.Dictionaries[column.Domain!].Text((int)code);
}
