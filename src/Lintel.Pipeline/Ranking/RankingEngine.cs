using Lintel.Events;
using Lintel.Features;
using Lintel.Retrieval.Sources;
using Lintel.Retrieval.State;

namespace Lintel.Pipeline.Ranking;

/// <summary>What a ranking reads, fed in log order: the windows of features, and the histories and counts of candidate sources. Replay
/// and the live service feed and read the same one. Not thread-safe: one sequencer owns it.</summary>
public sealed class RankingEngine(FeatureEngine features, RetrievalState retrieval)
{
    public FeatureEngine Features { get; } = features;

    public RetrievalState Retrieval { get; } = retrieval;

    public static RankingEngine Empty(FeaturePlan plan, InstantOrder order) =>
        new(new(plan, order), new(plan.Design, plan.Dictionaries, order));

    /// <summary>Lets time pass: what was known before an instant can be read then.</summary>
    public void Advance(long known)
    {
        Features.Advance(known);
        Retrieval.Advance(known);
    }

    /// <summary>Takes one record; a decided one is read before (<c>Read</c>).</summary>
    public void Accept(in EventRecord record)
    {
        Features.Accept(record, default);
        Retrieval.Accept(record);
    }

    /// <summary>Finds a request's candidates and reads their registers: what was known before it, and nothing of its own.</summary>
    /// <param name="record">The decided record; it has not been accepted.</param>
    /// <param name="peek">Nothing may change: what-if, explain.</param>
    public void Read(in EventRecord record, CandidateRetriever retriever, PageRequest request, bool peek = false) =>
        Read(record, new PageReading(request, retriever), peek);

    /// <summary>The same, where candidates may have been found ahead.</summary>
    public void Read(in EventRecord record, PageReading page, bool peek = false)
    {
        if (!peek) { Advance(record.Known); }
        page.FindCandidates(Retrieval, Features.Plan.Row!.Items, record);
        ReadItems(record, page.Request, peek);
    }

    /// <summary>Reads the registers of candidates that are there already.</summary>
    public void ReadItems(in EventRecord record, PageRequest request, bool peek = false)
    {
        var (now, row, offered) = (record.Known, Features.Plan.Row!, request.Offered);
        Features.ReadRequest(now, record.Values, request.Shared, peek);
        request.Page.Begin(offered.Items);
        request.Page.Now = now;
        for (var c = 0; c < offered.Count; c++)
        {
            var registers = request.Page.Registers(c);
            request.Shared.CopyTo(registers);
            row.FillCandidate(offered.Items[c], offered.Ranks(c), registers);
            Features.ReadCandidate(now, registers, peek);
        }
    }
}
