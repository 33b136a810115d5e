using Lintel.Events;
using Lintel.Events.Catalogues;
using Lintel.Pipeline.Batch;
using Lintel.Retrieval.Sources;
using Lintel.Retrieval.State;

namespace Lintel.Pipeline.Ranking;

/// <summary>A request that is to be filled with candidates, and where they come from.</summary>
/// <param name="Precomputed">Pages that were made ahead: whoever has one gets its candidates; null: there are none.</param>
public sealed record PageReading(PageRequest Request, CandidateRetriever Retriever, PrecomputedPages? Precomputed = null)
{
    /// <summary>Fills what is offered: from the page that was made ahead, else by the sources as they are now.</summary>
    /// <param name="record">The decided record; the state has advanced to it.</param>
    internal void FindCandidates(RetrievalState state, CatalogueTable items, in EventRecord record)
    {
        Request.Begin();
        if (Precomputed is { } pages && pages.Offer(state, items, record, Retriever, Request)) { return; }
        Retriever.Retrieve(state, items, record.Known, record.Values, Request.Scratch, Request.Offered);
    }
}
