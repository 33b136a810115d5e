using Lintel.Design;
using Lintel.Events.Log;

namespace Lintel.Pipeline.Live.Reviews;

/// <summary>Where the latest decisions of each key stand in the log, so that a reviewer sees what the same card did
/// before. A ring: the last <see cref="Capacity"/> decisions of all keys together. Not thread-safe: the sequencer owns
/// it.</summary>
/// <remarks>Each entry links to the one before of the same key, so reading k of a key is k steps; 16 bytes a decision and
/// 12 for each of its keys.</remarks>
internal sealed class KeyTrail : ILedger
{
    internal const int Capacity = 1 << 17;

    private const int Format = 1;
    private readonly int[] _columns;
    private readonly Dictionary<int, long>[] _latest;
    private Entry[] _entries = new Entry[1024];
    private int[] _codes;
    private long[] _older;
    private long _next;

    private struct Entry
    {
        internal long Place;
        internal long Known;
    }

    /// <param name="decided">Its keys are followed.</param>
    internal KeyTrail(EventDesign decided)
    {
        _columns = [.. Enumerable.Range(0, decided.InheritedFrom).Where(c => decided.Columns[c].Kind == ColumnKind.Key)];
        _latest = [.. _columns.Select(static _ => new Dictionary<int, long>())];
        _codes = new int[_entries.Length * _columns.Length];
        _older = new long[_codes.Length];
    }

    /// <summary>Columns of the decided event that are keys.</summary>
    internal ReadOnlySpan<int> Columns => _columns;

    /// <param name="place">Of the decision in the log.</param> <param name="values">Of the decided event.</param>
    internal void Add(long place, long known, ReadOnlySpan<double> values)
    {
        Span<int> codes = stackalloc int[_columns.Length];
        for (var k = 0; k < codes.Length; k++)
        {
            codes[k] = double.IsNaN(values[_columns[k]]) ? -1 : (int)values[_columns[k]];
        }
        Add(place, known, codes);
    }

    /// <summary>Places of the latest decisions of a key, the newest first.</summary>
    /// <param name="key">Index into <see cref="Columns"/>.</param> <param name="since">Older ones may have left the
    /// log.</param>
    internal void Read(int key, int code, long since, int most, List<long> places)
    {
        if (!_latest[key].TryGetValue(code, out var at)) { return; }
        for (; at >= First && places.Count < most; at = _older[Slot(at, key)])
        {
            if (_entries[at & (_entries.Length - 1)].Known < since) { return; }
            places.Add(_entries[at & (_entries.Length - 1)].Place);
        }
    }

    /// <summary>Nothing by type: the state hands decisions over.</summary>
    public bool Takes(byte type) => false;

    public void Apply(in LogRecord record, long known) { }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Format);
        writer.Write(_columns.Length);
        writer.Write(_next - First);
        for (var at = First; at < _next; at++)
        {
            var entry = _entries[at & (_entries.Length - 1)];
            writer.Write(entry.Place);
            writer.Write(entry.Known);
            for (var k = 0; k < _columns.Length; k++) { writer.Write(_codes[Slot(at, k)]); }
        }
    }

    public void Read(BinaryReader reader)
    {
        var (format, keys) = (reader.ReadInt32(), reader.ReadInt32());
        if (format > Format || keys != _columns.Length)
        {
            throw new InvalidDataException(
                $"a trail of format {format} with {keys} keys, expected up to {Format} with {_columns.Length}; use the program and "
                + "the design that wrote it.");
        }
        var codes = new int[keys];
        for (var count = reader.ReadInt64(); count > 0; count--)
        {
            var (place, known) = (reader.ReadInt64(), reader.ReadInt64());
            for (var k = 0; k < keys; k++) { codes[k] = reader.ReadInt32(); }
            Add(place, known, codes);
        }
    }

    private long First => Math.Max(0, _next - Capacity);

    private void Add(long place, long known, ReadOnlySpan<int> codes)
    {
        var held = _next - First;
        if (held == _entries.Length && held < Capacity) { Grow(); }
        var at = _next;
        if (held == Capacity) { Leave(at - Capacity); }
        _entries[at & (_entries.Length - 1)] = new() { Place = place, Known = known };
        for (var k = 0; k < codes.Length; k++)
        {
            _codes[Slot(at, k)] = codes[k];
            _older[Slot(at, k)] = codes[k] >= 0 && _latest[k].TryGetValue(codes[k], out var before) ? before : -1;
            if (codes[k] >= 0) { _latest[k][codes[k]] = at; }
        }
        _next++;
    }

    private void Leave(long at)
    {
        for (var k = 0; k < _columns.Length; k++)
        {
            var code = _codes[Slot(at, k)];
            if (_latest[k].TryGetValue(code, out var latest) && latest == at) { _latest[k].Remove(code); }
        }
    }

    private int Slot(long at, int key) => ((int)(at & (_entries.Length - 1)) * _columns.Length) + key;

    private void Grow()
    {
        var (entries, codes, older, width) = (_entries, _codes, _older, _columns.Length);
        _entries = new Entry[2 * entries.Length];
        _codes = new int[_entries.Length * width];
        _older = new long[_codes.Length];
        for (var at = First; at < _next; at++)
        {
            var from = (int)(at & (entries.Length - 1));
            _entries[at & (_entries.Length - 1)] = entries[from];
            codes.AsSpan(from * width, width).CopyTo(_codes.AsSpan(Slot(at, 0), width));
            older.AsSpan(from * width, width).CopyTo(_older.AsSpan(Slot(at, 0), width));
        }
    }
}
