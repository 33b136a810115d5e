using Lintel.Design;

namespace Lintel.Events.Sources;

/// <summary>Counts what was wrong in one event's rows, by file, reason and column, with the first examples.</summary>
internal sealed class FaultLedger(EventDesign design)
{
    private const int ExampleCount = 3;

    private readonly Dictionary<(string File, string Reason, string? Column, bool Dropped), Entry> _entries = [];
    private readonly List<(string File, string Reason, string? Column, bool Dropped)> _order = [];

    internal EventDesign Event => design;

    /// <summary>Rows of the files, those that could not be parted into columns included.</summary>
    internal long Rows { get; set; }

    /// <summary>Rows left out for a fault.</summary>
    internal long BadRows { get; private set; }

    /// <summary>Notes one row; <paramref name="row"/> is its index in the file, turned into a line by <see cref="Locate"/>.</summary>
    /// <param name="isBad">The row counts towards the limit.</param>
    internal void Add(
        string file, string reason, string? column, bool dropped, bool isBad, long row, ReadOnlySpan<byte> value) =>
        Entries(file, reason, column, dropped, isBad)?.Add(
            new(row, -1, System.Text.Encoding.UTF8.GetString(value.Length > 80 ? value[..80] : value)));

    /// <summary>Notes one row whose line is known.</summary>
    internal void AddAtLine(
        string file, string reason, string? column, bool dropped, bool isBad, long line, string value) =>
        Entries(file, reason, column, dropped, isBad)?.Add(new(-1, line, value.Length > 80 ? value[..80] : value));

    /// <summary>Turns row indices of a file into lines.</summary>
    internal void Locate(string file, Func<IReadOnlyList<long>, IReadOnlyList<long>> linesOf)
    {
        var waiting = _entries.Where(e => e.Key.File == file).SelectMany(static e => e.Value.Examples)
            .Where(static e => e.Line < 0).ToList();
        if (waiting.Count == 0) { return; }
        var rows = waiting.Select(static e => e.Row).Distinct().Order().ToList();
        var lines = linesOf(rows);
        foreach (var example in waiting) { example.Line = lines[rows.IndexOf(example.Row)]; }
    }

    internal IEnumerable<SourceFinding> Findings => _order.Select(key => new SourceFinding(
        design.Name, key.File, key.Reason, key.Column, _entries[key].Count, key.Dropped,
        [.. _entries[key].Examples.Select(e => new SourceExample(key.File, e.Line, key.Column, e.Value))]));

    /// <returns>Where to put an example; null: there are enough.</returns>
    private List<Example>? Entries(string file, string reason, string? column, bool dropped, bool isBad)
    {
        if (isBad) { BadRows++; }
        var key = (file, reason, column, dropped);
        if (!_entries.TryGetValue(key, out var entry))
        {
            _entries.Add(key, entry = new());
            _order.Add(key);
        }
        entry.Count++;
        return entry.Examples.Count < ExampleCount ? entry.Examples : null;
    }

    private sealed class Entry
    {
        internal long Count { get; set; }

        internal List<Example> Examples { get; } = [];
    }

    private sealed class Example(long row, long line, string value)
    {
        internal long Row { get; } = row;

        internal long Line { get; set; } = line;

        internal string Value { get; } = value;
    }
}
