using Lintel.Events;

namespace Lintel.Features;

/// <summary>Records of one instant that wait for its end, in the order of acceptance.</summary>
internal sealed class PendingRecords
{
    private Entry[] _entries = new Entry[16];
    private double[] _values = new double[256];
    private int _used;

    internal int Count { get; private set; }

    internal long Known { get; private set; }

    internal void Add(in EventRecord record)
    {
        if (Count == _entries.Length) { Array.Resize(ref _entries, Count * 2); }
        if (_used + record.Values.Length > _values.Length)
        {
            Array.Resize(ref _values, Math.Max(_values.Length * 2, _used + record.Values.Length));
        }
        record.Values.CopyTo(_values.AsSpan(_used));
        _entries[Count++] = new(record.Type, record.Number, record.Subject, _used, record.Values.Length);
        _used += record.Values.Length;
        Known = record.Known;
    }

    internal EventRecord this[int index]
    {
        get
        {
            ref readonly var entry = ref _entries[index];
            return new()
            {
                Type = entry.Type,
                Number = entry.Number,
                Subject = entry.Subject,
                Known = Known,
                Values = _values.AsSpan(entry.Start, entry.Length),
            };
        }
    }

    internal void Clear()
    {
        Count = 0;
        _used = 0;
    }

    private readonly record struct Entry(int Type, int Number, int Subject, int Start, int Length);
}
