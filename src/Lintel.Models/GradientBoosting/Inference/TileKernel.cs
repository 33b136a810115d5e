using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lintel.Models.GradientBoosting.Inference;

/// <summary>A tile of rows through a group of trees, vector by vector.</summary>
/// <remarks>A complete tree is not walked but folded: every split is asked for all rows of a vector at once, and the answers choose
/// between leaves from the bottom up. 63 comparisons and 63 selections for sixteen rows cost less than sixteen walks of six
/// dependent loads, and nothing branches. Each row adds the same leaves in the same order as in <see cref="RowKernel"/>, so the
/// bits are the same on any width.</remarks>
internal static class TileKernel
{
    /// <summary>Rows of a tile. Two columns of 28 features take 14 KiB: they stay in the first-level cache while the trees stream by.</summary>
    public const int Rows = 64;

    private const int MaxBlocks = 1 << (TreeGroup.MaxCompleteDepth - BlockDepth);
    private const int BlockDepth = 3;

    /// <param name="tile">Column-major, [2 × features, <see cref="Rows"/>].</param> <param name="sums">[<see cref="Rows"/>], added to.</param>
    public static void Add<TLanes>(TreeGroup group, ReadOnlySpan<float> tile, Span<float> sums)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        ref var columns = ref MemoryMarshal.GetReference(tile);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        if (!group.IsComplete)
        {
            for (nint row = 0; row < Rows; row++)
            {
                Unsafe.Add(ref sum, row) = RowKernel.Add(group, ref Unsafe.Add(ref columns, row), Rows, Unsafe.Add(ref sum, row));
            }
            return;
        }
        Span<TLanes> folded = stackalloc TLanes[MaxBlocks];
        for (var tree = 0; tree < TreeGroup.Size; tree++)
        {
            for (nint row = 0; row < Rows; row += TLanes.Count)
            {
                TLanes.AddTo(Fold(group, tree, ref Unsafe.Add(ref columns, row), folded), ref Unsafe.Add(ref sum, row));
            }
        }
    }

    private static TLanes Fold<TLanes>(TreeGroup group, nint tree, ref float columns, Span<TLanes> folded)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        ref var splits = ref MemoryMarshal.GetArrayDataReference(group.Splits);
        ref var leaves = ref MemoryMarshal.GetArrayDataReference(group.Leaves);
        ref var values = ref MemoryMarshal.GetReference(folded);
        var level = group.Depth - BlockDepth;
        nint blocks = (nint)1 << level;
        ref var top = ref Unsafe.Add(ref splits, TreeGroup.LevelStart(level) + (tree * blocks));
        ref var middle = ref Unsafe.Add(ref splits, TreeGroup.LevelStart(level + 1) + (tree * blocks * 2));
        ref var bottom = ref Unsafe.Add(ref splits, TreeGroup.LevelStart(level + 2) + (tree * blocks * 4));
        ref var leaf = ref Unsafe.Add(ref leaves, tree * blocks * 8);
        for (nint block = 0; block < blocks; block++)
        {
            var a = Pair<TLanes>(ref bottom, ref leaf, ref columns, 4 * block);
            var b = Pair<TLanes>(ref bottom, ref leaf, ref columns, (4 * block) + 1);
            var c = Pair<TLanes>(ref bottom, ref leaf, ref columns, (4 * block) + 2);
            var d = Pair<TLanes>(ref bottom, ref leaf, ref columns, (4 * block) + 3);
            a = Choose(ref Unsafe.Add(ref middle, 2 * block), ref columns, a, b);
            c = Choose(ref Unsafe.Add(ref middle, (2 * block) + 1), ref columns, c, d);
            Unsafe.Add(ref values, block) = Choose(ref Unsafe.Add(ref top, block), ref columns, a, c);
        }
        while (--level >= 0)
        {
            nint width = (nint)1 << level;
            ref var above = ref Unsafe.Add(ref splits, TreeGroup.LevelStart(level) + (tree * width));
            for (nint i = 0; i < width; i++)
            {
                Unsafe.Add(ref values, i) = Choose(
                    ref Unsafe.Add(ref above, i), ref columns, Unsafe.Add(ref values, 2 * i), Unsafe.Add(ref values, (2 * i) + 1));
            }
        }
        return values;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Pair<TLanes>(ref SplitNode splits, ref float leaves, ref float columns, nint place)
        where TLanes : unmanaged, ILanes<TLanes> =>
        Choose(ref Unsafe.Add(ref splits, place), ref columns,
            TLanes.All(Unsafe.Add(ref leaves, 2 * place)), TLanes.All(Unsafe.Add(ref leaves, (2 * place) + 1)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Choose<TLanes>(ref SplitNode split, ref float columns, TLanes left, TLanes right)
        where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Choose(
            TLanes.Load(ref Unsafe.Add(ref columns, (nint)split.Column * Rows)), TLanes.All(split.Threshold), left, right);
}
