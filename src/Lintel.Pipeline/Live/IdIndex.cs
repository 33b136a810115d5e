namespace Lintel.Pipeline.Live;

/// <summary>Ids in the order of acceptance: bytes to a slot that rises by one with each, and back. The oldest can be
/// forgotten; a slot is never used twice. Not thread-safe: the sequencer owns it.</summary>
/// <remarks>Chains run from the newest to the oldest, so a chain ends at the first forgotten slot and forgetting
/// unlinks nothing. Texts stand in pages that are freed with the last slot they hold: no object for each id.</remarks>
internal sealed class IdIndex
{
    /// <summary>Longest id, in UTF-8 bytes.</summary>
    internal const int MaxIdBytes = 256;

    private const int PageBytes = 1 << 16;

    private readonly List<byte[]?> _pages = [];
    private long[] _heads = NewHeads(1024);
    private Entry[] _entries = new Entry[1024];
    private long _textEnd;
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

    /// <summary>Slots the ring holds, a power of two; columns beside it are as long.</summary>
    internal int Capacity => _entries.Length;

    /// <summary>Slot of an id; −1 when it was never seen, or is forgotten.</summary>
    internal long Find(ReadOnlySpan<byte> id)
    {
        var hash = HashOf(id);
        for (var slot = _heads[hash & (_heads.Length - 1)]; slot >= First;)
        {
            ref var entry = ref _entries[slot & (_entries.Length - 1)];
            if (entry.Hash == hash && Text(entry).SequenceEqual(id)) { return slot; }
            slot = entry.Older;
        }
        return -1;
    }

    /// <summary>Adds an id that <see cref="Find"/> does not know; the ring grows by doubling.</summary>
    /// <param name="id">At most <see cref="MaxIdBytes"/>.</param>
    internal long Add(ReadOnlySpan<byte> id)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(id.Length, MaxIdBytes);
        if (Next - First == _entries.Length) { Grow(); }
        var slot = Next++;
        ref var entry = ref _entries[slot & (_entries.Length - 1)];
        entry.Hash = HashOf(id);
        entry.Length = id.Length;
        entry.TextAt = AddText(id);
        ref var head = ref _heads[entry.Hash & (_heads.Length - 1)];
        entry.Older = head;
        head = slot;
        return slot;
    }

    internal ReadOnlySpan<byte> Id(long slot) => Text(_entries[slot & (_entries.Length - 1)]);

    /// <summary>Forgets every slot below one.</summary>
    internal void ForgetBelow(long slot)
    {
        First = Math.Clamp(slot, First, Next);
        var keepFrom = First == Next ? _textEnd : _entries[First & (_entries.Length - 1)].TextAt;
        for (; _freedPages < keepFrom / PageBytes; _freedPages++) { _pages[_freedPages] = null; }
    }

    private long AddText(ReadOnlySpan<byte> id)
    {
        var inPage = (int)(_textEnd % PageBytes);
        if (inPage + id.Length > PageBytes) { _textEnd += PageBytes - inPage; }
        var at = _textEnd;
        while (_pages.Count <= at / PageBytes) { _pages.Add(new byte[PageBytes]); }
        id.CopyTo(_pages[(int)(at / PageBytes)].AsSpan((int)(at % PageBytes)));
        _textEnd += id.Length;
        return at;
    }

    private ReadOnlySpan<byte> Text(in Entry entry) => entry.Length == 0
        ? default
        : _pages[(int)(entry.TextAt / PageBytes)].AsSpan((int)(entry.TextAt % PageBytes), entry.Length);

    private void Grow()
    {
        var old = _entries;
        _entries = new Entry[2 * old.Length];
        _heads = NewHeads(2 * old.Length);
        for (var slot = First; slot < Next; slot++)
        {
            ref var entry = ref _entries[slot & (_entries.Length - 1)];
            entry = old[slot & (old.Length - 1)];
            ref var head = ref _heads[entry.Hash & (_heads.Length - 1)];
            entry.Older = head;
            head = slot;
        }
    }

    private static long[] NewHeads(int count)
    {
        var heads = new long[count];
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
