using Lintel.Features.Planning;
using Lintel.Native;

namespace Lintel.Features.Windows;

/// <content>What a coming record will touch, brought near beforehand.</content>
internal sealed partial class WindowState
{
    /// <summary>Begins to bring a key's block into the caches, some records ahead of its use.</summary>
    /// <returns>What <see cref="HintEntries"/> takes.</returns>
    internal int HintBlock(ReadOnlySpan<double> values, bool decided)
    {
        if (IsByList) { return -1; }
        var slot = SlotOf(values, decided ? _decisionKeys : _sourceKeys);
        if (slot >= 0)
        {
            var block = _blocks[slot];
            for (var word = 0; word < block.Length; word += 8) { CacheHints.Load(ref block[word]); }
            CacheHints.Load(ref block[^1]);
        }
        return slot;
    }

    /// <summary>The same for the entries that leave next and the one that comes, once the block is there.</summary>
    /// <param name="slot">It may have another key by now, or none.</param>
    internal void HintEntries(int slot, bool decided)
    {
        if (slot < 0 || !_hasRing) { return; }
        var block = _blocks[slot];
        if (block[WindowGroup.RingWord] == 0) { return; }
        var ring = _rings.Of(block[WindowGroup.RingWord]);
        var mask = (1 << RingSlabs.LogOf(block[WindowGroup.RingWord])) - 1;
        if (decided)
        {
            for (var w = 0; w <= _longestFinite; w++)
            {
                CacheHints.Load(ref ring[((int)block[_windows[w].TailWord] & mask) * _stride]);
            }
        }
        CacheHints.Load(ref ring[((int)block[WindowGroup.HeadWord] & mask) * _stride]);
    }
}
