using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Events;
using Lintel.Events.Catalogues;
using Lintel.Numerics.Random;

namespace Lintel.Features.Tests;

/// <summary>Small histories that are rich in trouble: ties in time, late and very late knowledge, missing keys and values, few keys.</summary>
internal sealed class RandomHistory(SystemDesign design, ulong seed)
{
    private const long Second = 1_000_000;

    private readonly RandomStream _random = new(seed);

    /// <summary>Records of each type, about. Default 40.</summary>
    public int Size { get; init; } = 40;

    /// <summary>Instants are whole seconds below this. Default 60: most are shared.</summary>
    public int Seconds { get; init; } = 60;

    /// <summary>Share of labels that are given again. Default 0.</summary>
    public double Corrections { get; init; }

    public EventHistory Make()
    {
        var dictionaries = new CodeDictionaries();
        var tables = new EventTable[design.Events.Length];
        var catalogues = Catalogues(dictionaries);
        foreach (var type in design.Events) { tables[type.Number] = Table(type, tables, dictionaries); }
        var order = tables.SelectMany(t => Enumerable.Range(0, t.RowCount).Select(r => new LogEntry(t.KnownOf(r), t.Event.Number, r)))
            .OrderBy(static e => e.Known).ThenBy(static e => e.Type).ThenBy(static e => e.Row).ToArray();
        return new()
        {
            Design = design,
            Dictionaries = dictionaries,
            Tables = tables,
            Catalogues = catalogues,
            Order = order,
            Report = new([], []),
            Fingerprint = "",
        };
    }

    public CatalogueTable[] Catalogues(CodeDictionaries dictionaries) =>
        [.. design.Catalogues.Select(c => Catalogue(c, dictionaries))];

    /// <summary>Things that miss fields, come and go; events name more of them than it knows.</summary>
    private CatalogueTable Catalogue(CatalogueDesign design, CodeDictionaries dictionaries)
    {
        var count = Size / 4;
        for (var code = 0; code < count; code++) { dictionaries[design.Name].Add($"{design.Name} {code}"); }
        var columns = new double[design.Fields.Length][];
        var (starts, members) = (new int[]?[columns.Length], new int[]?[columns.Length]);
        for (var f = 0; f < columns.Length; f++)
        {
            var field = design.Fields[f];
            var isList = field.Type == DataType.List;
            columns[f] = [.. Enumerable.Range(0, count).Select(_ => isList ? _random.NextInt32(10) == 0 ? double.NaN : 1 : Value(field, dictionaries))];
            if (!isList) { continue; }
            var domain = dictionaries[design.DomainOf(field.Name)];
            var lists = columns[f].Select(v => double.IsNaN(v) ? [] : Enumerable.Range(0, _random.NextInt32(4)).Select(m => domain.Add($"member {m * 2}")).ToArray()).ToArray();
            starts[f] = [0, .. lists.Select((_, i) => lists.Take(i + 1).Sum(static l => l.Length))];
            members[f] = [.. lists.SelectMany(static l => l)];
        }
        long[] from = [.. Enumerable.Range(0, count).Select(_ => _random.NextInt32(3) == 0 ? _random.NextInt32(Seconds) * Second : long.MinValue)];
        return new(design, columns, starts, members, from, [.. from.Select(static f => f == long.MinValue ? long.MaxValue : f + (20 * Second))]);
    }

    private EventTable Table(EventDesign type, EventTable[] tables, CodeDictionaries dictionaries)
    {
        var parent = type.About is { } about ? tables[about.Event.Number] : null;
        var subjects = new List<int>();
        var times = new List<long>();
        if (parent is null)
        {
            times.AddRange(Enumerable.Range(0, Size).Select(_ => _random.NextInt32(Seconds) * Second).Order());
        }
        else
        {
            for (var row = 0; row < parent.RowCount; row++)
            {
                if (_random.NextInt32(10) == 0) { continue; }       // some never get a label
                do
                {
                    subjects.Add(_random.NextInt32(30) == 0 ? -1 : row);
                    times.Add((long)parent.Columns[0][row]);
                }
                while (_random.NextDouble() < Corrections);
            }
        }
        var columns = new double[type.InheritedFrom][];
        for (var c = 0; c < columns.Length; c++)
        {
            columns[c] = [.. times.Select(time => type.Columns[c] switch
            {
                { Kind: ColumnKind.Time } => time,
                { Kind: ColumnKind.Known } => type.Known is null ? time : time + (_random.NextInt32(4) * 5 * Second),
                var column => Value(column, dictionaries),
            })];
        }
        return new()
        {
            Event = type,
            RowCount = times.Count,
            Columns = columns,
            Subjects = parent is null ? null : [.. subjects],
            Ids = new IdColumn.Numbers([.. Enumerable.Range(0, times.Count).Select(static i => (long)i)]),
        };
    }

    private double Value(ColumnDesign column, CodeDictionaries dictionaries)
    {
        if (_random.NextInt32(12) == 0) { return double.NaN; }
        return column.Type switch
        {
            DataType.Bool => _random.NextInt32(2),
            DataType.Number => _random.NextInt32(3) == 0 ? _random.NextInt32(5) : Math.Round(_random.NextDouble() * 100, 6),
            DataType.Time => _random.NextInt32(Seconds) * Second,
            _ => dictionaries[column.Domain!].Add($"{column.Domain} {_random.NextInt32(4)}"),
        };
    }
}
