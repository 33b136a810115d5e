using Lintel.Retrieval.Sources;

namespace Lintel.Retrieval.Neighbours;

/// <summary>Items that had interactions, the most popular first: what is fitted speaks of these places, so that a scan
/// in their order breaks ties by popularity, then by a hash, and never by where an item stood in a file.
/// Immutable.</summary>
internal sealed class ItemPlaces
{
    private readonly int[] _items;
    private readonly int[] _places;

    /// <param name="items">Item of each place, each once.</param>
    internal ItemPlaces(int[] items)
    {
        _items = items;
        _places = new int[items.Length == 0 ? 0 : items.Max() + 1];
        Array.Fill(_places, -1);
        for (var place = 0; place < items.Length; place++) { _places[items[place]] = place; }
    }

    internal static ItemPlaces Of(SourceExamples examples)
    {
        var popularity = ItemOrder.Popularity(examples);
        var places = ItemOrder.ByPopularity(popularity);
        var items = new int[popularity.Count(static count => count > 0)];
        for (var item = 0; item < places.Length; item++)
        {
            if (places[item] < items.Length) { items[places[item]] = item; }
        }
        return new(items);
    }

    internal int Count => _items.Length;

    internal ReadOnlySpan<int> Items => _items;

    /// <summary>Place of an item; −1 when it had no interaction or came later.</summary>
    internal int Of(int item) => (uint)item < (uint)_places.Length ? _places[item] : -1;
}
