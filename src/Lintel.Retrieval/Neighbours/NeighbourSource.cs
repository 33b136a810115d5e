using System.Buffers;
using Lintel.Retrieval.Nearest;
using Lintel.Retrieval.Sources;

namespace Lintel.Retrieval.Neighbours;

/// <summary>Offers what stands near the latest items of the one who asks. Immutable and thread-safe; a request
/// allocates nothing once the pools are warm.</summary>
/// <remarks>Score of item j: <c>Σ decayⁿ · weight · W[i, j]</c> over the latest items i, each once at its latest
/// interaction, where n items came after i. Only scores above 0 are offered; ties stand by popularity, then by a
/// hash.</remarks>
/// <param name="recent">Latest items that count.</param>
/// <param name="decay">Factor for each item that came after, above 0 and at most 1.</param>
internal sealed class NeighbourSource(ItemPlaces places, NeighbourTable table, int recent, float decay)
    : ICandidateSource
{
    internal ItemPlaces Places => places;

    internal NeighbourTable Table => table;

    /// <inheritdoc/>
    public int Retrieve(CandidateRequest request, Span<ScoredItem> best)
    {
        var floats = ArrayPool<float>.Shared.Rent(places.Count);
        var marks = ArrayPool<byte>.Shared.Rent(places.Count);
        try
        {
            var scores = floats.AsSpan(0, places.Count);
            scores.Clear();
            return Score(request.History, scores, marks.AsSpan(0, places.Count))
                ? Best(scores, request.Offered.Span, best)
                : 0;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(floats);
            ArrayPool<byte>.Shared.Return(marks);
        }
    }

    public void Write(BinaryWriter writer) => NeighbourFormat.Write(writer, places, table, recent, decay);

    /// <returns>Whether anything of the history is known.</returns>
    private bool Score(ReadOnlySpan<Interaction> history, Span<float> scores, Span<byte> seen)
    {
        seen.Clear();
        var count = 0;
        var share = 1f;
        for (var i = history.Length - 1; i >= 0 && count < recent; i--)
        {
            var place = places.Of(history[i].Item);
            if (place < 0 || seen[place] != 0) { continue; }
            seen[place] = 1;
            table.Add(place, share * history[i].Weight, scores);
            share *= decay;
            count++;
        }
        return count > 0;
    }

    private int Best(ReadOnlySpan<float> scores, ReadOnlySpan<byte> offered, Span<ScoredItem> best)
    {
        var top = new TopItems(best);
        var items = places.Items;
        var floor = 0f;
        for (var place = 0; place < scores.Length; place++)
        {
            if (!(scores[place] > floor)) { continue; }
            var item = items[place];
            if (item >= offered.Length || offered[item] == 0) { continue; }
            top.Offer(place, scores[place]);
            floor = MathF.Max(0, top.Floor);
        }
        for (var i = 0; i < top.Count; i++) { best[i] = best[i] with { Item = items[best[i].Item] }; }
        return top.Count;
    }
}
