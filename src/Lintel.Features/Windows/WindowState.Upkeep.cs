using Lintel.Features.Planning;

namespace Lintel.Features.Windows;

/// <content>Corrections, and giving back what is not needed any more.</content>
internal sealed partial class WindowState
{
    // smaller rings are not worth moving
    private const int LargeRingLog = 5;

    /// <summary>Looks at one key: one whose last entry has left every window loses its state; a ring that is mostly empty shrinks.</summary>
    internal void Sweep(long now)
    {
        if (!_hasRing || _group.KeepsEntries || _blocks.Count == 0) { return; }
        if (++_swept >= _blocks.Count) { _swept = 0; }
        var block = _blocks[_swept];
        var ring = block[WindowGroup.RingWord];
        if (ring == 0) { return; }      // a free slot
        if (!_group.HasEndless && block[WindowGroup.LastWord] < now - _windows[^1].Length) { Drop(_swept, now); }
        else if (RingSlabs.LogOf(ring) > LargeRingLog)
        {
            Expire(block, _rings.Of(ring), _swept, now, peek: false);
            if ((block[WindowGroup.HeadWord] - Base(block)) * 4 < 1 << RingSlabs.LogOf(ring))
            {
                block[WindowGroup.RingWord] =
                    _rings.Resize(ring, RingSlabs.LogOf(ring) - 1, Base(block), block[WindowGroup.HeadWord]);
            }
        }
    }

    /// <summary>Lets everything leave that has left its window at <paramref name="now"/>, so that equal histories have equal states.</summary>
    internal void Settle(long now)
    {
        if (!_hasRing) { return; }
        foreach (var slot in _keys.InKeyOrder())
        {
            var block = _blocks[slot];
            Expire(block, _rings.Of(block[WindowGroup.RingWord]), slot, now, peek: false);
            if (!_group.HasEndless && Base(block) == block[WindowGroup.HeadWord]) { Drop(slot, now); }
        }
    }

    private void Drop(int slot, long now)
    {
        var block = _blocks[slot];
        Expire(block, _rings.Of(block[WindowGroup.RingWord]), slot, now, peek: false);
        foreach (var parts in _parts)
        {
            foreach (var part in parts)
            {
                if (part.Kind is PartKind.Min or PartKind.Max) { _queues.Clear(block.Slice(part.Word, 3)); }
            }
        }
        _rings.Free(block[WindowGroup.RingWord]);
        _keys.Remove(slot);
    }

    /// <summary>Takes the earlier record about a subject out of every window that holds it. Cost: the key's entries.</summary>
    private void Retract(int slot, int subject)
    {
        var block = _blocks[slot];
        var ring = _rings.Of(block[WindowGroup.RingWord]);
        var index = block[WindowGroup.HeadWord] - 1;
        while (Entry(ring, index)[1] != subject + 1) { index--; }       // it is there: the subject's slot says so
        var entry = Entry(ring, index);
        entry[1] = Dead;
        _subjects!.Remove(subject);
        for (var w = 0; w < _windows.Length; w++)
        {
            if (index < Tail(block, _windows[w])) { continue; }
            block[_windows[w].CountWord]--;
            Leave(_windows[w], block, ring, slot, index, entry, peek: false);
            foreach (var part in _parts[w])
            {
                if (part.Kind is not (PartKind.Min or PartKind.Max)) { continue; }
                // what the retracted value kept out of the queue may be the extreme now
                _queues.Clear(block.Slice(part.Word, 3));
                for (var i = Tail(block, _windows[w]); i < block[WindowGroup.HeadWord]; i++)
                {
                    var other = Entry(ring, i);
                    if (!IsAlive(other)) { continue; }
                    var word = other[_valueAt + part.Value];
                    if (word != GroupValue.Missing)
                    {
                        _queues.Push(block.Slice(part.Word, 3), i, word, part.Kind == PartKind.Min);
                    }
                }
            }
        }
    }
}
