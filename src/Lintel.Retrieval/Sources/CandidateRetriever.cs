using Lintel.Design;
using Lintel.Events;
using Lintel.Events.Catalogues;
using Lintel.Models;
using Lintel.Retrieval.State;

namespace Lintel.Retrieval.Sources;

/// <summary>The fitted sources of a ranking: asks each, in the design's order and up to its quota, and unites what they offer.
/// Immutable and thread-safe; a request allocates nothing once its scratch has grown.</summary>
public sealed class CandidateRetriever
{
    private readonly CandidateDesign[] _designs;
    private readonly ICandidateSource[] _sources;
    private readonly bool[] _offersKnown;
    private readonly int _most;

    internal CandidateRetriever(IReadOnlyList<CandidateDesign> designs, IReadOnlyList<ICandidateSource> sources)
    {
        _designs = [.. designs];
        _sources = [.. sources];
        _offersKnown = [.. designs.Select(static d => d.OffersKnown || CandidateKinds.Find(d.Kind).OffersKnown)];
        _most = designs.Max(static d => d.Take);
    }

    /// <summary>In the design's order.</summary>
    public IReadOnlyList<ICandidateSource> Sources => _sources;

    internal IReadOnlyList<CandidateDesign> Designs => _designs;

    /// <summary>Fits every source.</summary>
    /// <param name="until">What was known before this instant, microseconds since 1970 UTC.</param>
    /// <param name="hidden">Records that may not be known; null: all may.</param>
    /// <param name="context">Progress is told over all sources.</param>
    public static CandidateRetriever Fit(
        SystemDesign design, EventHistory history, long until, Func<LogEntry, bool>? hidden, FitContext context)
    {
        var ranking = design.Decision.Ranking!;
        var items = history.Catalogues.First(c => c.Design.Name == ranking.Of.Name);
        var itemCount = Math.Max(items.Count, history.Dictionaries[ranking.Of.Name].Count);
        var sources = new List<ICandidateSource>();
        for (var s = 0; s < ranking.Candidates.Length; s++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var candidate = ranking.Candidates[s];
            var feed = candidate.Feed;
            Func<int, bool>? leftOut = hidden is null || feed is null ? null : row => hidden(new(0, feed.Event.Number, row));
            var examples = new SourceExamples
            {
                Interactions = feed is null ? [] : FeedReader.Read(history, feed, until, leftOut),
                EntityCount = feed is null ? 0 : history.Dictionaries[feed.Entity].Count,
                Items = items,
                ItemCount = itemCount,
            };
            try
            {
                sources.Add(CandidateKinds.Find(candidate.Kind).Fit(
                    candidate.Parameters, examples,
                    context with { Progress = context.Progress is { } whole ? new Part(whole, s, ranking.Candidates.Length) : null }));
            }
            catch (FitException fault)
            {
                throw new FitException($"{candidate.At}: source '{candidate.Name}': {fault.Message}");
            }
            context.Progress?.Report((s + 1.0) / ranking.Candidates.Length);
        }
        return new([.. ranking.Candidates], sources);
    }

    /// <summary>Finds the candidates of one request.</summary>
    /// <param name="now">Known instant of the request; the state has advanced to it.</param>
    /// <param name="asked">Values of the decided record.</param>
    /// <param name="set">Cleared first.</param>
    public void Retrieve(
        RetrievalState state, CatalogueTable items, long now, ReadOnlySpan<double> asked, RetrievalScratch scratch, CandidateSet set)
    {
        set.Clear();
        scratch.Begin(items, now, _most);
        var request = scratch.Request;
        request.Now = now;
        for (var s = 0; s < _sources.Length; s++)
        {
            var design = _designs[s];
            var history = History(state, s, asked, out var entity);
            request.Entity = entity;
            history.CopyTo(request.SetHistory(history.Length));
            request.Offered = scratch.Offered(_offersKnown[s] ? -1 : state.FeedOf(s), history);
            var counts = state.Counts(s);
            request.AllCounts = counts?.All ?? default;
            request.Counts = counts is null ? default
                : design.Feed!.Segment is { } segment ? counts.Of(asked[segment.Asked]) : counts.All;
            var best = scratch.Best.AsSpan(0, design.Take);
            var count = _sources[s].Retrieve(request, best);
            for (var rank = 0; rank < count; rank++) { Offer(best[rank].Item, s, rank + 1, scratch.Places, set); }
        }
        foreach (var item in set.Items) { scratch.Places[item] = 0; }
    }

    /// <summary>Offers again what sources offered earlier, without what cannot be had any more, and without what a source may not offer
    /// since it is known by now.</summary>
    /// <param name="offers">By source in the design's order.</param>
    /// <param name="set">Cleared first.</param>
    public void Offer(
        RetrievalState state, CatalogueTable items, long now, ReadOnlySpan<double> asked, ReadOnlySpan<Offer> offers,
        RetrievalScratch scratch, CandidateSet set)
    {
        set.Clear();
        scratch.Begin(items, now, _most);
        var offered = default(ReadOnlyMemory<byte>);
        for (var (o, source) = (0, -1); o < offers.Length; o++)
        {
            var offer = offers[o];
            if (offer.Source != source)
            {
                source = offer.Source;
                offered = scratch.Offered(_offersKnown[source] ? -1 : state.FeedOf(source), History(state, source, asked, out _));
            }
            if (offer.Item < offered.Length && offered.Span[offer.Item] != 0) { Offer(offer.Item, source, offer.Rank, scratch.Places, set); }
        }
        foreach (var item in set.Items) { scratch.Places[item] = 0; }
    }

    /// <param name="entity">Code of who asks; −1: nobody known.</param>
    private ReadOnlySpan<Interaction> History(RetrievalState state, int source, ReadOnlySpan<double> asked, out int entity)
    {
        entity = _designs[source].Feed is { } feed && !double.IsNaN(asked[feed.AskedColumn]) ? (int)asked[feed.AskedColumn] : -1;
        return entity < 0 ? [] : state.History(source, entity);
    }

    private static void Offer(int item, int source, int rank, int[] places, CandidateSet set)
    {
        if (places[item] == 0) { places[item] = set.Add(item) + 1; }
        set.SetRank(places[item] - 1, source, rank);
    }

    private sealed class Part(IProgress<double> whole, int part, int count) : IProgress<double>
    {
        public void Report(double value) => whole.Report((part + value) / count);
    }
}
