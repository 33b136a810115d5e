using Lintel.Design.Kinds;

namespace Lintel.Retrieval.Towers;

/// <summary>Settings of kind <c>two-tower</c>.</summary>
public sealed record TowerParameters
{
    /// <summary>32: more learn by heart what a catalogue of thousands has to tell.</summary>
    [Parameter("Length of the vectors of users and items.", Min = 4, Max = 256)]
    public int Dimensions { get; init; } = 32;

    [Parameter("Passes over the interactions.", Min = 1, Max = 1_000)]
    public int Epochs { get; init; } = 10;

    /// <summary>512: its items are the negatives of each of its rows; fewer tell less, more take longer for a step.</summary>
    [Parameter("Interactions of one step; each row's negatives are the items of the others.", Min = 16, Max = 8_192)]
    public int Batch { get; init; } = 512;

    [Parameter("Adagrad's step.", Min = 1e-5, Max = 1)]
    public double LearningRate { get; init; } = 0.05;

    /// <summary>0.1: cosines of −1 to 1 become log-probabilities that differ by up to 20.</summary>
    [Parameter("What cosines are divided by to become log-probabilities.", Min = 0.01, Max = 2)]
    public double Temperature { get; init; } = 0.1;

    /// <summary>50: on MovieLens better than 20; the learnt gate makes little of the old ones where they tell little.</summary>
    [Parameter("Latest interactions of a user that are read.", Min = 1, Max = 1_000)]
    public int History { get; init; } = 50;
}
