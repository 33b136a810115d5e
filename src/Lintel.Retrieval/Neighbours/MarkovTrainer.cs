using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Retrieval.Sources;

namespace Lintel.Retrieval.Neighbours;

/// <summary>Settings of kind <c>markov</c>.</summary>
public sealed record MarkovParameters
{
    [Parameter("How many items later still counts as next, one k items later as 1 / k.", Min = 1, Max = 100)]
    public int Steps { get; init; } = 10;

    /// <summary>50: a transition that was seen once or twice is mostly chance.</summary>
    [Parameter("Weight of popularity beside what came next: rare transitions count less.", Min = 0, Max = 1e6)]
    public double Smoothing { get; init; } = 50;

    [Parameter("Successors kept of each item.", Min = 1, Max = 10_000)]
    public int Neighbours { get; init; } = 200;

    [Parameter("Latest items of the one who asks that count.", Min = 1, Max = 1_000)]
    public int Recent { get; init; } = 10;

    [Parameter("Factor for each item that came after.", Min = 0.01, Max = 1)]
    public double Decay { get; init; } = 0.6;
}

/// <summary>Kind <c>markov</c>: what others had next after the latest items.</summary>
/// <remarks>An item's shares of successors, smoothed by popularity, added up over the latest items with decay. Source:
/// the first-order chains of Rendle, Freudenthaler and Schmidt-Thieme, WWW 2010, with the later steps of Ludewig and
/// Jannach's sequential rules, UMUAI 28, 2018.</remarks>
public sealed class MarkovTrainer : ICandidateTrainer
{
    public Kind Kind { get; } = new(KindFamily.CandidateSource, "markov", typeof(MarkovParameters),
        "What others had next after the user's latest items: shares of successors, smoothed by popularity.")
    {
        Feed = FeedNeed.Needed,
    };

    public SourceNeeds Needs => SourceNeeds.History;

    /// <inheritdoc/>
    public ICandidateSource Fit(object parameters, SourceExamples examples, FitContext context)
    {
        var settings = (MarkovParameters)parameters;
        var places = ItemPlaces.Of(examples);
        if (places.Count == 0)
        {
            throw new FitException($"{Kind.Name}: there is no interaction to learn from; check 'from' and 'where'");
        }
        var fill = Successions.Next(Sequences.All(examples, places), places.Count, settings.Steps, settings.Smoothing);
        var table = NeighbourTable.Fit(places.Count, settings.Neighbours, context, fill);
        return new NeighbourSource(places, table, settings.Recent, (float)settings.Decay);
    }

    public ICandidateSource Read(BinaryReader reader) => NeighbourFormat.Read(reader);
}
