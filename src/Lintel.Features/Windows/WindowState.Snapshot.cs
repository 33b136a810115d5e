using System.Runtime.InteropServices;
using Lintel.Features.Planning;

namespace Lintel.Features.Windows;

/// <content>A group's state on disk: by key, entries from the oldest that is needed, tails counted from it, then the accumulators.</content>
internal sealed partial class WindowState
{
    /// <summary>The state is settled: see <see cref="Settle"/>.</summary>
    internal void Write(BinaryWriter writer)
    {
        var slots = _keys.InKeyOrder();
        writer.Write(slots.Count);
        foreach (var slot in slots)
        {
            var block = _blocks[slot];
            foreach (var code in _keys.KeyOf(slot)) { writer.Write(code); }
            writer.Write(block[WindowGroup.LastWord]);
            var first = _hasRing ? Base(block) : 0;
            writer.Write(block[WindowGroup.HeadWord] - first);
            if (_hasRing)
            {
                // the ring from its oldest entry to its end, then from its start: two runs of memory at most
                var ring = _rings.Of(block[WindowGroup.RingWord]);
                var entries = ring.Length / _stride;
                var count = (int)(block[WindowGroup.HeadWord] - first);
                var start = (int)(first & (entries - 1));
                var toEnd = Math.Min(count, entries - start);
                writer.Write(MemoryMarshal.AsBytes(ring.Slice(start * _stride, toEnd * _stride)));
                writer.Write(MemoryMarshal.AsBytes(ring[..((count - toEnd) * _stride)]));
            }
            for (var w = 0; w < _windows.Length; w++)
            {
                writer.Write(_windows[w].IsEndless ? 0 : block[_windows[w].TailWord] - first);
                writer.Write(block[_windows[w].CountWord]);
                foreach (var part in _parts[w]) { WritePart(writer, part, block, first); }
            }
        }
        if (_group.HasEndless && !_group.KeepsEntries) { WriteEndlessCounts(writer, slots); }
    }

    internal void Read(BinaryReader reader)
    {
        var slots = new int[reader.ReadInt32()];
        for (var s = 0; s < slots.Length; s++)
        {
            for (var k = 0; k < _key.Length; k++) { _key[k] = reader.ReadInt64(); }
            var slot = slots[s] = AddKey();
            var block = _blocks[slot];
            block[WindowGroup.LastWord] = reader.ReadInt64();
            var head = block[WindowGroup.HeadWord] = reader.ReadInt64();
            if (_hasRing) { ReadEntries(reader, block, slot, head); }
            for (var w = 0; w < _windows.Length; w++)
            {
                block[_windows[w].TailWord] = reader.ReadInt64();
                block[_windows[w].CountWord] = reader.ReadInt64();
                foreach (var part in _parts[w]) { ReadPart(reader, part, block, slot, _windows[w]); }
            }
        }
        if (_group.HasEndless && !_group.KeepsEntries) { ReadEndlessCounts(reader, slots); }
    }

    private void ReadEntries(BinaryReader reader, Span<long> block, int slot, long head)
    {
        var log = RingSlabs.SmallestLog;
        while (1L << log < head) { log++; }
        if (log > RingSlabs.SmallestLog)
        {
            _rings.Free(block[WindowGroup.RingWord]);
            block[WindowGroup.RingWord] = _rings.Allocate(log);
        }
        var ring = _rings.Of(block[WindowGroup.RingWord]);
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(ring[..((int)head * _stride)]));
        if (_subjects is null) { return; }
        for (var i = 0L; i < head; i++)
        {
            var subject = Entry(ring, i)[1];
            if (subject > 0) { _subjects.Set((int)subject - 1, slot); }
        }
    }

    private void WritePart(BinaryWriter writer, in WindowPart part, Span<long> block, long first)
    {
        if (part.Kind is PartKind.Min or PartKind.Max)
        {
            _queues.Write(writer, block.Slice(part.Word, 3), first);
            return;
        }
        var words = part.Kind is PartKind.Sum or PartKind.Squares ? 3 : 1;
        // whether a table is in use depends on when keys were read, the values do not
        for (var i = 0; i < words; i++) { writer.Write(part.Kind == PartKind.Distinct ? block[part.Word] & ~IsCounted : block[part.Word + i]); }
    }

    private void ReadPart(BinaryReader reader, in WindowPart part, Span<long> block, int slot, in WindowLayout window)
    {
        if (part.Kind is PartKind.Min or PartKind.Max)
        {
            _queues.Read(reader, block.Slice(part.Word, 3), part.Kind == PartKind.Min);
            return;
        }
        var words = part.Kind is PartKind.Sum or PartKind.Squares ? 3 : 1;
        for (var i = 0; i < words; i++) { block[part.Word + i] = reader.ReadInt64(); }
        if (part.Kind != PartKind.Distinct || (window.IsEndless && !_group.KeepsEntries)) { return; }
        if (block[WindowGroup.HeadWord] - Tail(block, window) > LongestLook)
        {
            block[part.Word] = IsCounted | CountAll(part, window, block, _rings.Of(block[WindowGroup.RingWord]), slot);
        }
    }

    // of endless windows without entries the counts are all there is
    private void WriteEndlessCounts(BinaryWriter writer, List<int> slots)
    {
        var rank = new Dictionary<int, int>();
        for (var s = 0; s < slots.Count; s++) { rank.Add(slots[s], s); }
        foreach (var part in _parts[^1])
        {
            if (part.Kind != PartKind.Distinct) { continue; }
            var counts = _counts[part.Table].All.Select(c => (Rank: rank[c.Slot], c.Value, c.Count)).Order().ToList();
            writer.Write(counts.Count);
            foreach (var (slotRank, value, count) in counts)
            {
                writer.Write(slotRank);
                writer.Write(value);
                writer.Write(count);
            }
        }
    }

    private void ReadEndlessCounts(BinaryReader reader, int[] slots)
    {
        foreach (var part in _parts[^1])
        {
            if (part.Kind != PartKind.Distinct) { continue; }
            for (var i = reader.ReadInt32(); i > 0; i--)
            {
                var (rank, value, count) = (reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt32());
                _ = _counts[part.Table].Add(slots[rank], value, count);
            }
        }
    }
}
