using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Retrieval.Sources;

namespace Lintel.Retrieval.Neighbours;

/// <summary>Settings of kind <c>item-to-item</c>.</summary>
public sealed record ItemToItemParameters
{
    [Parameter("What makes items similar: the same users (bm25: those with few items count more, cosine: all alike), "
        + "or being had by one user in a row (co-visitation).", OneOf = ["bm25", "cosine", "co-visitation"])]
    public string By { get; init; } = "bm25";

    /// <summary>200: recall hardly grows with more, the file does.</summary>
    [Parameter("Neighbours kept of each item.", Min = 1, Max = 10_000)]
    public int Neighbours { get; init; } = 200;

    [Parameter("Latest items of the one who asks that count.", Min = 1, Max = 1_000)]
    public int Recent { get; init; } = 100;

    /// <summary>0.95: what came twenty items ago counts a third.</summary>
    [Parameter("Factor for each item that came after; 1: old ones count as new ones.", Min = 0.01, Max = 1)]
    public double Decay { get; init; } = 0.95;

    /// <summary>10: a pair that one user made is no evidence yet.</summary>
    [Parameter("Added to the divisor of cosine and co-visitation: pairs that few users made count less.", Min = 0,
        Max = 1e6)]
    public double Shrink { get; init; } = 10;

    [Parameter("Of co-visitation: how far apart in one user's row items still were had together.", Min = 1,
        Max = 1_000)]
    public int Reach { get; init; } = 10;

    [Parameter("Of co-visitation: how long after each other items still were had together.")]
    public TimeSpan Within { get; init; } = TimeSpan.FromDays(1);
}

/// <summary>Kind <c>item-to-item</c>: neighbours of the latest items.</summary>
/// <remarks>Over users u with weights w, each item once at its latest interaction: <c>cosine</c>
/// <c>Σ w_ui w_uj / (|w_i| |w_j| + shrink)</c>; <c>bm25</c> <c>Σ a_ui a_uj</c> with <c>a = idf_u · w (k + 1) / (w + k
/// (1 − b + b n_i / n̄))</c>: items are the documents and users their words. <c>co-visitation</c>: each pair of a
/// user's row at most <c>reach</c> apart and <c>within</c> a time counts <c>1 / gap</c>, in both directions, over
/// <c>√(n_i n_j) + shrink</c>. Sources: Sarwar et al., WWW 2001; Robertson and Zaragoza, FnTIR 3(4), 2009; Linden,
/// Smith and York, IEEE Internet Computing 7(1), 2003.</remarks>
public sealed class ItemToItemTrainer : ICandidateTrainer
{
    public Kind Kind { get; } = new(KindFamily.CandidateSource, "item-to-item", typeof(ItemToItemParameters),
        "Neighbours of the user's latest items: had by the same users, or one after the other.")
    {
        Feed = FeedNeed.Needed,
    };

    public SourceNeeds Needs => SourceNeeds.History;

    /// <inheritdoc/>
    public ICandidateSource Fit(object parameters, SourceExamples examples, FitContext context)
    {
        var settings = (ItemToItemParameters)parameters;
        var places = ItemPlaces.Of(examples);
        if (places.Count == 0)
        {
            throw new FitException($"{Kind.Name}: there is no interaction to learn from; check 'from' and 'where'");
        }
        Action<int, NeighbourRow> fill = settings.By switch
        {
            "cosine" => SharedUsers.Cosine(Sequences.Latest(examples, places), places.Count, settings.Shrink),
            "bm25" => SharedUsers.Bm25(Sequences.Latest(examples, places), places.Count),
            _ => Successions.Together(Sequences.All(examples, places), places.Count, settings),
        };
        var table = NeighbourTable.Fit(places.Count, settings.Neighbours, context, fill);
        return new NeighbourSource(places, table, settings.Recent, (float)settings.Decay);
    }

    public ICandidateSource Read(BinaryReader reader) => NeighbourFormat.Read(reader);
}
