namespace Lintel.Features.Windows;

/// <summary>Rings of entries, carved from slabs: a ring holds a power of two of them and is asked for, grown and given back without
/// touching the garbage collector once enough slabs are there.</summary>
/// <remarks>A ring's name is one word, never 0: slab, offset and the binary logarithm of its entries.</remarks>
internal sealed class RingSlabs(int entryWords)
{
    internal const int SmallestLog = 2;

    private const int SlabWords = 1 << 16;
    private const int LogBits = 5, OffsetBits = 17;

    private readonly Stack<long>[] _free = [.. Enumerable.Range(0, 1 << LogBits).Select(static _ => new Stack<long>())];
    private long[][] _slabs = new long[16][];
    private int _slabCount, _current;
    private int _used = SlabWords;

    internal static int LogOf(long ring) => (int)((ring - 1) & ((1 << LogBits) - 1));

    /// <summary>Words in use and kept for use: for tests and measures of memory.</summary>
    internal long Words => _slabs.Take(_slabCount).Sum(static s => (long)s.Length);

    internal long Allocate(int log)
    {
        if (_free[log].TryPop(out var ring)) { return ring; }
        var words = entryWords << log;
        if (words > SlabWords / 2) { return Name(Add(words), 0, log); }
        if (_used + words > SlabWords)
        {
            _ = Add(SlabWords);
            _used = 0;
            _current = _slabCount - 1;
        }
        var name = Name(_current, _used, log);
        _used += words;
        return name;
    }

    internal void Free(long ring) => _free[LogOf(ring)].Push(ring);

    internal Span<long> Of(long ring)
    {
        var name = ring - 1;
        return _slabs[(int)(name >> (LogBits + OffsetBits))].AsSpan(
            (int)(name >> LogBits) & ((1 << OffsetBits) - 1), entryWords << (int)(name & ((1 << LogBits) - 1)));
    }

    /// <summary>Moves the entries <paramref name="from"/> … <paramref name="to"/> into a ring of another size; the old one is free again.</summary>
    internal long Resize(long ring, int log, long from, long to)
    {
        var next = Allocate(log);
        var old = Of(ring);
        var grown = Of(next);
        var (oldMask, mask) = ((1L << LogOf(ring)) - 1, (1L << log) - 1);
        for (var i = from; i < to; i++)
        {
            old.Slice((int)(i & oldMask) * entryWords, entryWords).CopyTo(grown[((int)(i & mask) * entryWords)..]);
        }
        Free(ring);
        return next;
    }

    private static long Name(int slab, int offset, int log) =>
        (((((long)slab << OffsetBits) | (uint)offset) << LogBits) | (uint)log) + 1;

    private int Add(int words)
    {
        if (_slabCount == _slabs.Length) { Array.Resize(ref _slabs, _slabCount * 2); }
        _slabs[_slabCount] = new long[words];
        return _slabCount++;
    }
}
