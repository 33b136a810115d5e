using Lintel.Events.Catalogues;
using Lintel.Retrieval.Nearest;
using Lintel.Retrieval.Sources;

namespace Lintel.Retrieval.State;

/// <summary>Where the sources of one request work; reused from request to request. Not thread-safe.</summary>
public sealed class RetrievalScratch
{
    private CatalogueTable? _items;
    private (long Instant, int Item, byte There)[] _changes = [];
    private byte[] _available = [], _offered = [];
    private int _next;
    private long _now = long.MinValue;
    private int _offeredFor = NotFilled;

    private const int NotFilled = -2, NoFeed = -1;

    internal CandidateRequest Request { get; } = new();

    internal ScoredItem[] Best { get; private set; } = [];

    /// <summary>[items]: index + 1 of the candidate in the set; 0: none yet. Cleared behind each request.</summary>
    internal int[] Places { get; private set; } = [];

    internal void Begin(CatalogueTable items, long now, int take)
    {
        if (_items != items) { Watch(items); }
        if (now < _now) { Rewind(); }
        _now = now;
        for (; _next < _changes.Length && _changes[_next].Instant <= now; _next++)
        {
            _available[_changes[_next].Item] = _changes[_next].There;
        }
        if (Best.Length < take) { Best = new ScoredItem[take]; }
        _offeredFor = NotFilled;
    }

    /// <summary>What may be offered: what can be had now, without what a feed knows already.</summary>
    /// <param name="feed">−1: nothing is left out.</param>
    internal ReadOnlyMemory<byte> Offered(int feed, ReadOnlySpan<Interaction> known)
    {
        if (feed == NoFeed) { return _available; }
        if (_offeredFor == feed) { return _offered; }
        _available.CopyTo(_offered, 0);
        foreach (var interaction in known)
        {
            if (interaction.Item < _offered.Length) { _offered[interaction.Item] = 0; }
        }
        _offeredFor = feed;
        return _offered;
    }

    private void Watch(CatalogueTable items)
    {
        var changes = new List<(long, int, byte)>();
        for (var item = 0; item < items.Count; item++)
        {
            if (items.From(item) is var from && from < long.MaxValue && items.Until(item) > from)
            {
                changes.Add((from, item, 1));
                if (items.Until(item) < long.MaxValue) { changes.Add((items.Until(item), item, 0)); }
            }
        }
        _changes = [.. changes.Order()];
        _available = new byte[items.Count];
        _offered = new byte[items.Count];
        Places = new int[items.Count];
        _items = items;
        Rewind();
    }

    private void Rewind()
    {
        Array.Clear(_available);
        _next = 0;
        _now = long.MinValue;
    }
}
