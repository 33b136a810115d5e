using Lintel.Design.Kinds;

namespace Lintel.Models.Tables;

/// <summary>Settings of kind <c>median</c>.</summary>
public sealed record MedianParameters
{
    /// <summary>10: the median of ten rows is off by about 0.4 of their standard deviation, which the next coarser group seldom beats.</summary>
    [Parameter("Rows that a group must have; one with fewer is not asked, and the next coarser one is.", Min = 1, Max = 1_000_000)]
    public int AtLeast { get; init; } = 10;
}
