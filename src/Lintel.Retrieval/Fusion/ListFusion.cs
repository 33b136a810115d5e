using System.Runtime.InteropServices;
using Lintel.Retrieval.Nearest;

namespace Lintel.Retrieval.Fusion;

/// <summary>Joins the lists of several sources into one. Used again from request to request, allocating nothing once it is large enough; not
/// thread-safe.</summary>
/// <remarks>By ranks, an item gets <c>Σ w / (60 + rank)</c> over the lists that hold it. Source: Cormack, Clarke and Büttcher, Reciprocal
/// Rank Fusion, SIGIR 2009. By scores, it gets <c>Σ w (s − floor) / (best − floor)</c>, floor being the score that counts nothing, and what lies
/// below it too (0 for BM25; for a cosine 0, or −1, the least there is), and best the list's first. Source: Bruch, Gai and Ingber, An Analysis of Fusion Functions for
/// Hybrid Retrieval, ACM TOIS 42(1), 2023.</remarks>
public sealed class ListFusion
{
    /// <summary>How far the first ranks stand out; 60 as in the source.</summary>
    public const int RankOffset = 60;

    private readonly Dictionary<int, int> _places = [];
    private readonly List<(int Item, double Sum)> _items = [];

    /// <param name="list">Best first.</param>
    public void AddRanks(ReadOnlySpan<ScoredItem> list, double weight = 1)
    {
        for (var rank = 1; rank <= list.Length; rank++) { Add(list[rank - 1].Item, weight / (RankOffset + rank)); }
    }

    /// <param name="list">Best first.</param> <param name="floor">The score that counts nothing.</param>
    public void AddScores(ReadOnlySpan<ScoredItem> list, double weight, double floor)
    {
        if (list.IsEmpty || !(list[0].Score > floor)) { return; }
        var range = list[0].Score - floor;
        foreach (var (item, score) in list) { Add(item, weight * Math.Max(0, score - floor) / range); }
    }

    /// <summary>Fills the best of what was added, ties with the lower item first, and begins anew.</summary>
    /// <returns>How many were filled.</returns>
    public int Take(Span<ScoredItem> best)
    {
        var items = new BestItems(best);
        foreach (var (item, sum) in _items) { items.Offer(item, (float)sum); }
        _items.Clear();
        _places.Clear();
        return items.Sort();
    }

    private void Add(int item, double part)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, item, out var known);
        if (!known)
        {
            place = _items.Count;
            _items.Add((item, 0));
        }
        CollectionsMarshal.AsSpan(_items)[place].Sum += part;
    }
}
