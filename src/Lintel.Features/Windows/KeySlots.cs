using Lintel.Features.Planning;
using Lintel.Numerics.Random;

namespace Lintel.Features.Windows;

/// <summary>From a key to its slot: an array by code for one key, a hash table for several, one slot for none.</summary>
/// <remarks>The codes stand in the slot's block, so the table holds slots only. Codes are dense, so the array is as long as the
/// dictionary.</remarks>
internal sealed class KeySlots(SlotBlocks blocks, int keyCount)
{
    // slot + 1; 0: none
    private int[] _slots = new int[16];
    private int _count;

    /// <param name="key">Codes; none is missing.</param> <returns>−1: the key has no state.</returns>
    internal int Find(ReadOnlySpan<long> key)
    {
        if (keyCount == 1) { return Find(key[0]); }
        if (keyCount == 0) { return _slots[0] - 1; }
        var mask = _slots.Length - 1;
        for (var at = Hash(key) & mask; _slots[at] != 0; at = (at + 1) & mask)
        {
            if (KeyOf(_slots[at] - 1).SequenceEqual(key)) { return _slots[at] - 1; }
        }
        return -1;
    }

    /// <summary>The same for a single key.</summary>
    internal int Find(long code) => (ulong)code < (ulong)_slots.Length ? _slots[code] - 1 : -1;

    /// <summary>Gives a key that has none a slot.</summary>
    internal int Add(ReadOnlySpan<long> key)
    {
        var slot = blocks.Add();
        key.CopyTo(blocks[slot][WindowGroup.KeyWords..]);
        _count++;
        if (keyCount == 0) { _slots[0] = slot + 1; }
        else if (keyCount == 1)
        {
            if (key[0] >= _slots.Length) { Array.Resize(ref _slots, (int)Math.Max(key[0] + 1, _slots.Length * 2L)); }
            _slots[key[0]] = slot + 1;
        }
        else
        {
            if (_count * 2 > _slots.Length) { Grow(); }
            Place(slot);
        }
        return slot;
    }

    /// <summary>Takes a slot's key away, and the slot with it.</summary>
    internal void Remove(int slot)
    {
        _count--;
        if (keyCount == 0) { _slots[0] = 0; }
        else if (keyCount == 1) { _slots[KeyOf(slot)[0]] = 0; }
        else { Unplace(slot); }
        blocks.Remove(slot);
    }

    internal ReadOnlySpan<long> KeyOf(int slot) => blocks[slot].Slice(WindowGroup.KeyWords, keyCount);

    /// <summary>Slots in use, by their keys' codes.</summary>
    internal List<int> InKeyOrder()
    {
        var slots = new List<int>(_count);
        foreach (var slot in _slots)
        {
            if (slot != 0) { slots.Add(slot - 1); }
        }
        // a single key's slots stand by its code already
        if (keyCount > 1) { slots.Sort((a, b) => KeyOf(a).SequenceCompareTo(KeyOf(b))); }
        return slots;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new int[old.Length * 2];
        foreach (var entry in old)
        {
            if (entry != 0) { Place(entry - 1); }
        }
    }

    private void Place(int slot)
    {
        var mask = _slots.Length - 1;
        var at = Hash(KeyOf(slot)) & mask;
        while (_slots[at] != 0) { at = (at + 1) & mask; }
        _slots[at] = slot + 1;
    }

    // linear probing without tombstones: later entries of the run move up into the gap
    private void Unplace(int slot)
    {
        var mask = _slots.Length - 1;
        var gap = Hash(KeyOf(slot)) & mask;
        while (_slots[gap] != slot + 1) { gap = (gap + 1) & mask; }
        for (var at = (gap + 1) & mask; _slots[at] != 0; at = (at + 1) & mask)
        {
            var home = Hash(KeyOf(_slots[at] - 1)) & mask;
            if (((at - home) & mask) < ((at - gap) & mask)) { continue; }
            _slots[gap] = _slots[at];
            gap = at;
        }
        _slots[gap] = 0;
    }

    private static int Hash(ReadOnlySpan<long> key)
    {
        var hash = 0UL;
        foreach (var code in key) { hash = RandomStream.Mix(hash ^ (ulong)code); }
        return (int)hash & int.MaxValue;
    }
}
