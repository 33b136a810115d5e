using Lintel.Design;
using Lintel.Events.Archive;
using Lintel.Events.Log;

namespace Lintel.Events.Sources;

/// <summary>Puts what a log accepted behind the rows that files brought: known is the instant of acceptance, and the order
/// is that of places, so that new keys and texts get the codes that serving gave them.</summary>
internal sealed class LoggedRows
{
    private readonly LoggedTable _table;
    private readonly EventRows _rows;
    private readonly int[] _columnOf;
    private readonly double[]?[] _codes;
    private readonly IdColumn _ids, _subjects;
    private int _next;

    private LoggedRows(LoggedTable table, EventRows rows)
    {
        _table = table;
        _rows = rows;
        var columnsIn = table.Type.ColumnsIn(rows.Event);
        _columnOf = new int[rows.Event.InheritedFrom];
        Array.Fill(_columnOf, -1);
        for (var c = LoggedType.FirstValue; c < columnsIn.Length; c++)
        {
            if (columnsIn[c] >= 0) { _columnOf[columnsIn[c]] = c - LoggedType.FirstValue; }
        }
        _codes = [.. table.Values.Select(static v => v.Column.IsText ? Unknown(v.Texts.Count) : null)];
        int[] all = [.. Enumerable.Range(0, table.RowCount)];
        (_ids, _subjects) = (table.Ids.Pick(all), table.Subjects.Pick(all));
        rows.BeginLog();
    }

    /// <summary>Appends every event that the design declares; the others are passed over.</summary>
    internal static void Append(AcceptedEvents events, IReadOnlyList<EventRows> rows)
    {
        var open = new List<LoggedRows>();
        foreach (var table in events.Tables)
        {
            if (table.RowCount > 0 && rows.FirstOrDefault(r => r.Event.Name == table.Type.Name) is { } into)
            {
                open.Add(new(table, into));
            }
        }
        // the order of places is the order of acceptance
        var queue = new PriorityQueue<LoggedRows, long>();
        foreach (var part in open) { queue.Enqueue(part, part.Place); }
        while (queue.TryDequeue(out var part, out _))
        {
            part.AppendNext();
            if (part._next < part._table.RowCount) { queue.Enqueue(part, part.Place); }
        }
    }

    private long Place => _table.Places.Values[_next];

    private void AppendNext()
    {
        var row = _next++;
        var known = _table.Known.Values[row];
        _rows.AddLogged(
            _table.Places.Values[row], _rows.Event.Time.IsPosition ? known : _table.Time.Values[row], known, _ids[row], _subjects[row]);
        for (var c = 0; c < _columnOf.Length; c++)
        {
            if (_rows.Event.Columns[c].Kind is ColumnKind.Time or ColumnKind.Known) { continue; }
            _rows.Columns[c].Add(_columnOf[c] < 0 ? double.NaN : Value(_columnOf[c], row, _rows.Coders[c]));
            _rows.KnownAt[c]?.Add(known);
        }
    }

    private double Value(int column, int row, KeyCoder? coder)
    {
        if (_codes[column] is not { } codes) { return _table.Values[column].Numbers.Values[row]; }
        var own = _table.Values[column].Codes.Values[row];
        if (own < 0) { return double.NaN; }
        if (double.IsNaN(codes[own]))
        {
            codes[own] = coder!.Code(System.Text.Encoding.UTF8.GetBytes(_table.Values[column].Texts.Text(own)));
        }
        return codes[own];
    }

    private static double[] Unknown(int count)
    {
        var codes = new double[count];
        Array.Fill(codes, double.NaN);
        return codes;
    }
}
