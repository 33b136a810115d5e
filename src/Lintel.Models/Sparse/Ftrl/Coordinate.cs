using System.Runtime.InteropServices;

namespace Lintel.Models.Sparse.Ftrl;

/// <summary>One weight as FTRL-Proximal keeps it, in 8 bytes: reading and learning it costs one cache line.</summary>
/// <param name="Z">Sum of gradients, less what moved the weight: the weight follows from it.</param>
/// <param name="N">Above 0: sum of squared gradients. 0 or below: an id that has come −N times and has no weight of its own yet.</param>
[StructLayout(LayoutKind.Sequential)]
internal record struct Coordinate(float Z, float N)
{
    /// <summary>What N is before the first gradient, far below any square of one that matters.</summary>
    public const float Opened = 1e-20f;
}
