using Lintel.Decisions.Pages;
using Lintel.Pipeline.Batch;
using Lintel.Retrieval.Sources;
using Lintel.Retrieval.State;

namespace Lintel.Pipeline.Ranking;

/// <summary>Everything that one request of a ranking works on: what was offered, each candidate's registers, and the page that they
/// become. Reused from request to request; once it has grown, nothing allocates.</summary>
public sealed class PageRequest
{
    public PageRequest(CompiledDesign compiled)
    {
        var ranking = compiled.Design.Decision.Ranking
            ?? throw new ArgumentException("the design ranks nothing", nameof(compiled));
        Compiled = compiled;
        Offered = new(ranking.Candidates.Length);
        Shared = new double[compiled.Plan.RegisterCount];
        Page = new() { RegisterCount = compiled.Plan.RegisterCount };
    }

    public CompiledDesign Compiled { get; }

    /// <summary>Who offered what.</summary>
    public CandidateSet Offered { get; }

    /// <summary>Registers that all candidates share; their own are missing in it.</summary>
    public double[] Shared { get; }

    public Page Page { get; }

    /// <summary>Where sources work.</summary>
    public RetrievalScratch Scratch { get; } = new();

    /// <summary>Its candidates were found ahead.</summary>
    public bool IsPrecomputed { get; internal set; }

    /// <summary>The page as it was made ahead: what stands where, by candidate; empty: the candidates are to be ranked.</summary>
    internal List<StoredItem> Stored { get; } = [];

    internal void Begin()
    {
        IsPrecomputed = false;
        Stored.Clear();
    }

    /// <summary>Writes down the page that was made ahead.</summary>
    internal void RecordStored(PageRecord record)
    {
        record.Clear();
        for (var c = 0; c < Stored.Count; c++)
        {
            record.Shown.Add(Show(c, Stored[c].Score, Stored[c].Propensity, Stored[c].Row) with { Price = Stored[c].Price });
        }
    }

    /// <summary>Writes down what one source offered, in its order, as the page: what is answered when scoring fails or takes too long.
    /// Reads what was offered and no score, so that it may run beside a scoring that hangs.</summary>
    /// <param name="source">Its index; −1: nothing is shown.</param>
    /// <param name="take">The most that are shown.</param>
    public void RecordFallBack(PageRecord record, int source, int take)
    {
        record.Clear();
        if (source < 0) { return; }
        int[] offered = [.. Enumerable.Range(0, Offered.Count).Where(c => Offered.Rank(c, source) > 0)
            .OrderBy(c => Offered.Rank(c, source)).Take(take)];
        foreach (var c in offered) { record.Shown.Add(Show(c, double.NaN, propensity: 1, row: -1)); }
    }

    /// <summary>Writes down what was shown and where the others were lost.</summary>
    public void Record(PageRecord record)
    {
        var page = Page;
        record.Clear();
        record.Infeasible = page.Infeasible;
        foreach (var c in page.Order)
        {
            record.Shown.Add(Show(c, page.Scores[c], page.Propensities[c], page.RowOf[c]) with { Price = page.Prices[c] });
        }
        for (var c = 0; c < page.CandidateCount; c++)
        {
            if (page.RemovedBy[c] == Page.Kept) { continue; }
            record.Lost.Add(new(NameOf(c), page.Scores[c], page.RemovedBy[c], Offered.Ranks(c).ToArray()));
        }
    }

    private ShownItem Show(int candidate, double score, double propensity, int row) => new(
        NameOf(candidate), score, propensity, row, Offered.Ranks(candidate).ToArray(),
        Page.Registers(candidate).Slice(Compiled.Plan.FeatureStart, Compiled.Plan.FeatureCount).ToArray());

    private string NameOf(int candidate) => Compiled.ItemNames[Offered.Items[candidate]];
}
