namespace Lintel.Pipeline.Live;

/// <summary>Ids in the order of acceptance: bytes to a slot that rises by one with each, and back. The oldest can be
/// forgotten; a slot is never used twice. Not thread-safe: the sequencer owns it.</summary>
/// <remarks>Everything stands in pages, and buckets are split one with each id that comes (linear hashing; Litwin, VLDB
/// 1980), so no addition ever copies what is there: the sequencer knows no pause. Chains run from the newest to the
/// oldest, so a chain ends at the first forgotten slot and forgetting unlinks nothing. Texts stand in pages that are
/// freed with the last slot they hold: no object for each id.</remarks>
internal sealed class IdIndex
{
    /// <summary>Longest id, in UTF-8 bytes.</summary>
    internal const int MaxIdBytes = 256;

    /// <summary>Slots of a page; columns beside the index have pages as long.</summary>
    internal const int PageSlots = 1 << PageLog;

    internal const int PageLog = 12;

    private const int TextPageBytes = 1 << 16;
    private const int FewestBuckets = PageSlots;

    private readonly List<byte[]?> _texts = [];
    private readonly List<Entry[]?> _pages = [];
    private readonly List<long[]> _heads = [NewHeads()];
    private long _buckets = FewestBuckets;
    private long _level = FewestBuckets;
    private long _textEnd;
    private int _freedTexts;
    private int _freedPages;

    private struct Entry
    {
        internal int Hash;
        internal int Length;
        internal long TextAt;
        internal long Older;
    }

    /// <summary>Oldest slot that is remembered.</summary>
    internal long First { get; private set; }

    /// <summary>Slot that the next id gets.</summary>
    internal long Next { get; private set; }

    /// <summary>Slot of an id; −1 when it was never seen, or is forgotten.</summary>
    internal long Find(ReadOnlySpan<byte> id)
    {
        var hash = HashOf(id);
        for (var slot = Head(BucketOf(hash)); slot >= First;)
        {
            ref var entry = ref At(slot);
            if (entry.Hash == hash && Text(entry).SequenceEqual(id)) { return slot; }
            slot = entry.Older;
        }
        return -1;
    }

    /// <summary>Adds an id that <see cref="Find"/> does not know.</summary>
    /// <param name="id">At most <see cref="MaxIdBytes"/>.</param>
    internal long Add(ReadOnlySpan<byte> id)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(id.Length, MaxIdBytes);
        if (Next - First >= _buckets) { Split(); }
        id.CopyTo(NextText(id.Length, out var textAt));
        return Link(textAt, id);
    }

    internal ReadOnlySpan<byte> Id(long slot) => Text(At(slot));

    /// <summary>Forgets every slot below one.</summary>
    internal void ForgetBelow(long slot)
    {
        First = Math.Clamp(slot, First, Next);
        var keepFrom = First == Next ? _textEnd : At(First).TextAt;
        for (; _freedTexts < keepFrom / TextPageBytes; _freedTexts++) { _texts[_freedTexts] = null; }
        for (; _freedPages < First >> PageLog; _freedPages++) { _pages[_freedPages] = null; }
    }

    /// <summary>Writes every id that is remembered: lengths, then texts.</summary>
    internal void Write(BinaryWriter writer)
    {
        for (var slot = First; slot < Next; slot++) { writer.Write((ushort)At(slot).Length); }
        for (var slot = First; slot < Next; slot++) { writer.Write(Text(At(slot))); }
    }

    /// <summary>Reads what <see cref="Write"/> wrote into an index that is still empty.</summary>
    internal void Read(BinaryReader reader, long count)
    {
        while (_buckets < count) { Split(); }
        var lengths = new ushort[count];
        reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(lengths.AsSpan()));
        foreach (var length in lengths)
        {
            if (length > MaxIdBytes) { throw new InvalidDataException($"a live state holds an id of {length} bytes; train again."); }
            var text = NextText(length, out var textAt);
            reader.BaseStream.ReadExactly(text);
            Link(textAt, text);
        }
    }

    private long Link(long textAt, ReadOnlySpan<byte> id)
    {
        var slot = Next++;
        if (slot >> PageLog == _pages.Count) { _pages.Add(new Entry[PageSlots]); }
        ref var entry = ref At(slot);
        entry.Hash = HashOf(id);
        entry.Length = id.Length;
        entry.TextAt = textAt;
        ref var head = ref Head(BucketOf(entry.Hash));
        entry.Older = head;
        head = slot;
        return slot;
    }

    private Span<byte> NextText(int length, out long at)
    {
        var inPage = (int)(_textEnd % TextPageBytes);
        if (inPage + length > TextPageBytes) { _textEnd += TextPageBytes - inPage; }
        at = _textEnd;
        while (_texts.Count <= at / TextPageBytes) { _texts.Add(new byte[TextPageBytes]); }
        _textEnd += length;
        return _texts[(int)(at / TextPageBytes)].AsSpan((int)(at % TextPageBytes), length);
    }

    private ref Entry At(long slot) => ref _pages[(int)(slot >> PageLog)]![slot & (PageSlots - 1)];

    private ref long Head(long bucket) => ref _heads[(int)(bucket >> PageLog)][bucket & (PageSlots - 1)];

    private ReadOnlySpan<byte> Text(in Entry entry) => entry.Length == 0
        ? default
        : _texts[(int)(entry.TextAt / TextPageBytes)].AsSpan((int)(entry.TextAt % TextPageBytes), entry.Length);

    private long BucketOf(int hash)
    {
        var bucket = (uint)hash & ((2 * _level) - 1);
        return bucket < _buckets ? bucket : bucket & (_level - 1);
    }

    /// <summary>Makes one bucket more: the next one in turn gives it its half, both in their order.</summary>
    private void Split()
    {
        var (from, to) = (_buckets - _level, _buckets);
        if (to >> PageLog == _heads.Count) { _heads.Add(NewHeads()); }
        _buckets++;
        ref var staying = ref Head(from);
        ref var moving = ref Head(to);
        for (var slot = staying; slot >= First;)
        {
            ref var entry = ref At(slot);
            if (((uint)entry.Hash & _level) == 0)
            {
                staying = slot;
                staying = ref entry.Older;
            }
            else
            {
                moving = slot;
                moving = ref entry.Older;
            }
            slot = entry.Older;
        }
        staying = moving = -1;
        if (_buckets == 2 * _level) { _level *= 2; }
    }

    private static long[] NewHeads()
    {
        var heads = new long[PageSlots];
        heads.AsSpan().Fill(-1);
        return heads;
    }

    /// <summary>Seeded anew in each process, so that no client can choose ids that collide.</summary>
    private static int HashOf(ReadOnlySpan<byte> id)
    {
        var hash = default(HashCode);
        hash.AddBytes(id);
        return hash.ToHashCode();
    }
}
