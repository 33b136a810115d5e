using System.Runtime.InteropServices;

namespace Lintel.Retrieval.Nearest;

/// <summary>Keeps the best of many scores in the caller's span, offered in any order; ties keep the lower item. A heap, for lists that are
/// too long for <see cref="TopItems"/>, which keeps its list in order.</summary>
/// <remarks>Until they are put in order, score and item stand in the span as one number each, the larger the better, so that one comparison
/// decides.</remarks>
public ref struct BestItems(Span<ScoredItem> items)
{
    private readonly Span<ScoredItem> _items = items;

    // the worst stands at the root
    private readonly Span<ulong> _keys = MemoryMarshal.Cast<ScoredItem, ulong>(items);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    public readonly bool IsFull => Count == _keys.Length;

    /// <summary>The least score among them when there is no more room; −∞ before.</summary>
    public float Floor { get; private set; } = items.IsEmpty ? float.PositiveInfinity : float.NegativeInfinity;

    /// <param name="item">0 or more.</param> <param name="score">Not NaN.</param>
    public void Offer(int item, float score)
    {
        var key = Key(item, score);
        if (Count < _keys.Length)
        {
            var at = Count++;
            for (; at > 0 && key < _keys[(at - 1) / 2]; at = (at - 1) / 2) { _keys[at] = _keys[(at - 1) / 2]; }
            _keys[at] = key;
        }
        else if (Count > 0 && key > _keys[0]) { ReplaceWorst(key); }
        if (IsFull && Count > 0) { Floor = ScoreOf(_keys[0]); }
    }

    /// <summary>Puts them in order, best first; nothing can be offered behind it.</summary>
    /// <returns>How many there are.</returns>
    public readonly int Sort()
    {
        var keys = _keys[..Count];
        keys.Sort();
        keys.Reverse();
        for (var i = 0; i < keys.Length; i++)
        {
            var key = keys[i];
            _items[i] = new((int)~(uint)key, ScoreOf(key));
        }
        return Count;
    }

    private readonly void ReplaceWorst(ulong key)
    {
        var at = 0;
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= _keys.Length) { break; }
            if (child + 1 < _keys.Length) { child += _keys[child + 1] < _keys[child] ? 1 : 0; }
            if (key <= _keys[child]) { break; }
            _keys[at] = _keys[child];
            at = child;
        }
        _keys[at] = key;
    }

    /// <summary>The score's bits in the order of their numbers, then the item, turned round.</summary>
    private static ulong Key(int item, float score)
    {
        // −0 is 0
        var bits = BitConverter.SingleToUInt32Bits(score + 0f);
        bits ^= (bits & 0x80000000) != 0 ? uint.MaxValue : 0x80000000;
        return ((ulong)bits << 32) | ~(uint)item;
    }

    private static float ScoreOf(ulong key)
    {
        var bits = (uint)(key >> 32);
        return BitConverter.UInt32BitsToSingle(bits ^ ((bits & 0x80000000) != 0 ? 0x80000000 : uint.MaxValue));
    }
}
