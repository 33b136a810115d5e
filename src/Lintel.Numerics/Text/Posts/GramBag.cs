namespace Lintel.Numerics.Text.Posts;

/// <summary>The ids of one text and how often each came, in the order of their first coming. Used again from text to text: allocation-free
/// once it has grown to the longest. One thread at a time.</summary>
public sealed class GramBag
{
    private const int SmallTable = 4_096;

    private int[] _ids = new int[512];
    private int[] _counts = new int[512];

    // open addressing over twice the room: place of an id + 1; 0: free
    private int[] _slots = new int[1_024];

    /// <summary>Different ids.</summary>
    public int Count { get; private set; }

    /// <summary>[<see cref="Count"/>], all different.</summary>
    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>[<see cref="Count"/>], 1 or more.</summary>
    public ReadOnlySpan<int> Counts => _counts.AsSpan(0, Count);

    public void Clear()
    {
        // few ids in a large table: only their slots are cleared, the last one's first
        if (_slots.Length <= SmallTable || Count * 8 > _slots.Length) { Array.Clear(_slots); }
        else
        {
            for (var i = Count - 1; i >= 0; i--) { _slots[SlotOf(_ids[i])] = 0; }
        }
        Count = 0;
    }

    public void Add(int id)
    {
        var slot = SlotOf(id);
        if (_slots[slot] is var place and > 0)
        {
            _counts[place - 1]++;
            return;
        }
        if (Count == _ids.Length)
        {
            Grow();
            slot = SlotOf(id);
        }
        (_ids[Count], _counts[Count]) = (id, 1);
        _slots[slot] = ++Count;
    }

    /// <summary>The slot that holds an id, or that it would take.</summary>
    private int SlotOf(int id)
    {
        var mask = _slots.Length - 1;
        var slot = (int)((uint)id * 0x9E3779B1u >> 8) & mask;
        while (_slots[slot] is var place and > 0 && _ids[place - 1] != id) { slot = (slot + 1) & mask; }
        return slot;
    }

    private void Grow()
    {
        Array.Resize(ref _ids, 2 * _ids.Length);
        Array.Resize(ref _counts, _ids.Length);
        _slots = new int[2 * _ids.Length];
        for (var i = 0; i < Count; i++) { _slots[SlotOf(_ids[i])] = i + 1; }
    }
}
