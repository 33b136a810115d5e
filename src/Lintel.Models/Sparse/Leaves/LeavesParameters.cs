using Lintel.Design.Kinds;
using Lintel.Models.GradientBoosting;
using Lintel.Models.Sparse.Ftrl;

namespace Lintel.Models.Sparse.Leaves;

/// <summary>Settings of kind <c>leaves</c>: those of its trees, as kind <c>xgboost</c> has them, and of its linear part, as <c>ftrl</c>.</summary>
public sealed record LeavesParameters
{
    /// <summary>100: each costs the linear part a weight a row.</summary>
    [Parameter("Trees to fit.", Min = 1, Max = 10_000)]
    public int Trees { get; init; } = 100;

    [Parameter("Most splits between root and leaf.", Min = 1, Max = 12)]
    public int Depth { get; init; } = 4;

    [Parameter("Share of each tree's step that is taken.", Min = 1e-6, Max = 1)]
    public double LearningRate { get; init; } = 0.1;

    [Parameter("Share of the rows that each tree sees.", Min = 1e-6, Max = 1, Share = true)]
    public double Rows { get; init; } = 0.8;

    [Parameter("Share of the features that each tree sees.", Min = 1e-6, Max = 1, Share = true)]
    public double Columns { get; init; } = 0.8;

    [Parameter("Least sum of hessians in a leaf.", Min = 0)]
    public double MinChildWeight { get; init; } = 1;

    [Parameter("L2 penalty on leaf values.", Min = 0)]
    public double Lambda { get; init; } = 1;

    [Parameter("Most histogram bins of a number.", Min = 2, Max = 65_536)]
    public int Bins { get; init; } = 256;

    /// <summary>A half: weights learned on the trees' own rows would believe the trees too much.</summary>
    [Parameter("Share of the rows, the earliest, that the trees are fitted on; the linear part learns the others.", Min = 0.01, Max = 0.99, Share = true)]
    public double TreeShare { get; init; } = 0.5;

    [Parameter("How far a weight moves at first: its rate is alpha / (beta + the root of its squared gradients' sum).", Min = 1e-6, Max = 100)]
    public double Alpha { get; init; } = 0.05;

    [Parameter("Holds the first steps of a weight back; see alpha.", Min = 1e-6, Max = 1e6)]
    public double Beta { get; init; } = 1;

    [Parameter("L1 penalty: a weight whose gradients add up to less is 0.", Min = 0, Max = 1e6)]
    public double L1 { get; init; }

    [Parameter("L2 penalty.", Min = 0, Max = 1e6)]
    public double L2 { get; init; }

    [Parameter("Times that the linear part goes through its rows.", Min = 1, Max = 1_000)]
    public int Epochs { get; init; } = 1;

    [Parameter("Rows that an id needs for a weight of its own; rarer ones of a column share one.", Min = 1, Max = 1e6)]
    public int AtLeast { get; init; } = 10;

    [Parameter("A space of ids has at most 2^bits places of 8 bytes; more ids than that share them.", Min = 1, Max = 24)]
    public int Bits { get; init; } = 22;

    [Parameter("Weight of a positive row beside a negative one; undone in the log-odds.", Min = 1e-6, Max = 1e6)]
    public double ClassWeight { get; init; } = 1;

    internal XGBoostParameters Boosting => new()
    {
        Trees = Trees,
        Depth = Depth,
        LearningRate = LearningRate,
        Rows = Rows,
        Columns = Columns,
        MinChildWeight = MinChildWeight,
        Lambda = Lambda,
        Bins = Bins,
        ClassWeight = ClassWeight,
    };

    internal FtrlParameters Linear => new()
    {
        Alpha = Alpha,
        Beta = Beta,
        L1 = L1,
        L2 = L2,
        Epochs = Epochs,
        AtLeast = AtLeast,
        Bits = Bits,
        ClassWeight = ClassWeight,
    };
}
