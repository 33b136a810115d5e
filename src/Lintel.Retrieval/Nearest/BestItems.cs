namespace Lintel.Retrieval.Nearest;

/// <summary>Keeps the best of many scores in the caller's span, offered in any order; ties keep the lower item. A heap, for lists that are
/// too long for <see cref="TopItems"/>, which keeps its list in order.</summary>
public ref struct BestItems(Span<ScoredItem> items)
{
    private readonly Span<ScoredItem> _items = items;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    public readonly bool IsFull => Count == _items.Length;

    /// <summary>The least score among them when there is no more room; −∞ before.</summary>
    public float Floor { get; private set; } = items.IsEmpty ? float.PositiveInfinity : float.NegativeInfinity;

    /// <param name="score">Not NaN.</param>
    public void Offer(int item, float score)
    {
        var scored = new ScoredItem(item, score);
        if (Count < _items.Length)
        {
            var at = Count++;
            // the worst stands at the root
            for (; at > 0 && IsWorse(scored, _items[(at - 1) / 2]); at = (at - 1) / 2) { _items[at] = _items[(at - 1) / 2]; }
            _items[at] = scored;
        }
        else if (Count > 0 && IsWorse(_items[0], scored)) { Sink(scored, Count); }
        if (IsFull && Count > 0) { Floor = _items[0].Score; }
    }

    /// <summary>Puts them in order, best first; nothing can be offered behind it.</summary>
    /// <returns>How many there are.</returns>
    public readonly int Sort()
    {
        for (var end = Count - 1; end > 0; end--)
        {
            var worst = _items[0];
            Sink(_items[end], end);
            _items[end] = worst;
        }
        return Count;
    }

    /// <summary>Replaces the root among the first so many.</summary>
    private readonly void Sink(ScoredItem item, int count)
    {
        var at = 0;
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= count) { break; }
            if (child + 1 < count && IsWorse(_items[child + 1], _items[child])) { child++; }
            if (!IsWorse(_items[child], item)) { break; }
            _items[at] = _items[child];
            at = child;
        }
        _items[at] = item;
    }

    private static bool IsWorse(ScoredItem a, ScoredItem b) => a.Score < b.Score || (a.Score == b.Score && a.Item > b.Item);
}
