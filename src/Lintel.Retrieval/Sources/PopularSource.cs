using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Retrieval.Nearest;

namespace Lintel.Retrieval.Sources;

/// <summary>Kind <c>popular</c>: what most had to do with lately.</summary>
/// <remarks>By the counts of the one who asks' segment within the window; where these are 0, by those of all segments; then by how many
/// had to do with an item in train. Trending is the same over a short window.</remarks>
public sealed class PopularTrainer : ICandidateTrainer
{
    public Kind Kind { get; } = new(KindFamily.CandidateSource, "popular", typeof(NoParameters),
        "What most had to do with within a window, of the same segment first: trending, or all time without a window.")
    {
        Feed = FeedNeed.Windowed,
    };

    public SourceNeeds Needs => SourceNeeds.Counts | SourceNeeds.History;

    public ICandidateSource Fit(object parameters, SourceExamples examples, FitContext context) =>
        new PopularSource(ItemOrder.ByPopularity(ItemOrder.Popularity(examples)));

    public ICandidateSource Read(BinaryReader reader)
    {
        var places = new int[Payload.ReadCount(reader, "items", 0, 1 << 26, sizeof(int))];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = reader.ReadInt32();
            if ((uint)places[i] >= (uint)places.Length) { throw new InvalidDataException($"item {i} has place {places[i]} of {places.Length}"); }
        }
        return new PopularSource(places);
    }
}

/// <param name="places">[items]: place of each by how many had to do with it in train.</param>
internal sealed class PopularSource(int[] places) : ICandidateSource
{
    private readonly int[] _byPlace = Inverse(places);

    public int Retrieve(CandidateRequest request, Span<ScoredItem> best)
    {
        var own = request.Counts.Span;
        var all = request.AllCounts.Span;
        var offered = request.Offered.Span;
        var items = Math.Min(offered.Length, places.Length);
        var top = new TopItems(best);
        // in the order of places, so that equal counts stand in it
        foreach (var item in _byPlace)
        {
            if (item < items && offered[item] != 0 && item < own.Length && own[item] > 0) { top.Offer(item, own[item]); }
        }
        var count = top.Count;
        if (count == best.Length) { return count; }
        var rest = new TopItems(best[count..]);
        foreach (var item in _byPlace)
        {
            if (item < items && offered[item] != 0 && !(item < own.Length && own[item] > 0) && item < all.Length && all[item] > 0)
            {
                // below every count of the segment
                rest.Offer(item, all[item] / (all[item] + 1f));
            }
        }
        count += rest.Count;
        foreach (var item in _byPlace)
        {
            if (count == best.Length) { break; }
            var counted = (item < own.Length && own[item] > 0) || (item < all.Length && all[item] > 0);
            if (item < items && offered[item] != 0 && !counted) { best[count++] = new(item, -places[item]); }
        }
        return count;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(places.Length);
        foreach (var place in places) { writer.Write(place); }
    }

    private static int[] Inverse(int[] places)
    {
        var items = new int[places.Length];
        for (var item = 0; item < items.Length; item++) { items[places[item]] = item; }
        return items;
    }
}
