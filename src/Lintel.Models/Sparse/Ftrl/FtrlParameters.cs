using Lintel.Design.Kinds;

namespace Lintel.Models.Sparse.Ftrl;

/// <summary>Settings of kind <c>ftrl</c>.</summary>
public sealed record FtrlParameters
{
    /// <summary>0.05: on a million rows of clicks with 39 columns 0.03 and 0.1 lose 0.001 of log loss.</summary>
    [Parameter("How far a weight moves at first: its rate is alpha / (beta + the root of its squared gradients' sum).", Min = 1e-6, Max = 100)]
    public double Alpha { get; init; } = 0.05;

    /// <summary>1: the paper's.</summary>
    [Parameter("Holds the first steps of a weight back; see alpha.", Min = 1e-6, Max = 1e6)]
    public double Beta { get; init; } = 1;

    [Parameter("L1 penalty: a weight whose gradients add up to less is 0.", Min = 0, Max = 1e6)]
    public double L1 { get; init; }

    [Parameter("L2 penalty.", Min = 0, Max = 1e6)]
    public double L2 { get; init; }

    /// <summary>1: an online learner sees each row once.</summary>
    [Parameter("Times that a fit goes through its rows.", Min = 1, Max = 1_000)]
    public int Epochs { get; init; } = 1;

    /// <summary>10: an id's weight from fewer rows is mostly noise.</summary>
    [Parameter("Rows that an id needs for a weight of its own; rarer ones of a column share one.", Min = 1, Max = 1e6)]
    public int AtLeast { get; init; } = 10;

    /// <summary>22: 32 MiB a space at the most; a dictionary of fewer ids takes less.</summary>
    [Parameter("A space of ids has at most 2^bits places of 8 bytes; more ids than that share them.", Min = 1, Max = 24)]
    public int Bits { get; init; } = 22;

    /// <summary>32: steps of 3 % of the rows.</summary>
    [Parameter("Bins that a number is cut into, as many rows in each.", Min = 1, Max = 1_024)]
    public int Bins { get; init; } = 32;

    [Parameter("Weight of a positive row beside a negative one; undone in the log-odds.", Min = 1e-6, Max = 1e6)]
    public double ClassWeight { get; init; } = 1;
}
