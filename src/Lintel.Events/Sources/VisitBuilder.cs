using System.Globalization;
using Lintel.Design;

namespace Lintel.Events.Sources;

/// <summary>Makes the records of an event that is made from another's: one for the first of an entity's after a pause. Those that the log
/// brought are taken as they are.</summary>
internal static class VisitBuilder
{
    private const int None = int.MinValue;

    /// <param name="rows">What the log brought of the event.</param>
    /// <param name="tables">Tables by number; the one they are made from is there, and learns which visit each of its rows is of.</param>
    internal static EventTable Build(EventRows rows, EventTable[] tables, CodeDictionaries dictionaries)
    {
        var design = rows.Event;
        var visits = design.Visits!;
        var from = tables[visits.From.Number];
        var key = design.Columns.First(static c => c.Kind == ColumnKind.Key).Domain!;
        var made = new List<int>();
        var visitOf = new int[from.RowCount];
        var open = new Dictionary<int, (int Visit, double Last)>();
        var logged = Logged(rows, key);
        for (var (row, next) = (0, 0); row < visitOf.Length; row++)
        {
            visitOf[row] = None;
            var (time, entity) = (from.Columns[0][row], ValueOf(tables, from, row, from.Event.FindKey(key)));
            for (; next < logged.Count && logged[next].Time <= time; next++)
            {
                open[logged[next].Entity] = (~logged[next].Row, logged[next].Time);
            }
            if (double.IsNaN(entity)) { continue; }
            var isFile = from.Places is not { } places || places[row] < 0;
            var goesOn = open.TryGetValue((int)entity, out var last) && time - last.Last < visits.Pause.Ticks / TimeSpan.TicksPerMicrosecond;
            // live, visits tell of themselves: a record of the log begins none
            if (!goesOn && !isFile) { continue; }
            if (!goesOn)
            {
                last.Visit = made.Count;
                made.Add(row);
            }
            visitOf[row] = last.Visit;
            open[(int)entity] = (last.Visit, time);
        }
        return Table(rows, tables, from, made, visitOf, dictionaries[key]);
    }

    private static EventTable Table(
        EventRows rows, EventTable[] tables, EventTable from, List<int> made, int[] visitOf, CodeDictionary keys)
    {
        var design = rows.Event;
        var count = made.Count + rows.Time.Count;
        long At(int visit, int column, GrowingColumn<long> logged) =>
            visit < made.Count ? (long)from.Columns[column][made[visit]] : logged.Values[visit - made.Count];
        var picked = EventTableBuilder.StableOrder([.. Enumerable.Range(0, count).Select(v => At(v, 0, rows.Time))]);
        var place = new int[count];
        for (var i = 0; i < count; i++) { place[picked[i]] = i; }
        if (from.VisitOf is null)
        {
            // numbers below zero are the log's, which stand behind those that are made
            from.VisitOf = Array.ConvertAll(visitOf, v => v == None ? -1 : place[v >= 0 ? v : made.Count + ~v]);
        }
        var columns = new double[design.Columns.Length][];
        columns[0] = Array.ConvertAll(picked, v => (double)At(v, 0, rows.Time));
        columns[1] = Array.ConvertAll(picked, v => (double)At(v, 1, rows.Known));
        for (var c = 2; c < columns.Length; c++)
        {
            var source = from.Event.FindKey(design.Columns[c].Domain!);
            var own = rows.Columns[c];
            columns[c] = Array.ConvertAll(
                picked, v => v < made.Count ? ValueOf(tables, from, made[v], source) : own.Values[v - made.Count]);
        }
        var ids = rows.HasIds ? rows.Ids.Pick([.. Enumerable.Range(0, rows.Time.Count)]) : null;
        return new()
        {
            Event = design,
            RowCount = count,
            Columns = columns,
            Ids = new IdColumn.Texts(Array.ConvertAll(picked, v => v >= made.Count
                ? ids?[v - made.Count] ?? v.ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture,
                    $"{keys.Text((int)ValueOf(tables, from, made[v], from.Event.FindKey(keys.Domain)))}@{At(v, 0, rows.Time)}"))),
            Places = rows.Places.Count == 0
                ? null
                : Array.ConvertAll(picked, v => v < made.Count ? -1 : rows.Places.Values[v - made.Count]),
        };
    }

    /// <summary>Visits that the log brought, by time.</summary>
    private static List<(long Time, int Entity, int Row)> Logged(EventRows rows, string key)
    {
        var keys = rows.Columns[rows.Event.FindKey(key)];
        var logged = new List<(long, int, int)>();
        foreach (var row in EventTableBuilder.StableOrder(rows.Time.Values))
        {
            var entity = keys.Values[row];
            if (!double.IsNaN(entity)) { logged.Add((rows.Time.Values[row], (int)entity, row)); }
        }
        return logged;
    }

    /// <summary>A value of a row, the subject's included; NaN where that one is not there.</summary>
    private static double ValueOf(EventTable[] tables, EventTable table, int row, int column)
    {
        while (row >= 0 && column >= table.Columns.Length)
        {
            column -= table.Columns.Length;
            row = table.Subjects![row];
            table = tables[table.Event.About!.Event.Number];
        }
        return row < 0 ? double.NaN : table.Columns[column][row];
    }
}
