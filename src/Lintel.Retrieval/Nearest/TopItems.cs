namespace Lintel.Retrieval.Nearest;

/// <summary>Keeps the best of many scores in the caller's span, best first; ties keep the lower item. A NaN never
/// enters.</summary>
public ref struct TopItems(Span<ScoredItem> items)
{
    private readonly Span<ScoredItem> _items = items;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>What a score must exceed to enter; −∞ while there is room.</summary>
    public float Floor { get; private set; } = items.IsEmpty ? float.PositiveInfinity : float.NegativeInfinity;

    /// <param name="item">Above every item offered before.</param>
    public void Offer(int item, float score)
    {
        if (!(score > Floor) && !(score == Floor && Count < _items.Length)) { return; }
        var i = Count < _items.Length ? Count++ : Count - 1;
        for (; i > 0 && _items[i - 1].Score < score; i--) { _items[i] = _items[i - 1]; }
        _items[i] = new(item, score);
        if (Count == _items.Length) { Floor = _items[^1].Score; }
    }
}
