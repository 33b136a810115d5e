using Lintel.Design.Kinds;

namespace Lintel.Models.Conformal;

/// <summary>Settings of kind <c>conformal</c>: how ranges follow their outcomes.</summary>
public sealed record ConformalParameters
{
    /// <summary>Slices that have windows of their own.</summary>
    public const int MostSlices = 1_000;

    /// <summary>2,000: the end of a 90 % range is then known to within half a point of its share; older outcomes say less of today.</summary>
    [Parameter("Outcomes that a range is adjusted by, the last ones.", Min = 20, Max = 1_000_000)]
    public int Window { get; init; } = 2_000;

    /// <summary>200: fewer leave the end of a 90 % range uncertain by 1.5 points of its share.</summary>
    [Parameter("Outcomes that a slice must have before it has an adjustment of its own.", Min = 1, Max = 1_000_000)]
    public int AtLeast { get; init; } = 200;

    /// <summary>0.005: a drift is followed within some hundred outcomes, and chance moves the share by little.</summary>
    [Parameter("How far one outcome beyond an end moves the share that is aimed for; 0: only the window moves.", Min = 0, Max = 0.5)]
    public double Rate { get; init; } = 0.005;
}
