using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lintel.Models.GradientBoosting.Inference;

/// <summary>One row through a group of eight trees, all eight at once; the scalar twin of <see cref="TileKernel"/>.</summary>
/// <remarks>Places and columns come from a checked <see cref="TreeGroup"/>, so the loads are not checked again. Leaves are added in
/// the trees' order, in float32, as XGBoost adds them.</remarks>
internal static class RowKernel
{
    /// <param name="columns">Two columns per feature, see <see cref="SplitNode"/>.</param>
    /// <param name="stride">Distance between two columns of the row: 1, or the rows of a tile.</param>
    /// <param name="sum">Margin before this group.</param> <returns>Margin after it.</returns>
    public static float Add(TreeGroup group, ref float columns, nint stride, float sum) =>
        !group.IsComplete ? AddLinked(group, ref columns, stride, sum)
        : stride == 1 ? AddComplete(group, ref columns, sum)
        : throw new ArgumentOutOfRangeException(nameof(stride), stride, "complete groups take a row of its own");

    private static float AddComplete(TreeGroup group, ref float row, float sum)
    {
        ref var level = ref MemoryMarshal.GetArrayDataReference(group.Splits);
        nint p0 = 0, p1 = 1, p2 = 2, p3 = 3, p4 = 4, p5 = 5, p6 = 6, p7 = 7;
        for (nint width = TreeGroup.Size, end = (nint)TreeGroup.Size << group.Depth; width < end; width *= 2)
        {
            p0 = Next(ref level, ref row, p0);
            p1 = Next(ref level, ref row, p1);
            p2 = Next(ref level, ref row, p2);
            p3 = Next(ref level, ref row, p3);
            p4 = Next(ref level, ref row, p4);
            p5 = Next(ref level, ref row, p5);
            p6 = Next(ref level, ref row, p6);
            p7 = Next(ref level, ref row, p7);
            level = ref Unsafe.Add(ref level, width);
        }
        ref var leaves = ref MemoryMarshal.GetArrayDataReference(group.Leaves);
        sum += Unsafe.Add(ref leaves, p0);
        sum += Unsafe.Add(ref leaves, p1);
        sum += Unsafe.Add(ref leaves, p2);
        sum += Unsafe.Add(ref leaves, p3);
        sum += Unsafe.Add(ref leaves, p4);
        sum += Unsafe.Add(ref leaves, p5);
        sum += Unsafe.Add(ref leaves, p6);
        return sum + Unsafe.Add(ref leaves, p7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Next(ref SplitNode level, ref float row, nint place)
    {
        ref var split = ref Unsafe.Add(ref level, place);
        return (2 * place) + (Unsafe.Add(ref row, (nint)split.Column) >= split.Threshold ? 1 : 0);
    }

    private static float AddLinked(TreeGroup group, ref float columns, nint stride, float sum)
    {
        ref var nodes = ref MemoryMarshal.GetArrayDataReference(group.Links);
        var roots = group.Roots;
        nint p0 = roots[0], p1 = roots[1], p2 = roots[2], p3 = roots[3], p4 = roots[4], p5 = roots[5], p6 = roots[6], p7 = roots[7];
        for (var level = 0; level < group.Depth; level++)
        {
            p0 = Follow(ref nodes, ref columns, stride, p0);
            p1 = Follow(ref nodes, ref columns, stride, p1);
            p2 = Follow(ref nodes, ref columns, stride, p2);
            p3 = Follow(ref nodes, ref columns, stride, p3);
            p4 = Follow(ref nodes, ref columns, stride, p4);
            p5 = Follow(ref nodes, ref columns, stride, p5);
            p6 = Follow(ref nodes, ref columns, stride, p6);
            p7 = Follow(ref nodes, ref columns, stride, p7);
        }
        sum += Unsafe.Add(ref nodes, p0).Value;
        sum += Unsafe.Add(ref nodes, p1).Value;
        sum += Unsafe.Add(ref nodes, p2).Value;
        sum += Unsafe.Add(ref nodes, p3).Value;
        sum += Unsafe.Add(ref nodes, p4).Value;
        sum += Unsafe.Add(ref nodes, p5).Value;
        sum += Unsafe.Add(ref nodes, p6).Value;
        return sum + Unsafe.Add(ref nodes, p7).Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Follow(ref LinkedNode nodes, ref float columns, nint stride, nint at)
    {
        ref var node = ref Unsafe.Add(ref nodes, at);
        var right = Unsafe.Add(ref columns, node.Column * stride) >= node.Value ? 1 : 0;
        return node.Left + (right & node.Step);
    }
}
