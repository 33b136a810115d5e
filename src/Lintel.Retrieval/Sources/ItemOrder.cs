using Lintel.Numerics.Random;

namespace Lintel.Retrieval.Sources;

/// <summary>Breaks ties between items: the one that more had to do with first, then by a hash. An item's code tells where it stood in a
/// file, so it never decides.</summary>
internal static class ItemOrder
{
    /// <summary>Place of each item, 0 to n − 1, [n].</summary>
    public static int[] ByPopularity(ReadOnlySpan<int> counts)
    {
        var keys = counts.ToArray();
        int[] order = [.. Enumerable.Range(0, keys.Length).OrderByDescending(i => keys[i]).ThenBy(static i => RandomStream.Mix((ulong)i + 1))];
        var places = new int[order.Length];
        for (var place = 0; place < order.Length; place++) { places[order[place]] = place; }
        return places;
    }

    /// <summary>How many entities had to do with each item, [items].</summary>
    public static int[] Popularity(SourceExamples examples)
    {
        var counts = new int[examples.ItemCount];
        var seen = new HashSet<long>(examples.Interactions.Length);
        foreach (var i in examples.Interactions)
        {
            if (seen.Add(((long)i.Entity << 32) | (uint)i.Item)) { counts[i.Item]++; }
        }
        return counts;
    }
}
