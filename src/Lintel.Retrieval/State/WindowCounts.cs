namespace Lintel.Retrieval.State;

/// <summary>How often each item occurred within a window, for every segment and in all: exact, records leave when their time has come.
/// Not thread-safe.</summary>
internal sealed class WindowCounts(long? overMicroseconds)
{
    // the segment of a record whose value is missing: it counts in all alone
    private const int NoSegment = -1;

    private readonly Queue<(long Known, int Item, int Segment)> _entries = new();
    private int[] _all = [];
    private int[][] _bySegment = [];

    /// <summary>[items that occurred so far].</summary>
    public ReadOnlyMemory<int> All => _all;

    /// <param name="segment">Code; NaN, or one that never occurred: nothing.</param>
    public ReadOnlyMemory<int> Of(double segment) =>
        segment >= 0 && segment < _bySegment.Length ? _bySegment[(int)segment] : ReadOnlyMemory<int>.Empty;

    public void Enter(long known, int item, double segment)
    {
        var code = double.IsNaN(segment) ? NoSegment : (int)segment;
        Add(item, code, 1);
        if (overMicroseconds is not null) { _entries.Enqueue((known, item, code)); }
    }

    /// <summary>Lets leave what was known before the window begins.</summary>
    public void Advance(long now)
    {
        while (overMicroseconds is { } over && _entries.TryPeek(out var entry) && entry.Known < now - over)
        {
            _entries.Dequeue();
            Add(entry.Item, entry.Segment, -1);
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_entries.Count);
        foreach (var (known, item, segment) in _entries)
        {
            writer.Write(known);
            writer.Write(item);
            writer.Write(segment);
        }
        if (overMicroseconds is not null) { return; }
        Write(writer, _all);
        writer.Write(_bySegment.Length);
        foreach (var counts in _bySegment) { Write(writer, counts); }
    }

    public void Read(BinaryReader reader)
    {
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            var (known, item, segment) = (reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt32());
            Add(item, segment, 1);
            _entries.Enqueue((known, item, segment));
        }
        if (overMicroseconds is not null) { return; }
        _all = ReadCounts(reader);
        _bySegment = new int[reader.ReadInt32()][];
        for (var s = 0; s < _bySegment.Length; s++) { _bySegment[s] = ReadCounts(reader); }
    }

    private void Add(int item, int segment, int by)
    {
        Add(ref _all, item, by);
        if (segment == NoSegment) { return; }
        if (segment >= _bySegment.Length)
        {
            var before = _bySegment.Length;
            Array.Resize(ref _bySegment, segment + 1);
            _bySegment.AsSpan(before).Fill([]);
        }
        Add(ref _bySegment[segment], item, by);
    }

    private static void Add(ref int[] counts, int item, int by)
    {
        if (item >= counts.Length) { Array.Resize(ref counts, Math.Max(item + 1, 2 * counts.Length)); }
        counts[item] += by;
    }

    private static void Write(BinaryWriter writer, int[] counts)
    {
        writer.Write(counts.Length);
        foreach (var count in counts) { writer.Write(count); }
    }

    private static int[] ReadCounts(BinaryReader reader)
    {
        var counts = new int[reader.ReadInt32()];
        for (var i = 0; i < counts.Length; i++) { counts[i] = reader.ReadInt32(); }
        return counts;
    }
}
