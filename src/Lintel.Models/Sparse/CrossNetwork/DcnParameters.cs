using Lintel.Design.Kinds;

namespace Lintel.Models.Sparse.CrossNetwork;

/// <summary>Settings of kind <c>dcn</c>.</summary>
public sealed record DcnParameters
{
    /// <summary>8: with the sums of squared gradients one cache line an id.</summary>
    [Parameter("Numbers that stand for an id; rounded up to a multiple of 8.", Min = 1, Max = 64)]
    public int Dimension { get; init; } = 8;

    /// <summary>1: products of pairs; a second layer brings those of three, and brought nothing where the truth is pairs.</summary>
    [Parameter("Cross layers: each multiplies the columns in once more.", Min = 1, Max = 6)]
    public int CrossLayers { get; init; } = 1;

    /// <summary>32: on a million rows of clicks as good as full matrices at a tenth of the work.</summary>
    [Parameter("Rank of the cross layers' matrices, rounded up to a multiple of 32; 0: full.", Min = 0, Max = 1_024)]
    public int Rank { get; init; } = 32;

    [Parameter("Hidden layers of the network beside the cross layers; 0: none.", Min = 0, Max = 6)]
    public int HiddenLayers { get; init; } = 2;

    [Parameter("Units of a hidden layer, rounded up to a multiple of 32.", Min = 1, Max = 2_048)]
    public int HiddenUnits { get; init; } = 64;

    /// <summary>0.001: Adam's own, for a hundred thousand rows and fewer; with a million and more 0.0003 is better.</summary>
    [Parameter("Step of the layers' weights (Adam).", Min = 1e-7, Max = 1)]
    public double LearningRate { get; init; } = 0.001;

    [Parameter("Step of the ids' numbers (AdaGrad).", Min = 1e-6, Max = 10)]
    public double EmbeddingRate { get; init; } = 0.05;

    /// <summary>20: an id of few rows stays near where it began. With more epochs more: on a million rows of clicks 60 for two.</summary>
    [Parameter("L2 penalty on the ids' numbers, beside a sum over rows.", Min = 0, Max = 1e6)]
    public double Penalty { get; init; } = 20;

    [Parameter("Rows of one step.", Min = 1, Max = 65_536)]
    public int Batch { get; init; } = 256;

    [Parameter("Times that a fit goes through its rows.", Min = 1, Max = 1_000)]
    public int Epochs { get; init; } = 1;

    /// <summary>10: fewer rows say nothing about so many numbers.</summary>
    [Parameter("Rows that an id needs for numbers of its own; rarer ones of a column share theirs.", Min = 1, Max = 1e6)]
    public int AtLeast { get; init; } = 10;

    /// <summary>20: 64 MiB a space at the most with 8 numbers an id.</summary>
    [Parameter("A space of ids has at most 2^bits places; more ids than that share them.", Min = 1, Max = 24)]
    public int Bits { get; init; } = 20;

    [Parameter("Weight of a positive row beside a negative one; undone in the log-odds.", Min = 1e-6, Max = 1e6)]
    public double ClassWeight { get; init; } = 1;
}
