using Lintel.Numerics.Random;

namespace Lintel.Features.Windows;

/// <summary>How often each value stands in each key's window: open addressing, at most half full, no tombstones.</summary>
internal sealed class ValueCounts
{
    private Entry[] _entries = new Entry[16];
    private int _count;

    /// <summary>(slot, value, count), in no order.</summary>
    internal IEnumerable<(int Slot, long Value, int Count)> All =>
        _entries.Where(static e => e.Count != 0).Select(static e => (e.Slot, e.Value, e.Count));

    /// <returns>True when the value is new to the slot.</returns>
    internal bool Add(int slot, long value, int times = 1)
    {
        ref var entry = ref _entries[IndexOf(slot, value)];
        entry.Count += times;
        if (entry.Count != times) { return false; }
        (entry.Slot, entry.Value) = (slot, value);
        if (++_count * 2 > _entries.Length) { Grow(); }
        return true;
    }

    /// <returns>True when that was the slot's last of the value.</returns>
    internal bool Remove(int slot, long value)
    {
        var at = IndexOf(slot, value);
        if (--_entries[at].Count != 0) { return false; }
        _count--;
        CloseGap(at);
        return true;
    }

    private int IndexOf(int slot, long value)
    {
        var mask = _entries.Length - 1;
        var at = Hash(slot, value) & mask;
        while (_entries[at].Count != 0 && (_entries[at].Slot != slot || _entries[at].Value != value)) { at = (at + 1) & mask; }
        return at;
    }

    private void CloseGap(int gap)
    {
        var mask = _entries.Length - 1;
        for (var at = (gap + 1) & mask; _entries[at].Count != 0; at = (at + 1) & mask)
        {
            var home = Hash(_entries[at].Slot, _entries[at].Value) & mask;
            if (((at - home) & mask) < ((at - gap) & mask)) { continue; }
            _entries[gap] = _entries[at];
            gap = at;
        }
        _entries[gap] = default;
    }

    private void Grow()
    {
        var old = _entries;
        _entries = new Entry[old.Length * 2];
        foreach (var entry in old)
        {
            if (entry.Count != 0) { _entries[IndexOf(entry.Slot, entry.Value)] = entry; }
        }
    }

    private static int Hash(int slot, long value) => (int)RandomStream.Mix((ulong)value ^ ((ulong)slot << 40)) & int.MaxValue;

    private struct Entry
    {
        internal long Value;
        internal int Slot;
        internal int Count;
    }
}
