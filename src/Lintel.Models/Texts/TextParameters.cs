using Lintel.Design.Kinds;
using Lintel.Numerics.Text.Posts;

namespace Lintel.Models.Texts;

/// <summary>Settings of kind <c>text</c>. The defaults were chosen by out-of-fold scores of the train parts of three public sets of tweets.</summary>
public sealed record TextParameters
{
    /// <summary>2: pairs tell "not good"; three in a row bring nothing on tweets.</summary>
    [Parameter("Word n-grams of 1 to so many words; 0: none.", Min = 0, Max = NgramShape.MaxWords)]
    public int Words { get; init; } = 2;

    [Parameter("Shortest n-gram of a word's characters, its ends counted.", Min = 1, Max = NgramShape.MaxCharacters)]
    public int CharactersFrom { get; init; } = 3;

    /// <summary>5: without characters AUC falls by up to 0.026.</summary>
    [Parameter("Longest n-gram of a word's characters; 0: none.", Min = 0, Max = NgramShape.MaxCharacters)]
    public int CharactersTo { get; init; } = 5;

    /// <summary>20: 4 MiB; 18 loses 0.001 of AUC on twelve thousand tweets.</summary>
    [Parameter("N-grams share 2^bits weights of 4 bytes.", Min = NgramShape.MinBits, Max = NgramShape.MaxBits)]
    public int Bits { get; init; } = 20;

    /// <summary>0.25: 1 and 0.06 lose 0.004 to 0.007 of AUC.</summary>
    [Parameter("L2 penalty on the weights, beside a sum over rows.", Min = 1e-6, Max = 1e6)]
    public double Penalty { get; init; } = 0.25;

    /// <summary>1: worth 0.01 to 0.02 of AUC beside 0.</summary>
    [Parameter("How much of an n-gram's size is its log-count ratio between the classes: 0: all weigh alike.", Min = 0, Max = 1)]
    public double Ratio { get; init; } = 1;

    [Parameter("Rows of each class that an n-gram is taken to have been seen in beforehand.", Min = 1e-3, Max = 1e6)]
    public double Smoothing { get; init; } = 1;

    [Parameter("Weight of a positive row beside a negative one; undone in the log-odds.", Min = 1e-6, Max = 1e6)]
    public double ClassWeight { get; init; } = 1;

    /// <summary>100: tweets need 10 to 20.</summary>
    [Parameter("Most passes over the rows; a fit ends before when nothing moves any more.", Min = 1, Max = 10_000)]
    public int Passes { get; init; } = 100;

    internal NgramShape Shape => new(Words, CharactersFrom, CharactersTo, Bits);
}
