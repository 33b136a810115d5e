using Lintel.Events;
using Lintel.Events.Catalogues;
using Lintel.Pipeline.Ranking;
using Lintel.Retrieval.Sources;
using Lintel.Retrieval.State;

namespace Lintel.Pipeline.Batch;

/// <summary>A batch in memory, as serving reads it: who was offered what, and what the page was. Immutable and thread-safe.</summary>
/// <remarks>8 bytes for each offer of a source, 24 for each item of a page, 8 for each key that is known: about 3 KiB a visitor with
/// 220 candidates.</remarks>
public sealed class PrecomputedPages
{
    private readonly PrecomputedPart[] _parts;
    private readonly int _column;
    private readonly (int Part, int Index)[] _placeOf;

    internal PrecomputedPages(BatchDescription description, CompiledDesign compiled, int column, PrecomputedPart[] parts)
    {
        (Description, Compiled, _column, _parts) = (description, compiled, column, parts);
        _placeOf = new (int, int)[parts.SelectMany(static p => p.Entities).DefaultIfEmpty(-1).Max() + 1];
        Array.Fill(_placeOf, (-1, 0));
        for (var p = 0; p < parts.Length; p++)
        {
            for (var i = 0; i < parts[p].Entities.Length; i++)
            {
                if (parts[p].Entities[i] < 0) { continue; }
                _placeOf[parts[p].Entities[i]] = (p, i);
                Count++;
            }
        }
    }

    public BatchDescription Description { get; }

    /// <summary>Visitors who have a page.</summary>
    public int Count { get; }

    /// <summary>In whose codes keys and items stand.</summary>
    internal CompiledDesign Compiled { get; }

    /// <summary>Fills a request with what was found ahead for the one who asks; items that cannot be had any more are left out, and
    /// where pages are ranked again, those that are known by now.</summary>
    /// <returns>False: there is nothing for this one, and the request is as it was.</returns>
    internal bool Offer(
        RetrievalState state, CatalogueTable items, in EventRecord record, CandidateRetriever retriever, PageRequest request)
    {
        var key = record.Values[_column];
        if (!(key >= 0 && key < _placeOf.Length)) { return false; }
        var (place, index) = _placeOf[(int)key];
        if (place < 0) { return false; }
        var part = _parts[place];
        if (Compiled.Design.Serve.RescoresOnline)
        {
            retriever.Offer(state, items, record.Known, record.Values, part.Offers(index), request.Scratch, request.Offered);
        }
        else { OfferPage(part, index, items, record.Known, request); }
        return request.IsPrecomputed = request.Offered.Count > 0;
    }

    private static void OfferPage(PrecomputedPart part, int index, CatalogueTable items, long now, PageRequest request)
    {
        var offered = request.Offered;
        offered.Clear();
        foreach (ref readonly var shown in part.Page(index))
        {
            if (!items.IsThere(shown.Item, now)) { continue; }
            offered.Add(shown.Item);
            request.Stored.Add(shown);
        }
        foreach (var offer in part.Offers(index))
        {
            var candidate = offered.Items.IndexOf(offer.Item);
            if (candidate >= 0) { offered.SetRank(candidate, offer.Source, offer.Rank); }
        }
    }
}

/// <summary>One item of a page that was made ahead.</summary>
/// <param name="Item">Its code.</param> <param name="Row">Row of the page; −1: it has none.</param>
internal readonly record struct StoredItem(int Item, int Row, double Score, double Propensity, double Price);

/// <summary>One part of a batch: arrays behind each other for all its entities.</summary>
/// <param name="Entities">[n]: codes; −1: the one who asks is not known here.</param>
/// <param name="OfferStarts">[n + 1]: where each one's offers begin.</param>
/// <param name="AllOffers">By source in the design's order, then by rank.</param>
/// <param name="PageStarts">[n + 1].</param>
/// <param name="Pages">As they stood.</param>
internal sealed record PrecomputedPart(int[] Entities, int[] OfferStarts, Offer[] AllOffers, int[] PageStarts, StoredItem[] Pages)
{
    internal ReadOnlySpan<Offer> Offers(int index) => AllOffers.AsSpan(OfferStarts[index]..OfferStarts[index + 1]);

    internal ReadOnlySpan<StoredItem> Page(int index) => Pages.AsSpan(PageStarts[index]..PageStarts[index + 1]);
}
