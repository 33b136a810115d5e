using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Retrieval.Neighbours;
using Lintel.Retrieval.Sources;

namespace Lintel.Retrieval.Ease;

/// <summary>Settings of kind <c>ease</c>.</summary>
public sealed record EaseParameters
{
    /// <summary>200: between what suits catalogues of a thousand and of twenty thousand items.</summary>
    [Parameter("Weight of the squared norm: more for few interactions an item.", Min = 1e-3, Max = 1e6)]
    public double Regularisation { get; init; } = 200;

    [Parameter("Weights kept of each item, the largest by size; as many as there are items: all.", Min = 1,
        Max = 100_000)]
    public int Neighbours { get; init; } = 500;

    [Parameter("Latest items of the one who asks that count.", Min = 1, Max = 1_000)]
    public int Recent { get; init; } = 1_000;

    [Parameter("Factor for each item that came after; 1: old ones count as new ones.", Min = 0.01, Max = 1)]
    public double Decay { get; init; } = 1;

    /// <summary>20,000: 1.6 GB while it is fitted, and minutes.</summary>
    [Parameter("Most items with interactions; memory grows with the square, time with the cube.", Min = 1,
        Max = 60_000)]
    public int ItemLimit { get; init; } = 20_000;
}

/// <summary>Kind <c>ease</c>: a linear model of each item from all others, in closed form.</summary>
/// <remarks>Minimises <c>|X − X B|² + λ |B|²</c> with a diagonal of 0: <c>P = (XᵀX + λ I)⁻¹</c>,
/// <c>B_ij = −P_ij / P_jj</c>. X holds each item of a user once, with the weight of its latest interaction; a score is
/// the sum of the rows of the history's items. Source: Steck, Embarrassingly Shallow Autoencoders for Sparse Data, WWW
/// 2019.</remarks>
public sealed class EaseTrainer : ICandidateTrainer
{
    public Kind Kind { get; } = new(KindFamily.CandidateSource, "ease", typeof(EaseParameters),
        "A linear model of each item from all others in closed form: for catalogues of up to some ten thousand items.")
    {
        Feed = FeedNeed.Needed,
    };

    public SourceNeeds Needs => SourceNeeds.History;

    /// <inheritdoc/>
    public ICandidateSource Fit(object parameters, SourceExamples examples, FitContext context)
    {
        var settings = (EaseParameters)parameters;
        var places = ItemPlaces.Of(examples);
        Check(settings, places.Count);
        var inverse = Gram(Sequences.Latest(examples, places), places.Count, settings.Regularisation, context);
        try { inverse.Invert(context); }
        catch (ArgumentException fault)
        {
            throw new FitException($"{Kind.Name}: {fault.Message}; raise 'regularisation' ({settings.Regularisation})");
        }
        var silent = context with { Progress = null };
        var table = NeighbourTable.Fit(places.Count, settings.Neighbours, silent, (place, row) =>
        {
            for (var j = 0; j < inverse.Count; j++)
            {
                if (j != place) { row.Add(j, -inverse[Math.Max(place, j), Math.Min(place, j)] / inverse[j, j]); }
            }
        });
        return new NeighbourSource(places, table, settings.Recent, (float)settings.Decay);
    }

    public ICandidateSource Read(BinaryReader reader) => NeighbourFormat.Read(reader);

    private void Check(EaseParameters settings, int items)
    {
        if (items == 0)
        {
            throw new FitException($"{Kind.Name}: there is no interaction to learn from; check 'from' and 'where'");
        }
        if (items > settings.ItemLimit)
        {
            throw new FitException(
                $"{Kind.Name}: {items:N0} items have interactions, 'item limit' is {settings.ItemLimit:N0}; its matrix "
                + $"would take {TiledMatrix.Bytes(items) / 1e9:F1} GB. Raise 'item limit', keep fewer by 'where', "
                + "or use als or item-to-item.");
        }
    }

    /// <summary><c>XᵀX + λ I</c>.</summary>
    private static TiledMatrix Gram(Sequences users, int count, double regularisation, FitContext context)
    {
        var gram = new TiledMatrix(count);
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = context.Threads,
            CancellationToken = context.Cancellation,
        };
        Parallel.For(0, count, options, place =>
        {
            foreach (var position in users.Occurrences(place))
            {
                var (from, to) = users.Of(users[position].Entity);
                for (var other = from; other < to; other++)
                {
                    if (users.Places[other] <= place)
                    {
                        gram[place, users.Places[other]] += (double)users[position].Weight * users[other].Weight;
                    }
                }
            }
            gram[place, place] += regularisation;
        });
        return gram;
    }
}
