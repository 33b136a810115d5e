using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Events.Sources;

namespace Lintel.Events.Catalogues;

/// <summary>Lays the rows of a catalogue's source out by the codes of their keys.</summary>
internal static class CatalogueBuilder
{
    /// <summary>What the scan puts between the members of a list.</summary>
    private const char Separator = '\u001f';

    /// <param name="rows">Null: the catalogue has no source; its things are those that events name.</param>
    /// <param name="tables">Every event's: a thing of unknown age can be had from its first event on.</param>
    /// <exception cref="Design.Diagnostics.DesignException">There is nothing in it.</exception>
    internal static CatalogueTable Build(
        CatalogueDesign design, EventRows? rows, IReadOnlyList<EventTable> tables, CodeDictionaries dictionaries)
    {
        var count = dictionaries[design.Name].Count;
        var rowOf = new int[count];
        Array.Fill(rowOf, -1);
        var taken = rows is null ? 0 : TakeKeys(rows, rowOf);
        var (from, until) = (new long[count], new long[count]);
        var first = rows is null || design.From is not null ? FirstKnown(design.Name, tables, count) : [];
        for (var code = 0; code < count; code++)
        {
            (from[code], until[code]) = rows is null ? (first[code], long.MaxValue) : Instants(design, rows, rowOf[code], first, code);
        }
        if (taken == 0 && Array.TrueForAll(from, static f => f == long.MaxValue)) { throw Empty(design, rows); }
        var columns = new double[design.Fields.Length][];
        var (starts, members) = (new int[]?[columns.Length], new int[]?[columns.Length]);
        for (var f = 0; f < columns.Length; f++)
        {
            var values = rows!.Columns[CatalogueRows.FirstField + f].Values;
            columns[f] = new double[count];
            for (var code = 0; code < count; code++) { columns[f][code] = rowOf[code] < 0 ? double.NaN : values[rowOf[code]]; }
            if (design.Fields[f].Type != DataType.List) { continue; }
            (starts[f], members[f]) = Cut(
                columns[f], rows.Coders[CatalogueRows.FirstField + f]!.Dictionary, dictionaries[design.DomainOf(design.Fields[f].Name)]);
        }
        return new(design, columns, starts, members, from, until);
    }

    /// <summary>Rows that became things: those for which no fault dropped them.</summary>
    internal static long CountOf(EventRows rows) =>
        rows.Faults.Rows - rows.Faults.Findings.Where(static f => f.Dropped).Sum(static f => f.Count);

    /// <summary>Finds each key's row: the first one counts.</summary>
    /// <returns>How many keys have one.</returns>
    private static int TakeKeys(EventRows rows, int[] rowOf)
    {
        var keys = rows.Columns[CatalogueRows.KeyColumn].Values;
        var (taken, name) = (0, rows.Event.Columns[CatalogueRows.KeyColumn].Source!.Text);
        for (var row = 0; row < keys.Length; row++)
        {
            var line = rows.Origins.Values[row] + 1;
            if (double.IsNaN(keys[row]))
            {
                rows.Faults.AddAtLine(rows.Event.Source, "missing key", name, dropped: true, isBad: true, line, "");
            }
            else if (rowOf[(int)keys[row]] >= 0)
            {
                rows.Faults.AddAtLine(
                    rows.Event.Source, "duplicate key", name, dropped: true, isBad: false, line,
                    rows.Coders[CatalogueRows.KeyColumn]!.Dictionary.Text((int)keys[row]));
            }
            else
            {
                rowOf[(int)keys[row]] = row;
                taken++;
            }
        }
        return taken;
    }

    private static (long From, long Until) Instants(CatalogueDesign design, EventRows rows, int row, long[] first, int code)
    {
        if (row < 0) { return (long.MaxValue, long.MaxValue); }
        var (from, until) = (long.MinValue, long.MaxValue);
        if (CatalogueRows.FromColumn(design) is >= 0 and var fromColumn)
        {
            var value = rows.Columns[fromColumn].Values[row];
            from = double.IsNaN(value) ? first[code] : (long)value;
            if (double.IsNaN(value))
            {
                rows.Faults.AddAtLine(
                    rows.Event.Source, "missing 'from': there from its first event on", design.From!.Text, dropped: false, isBad: false,
                    rows.Origins.Values[row] + 1, "");
            }
        }
        if (CatalogueRows.UntilColumn(design) is >= 0 and var untilColumn)
        {
            var value = rows.Columns[untilColumn].Values[row];
            until = double.IsNaN(value) ? long.MaxValue : (long)value;
        }
        return (from, until);
    }

    /// <summary>When each key was first known of; <see cref="long.MaxValue"/>: no event names it.</summary>
    private static long[] FirstKnown(string entity, IReadOnlyList<EventTable> tables, int count)
    {
        var first = new long[count];
        Array.Fill(first, long.MaxValue);
        foreach (var table in tables)
        {
            for (var c = 0; c < table.Columns.Length; c++)
            {
                if (table.Event.Columns[c] is not { Kind: ColumnKind.Key } column || column.Domain != entity) { continue; }
                for (var row = 0; row < table.RowCount; row++)
                {
                    var code = table.Columns[c][row];
                    if (!double.IsNaN(code)) { first[(int)code] = Math.Min(first[(int)code], table.KnownOf(row)); }
                }
            }
        }
        return first;
    }

    /// <summary>Cuts lists into members, each once; blank ones are none.</summary>
    /// <param name="lists">[code]: codes of <paramref name="whole"/>.</param>
    private static (int[] Starts, int[] Members) Cut(double[] lists, CodeDictionary whole, CodeDictionary single)
    {
        var starts = new int[lists.Length + 1];
        var members = new List<int>();
        for (var code = 0; code < lists.Length; code++)
        {
            starts[code] = members.Count;
            if (double.IsNaN(lists[code])) { continue; }
            foreach (var member in whole.Text((int)lists[code]).Split(
                Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var one = single.Add(member);
                if (members.IndexOf(one, starts[code]) < 0) { members.Add(one); }
            }
        }
        starts[^1] = members.Count;
        return (starts, [.. members]);
    }

    private static Design.Diagnostics.DesignException Empty(CatalogueDesign design, EventRows? rows) => DataFaults.Fault(
        DataFaults.EmptyCatalogue, design.At, $"catalogue '{design.Name}' is empty",
        rows is null ? $"no event names a {design.Name}" : $"{rows.Faults.Rows} rows of '{design.Source}', none with a usable key",
        $"a row for each {design.Name}",
        rows is null ? $"bring events with a key '{design.Name}', or give the catalogue a source" : "correct 'source' or 'key'");
}
