using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lintel.Models.GradientBoosting.Inference;

/// <summary>A tile of rows through a group of trees, vector by vector.</summary>
/// <remarks>A complete tree is not walked but folded: every split is asked for all rows of a register at once, and the answers choose
/// between leaves from the bottom up. 63 comparisons and 63 selections for sixteen rows cost less than sixteen walks of six
/// dependent loads, and nothing branches. Each row adds the same leaves in the same order as in <see cref="RowKernel"/>, so the
/// bits are the same on any width.</remarks>
internal static class TileKernel
{
    /// <summary>Rows of a tile. Two columns of 28 features take 14 KiB: they stay in the first-level cache while the trees stream by.</summary>
    public const int Rows = 64;

    private const int BlockDepth = 3;

    /// <summary>Floats of scratch that <see cref="Add"/> takes: a tile's column for each block of the deepest complete tree.</summary>
    public const int ScratchFloats = Rows << (TreeGroup.MaxCompleteDepth - BlockDepth);

    /// <param name="tile">Column-major, [2 × features, <see cref="Rows"/>].</param> <param name="scratch">[<see cref="ScratchFloats"/>].</param>
    /// <param name="sums">[<see cref="Rows"/>], added to.</param>
    public static void Add<TLanes>(TreeGroup group, ReadOnlySpan<float> tile, Span<float> scratch, Span<float> sums)
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
        ref var folded = ref MemoryMarshal.GetReference(scratch);
        for (var tree = 0; tree < TreeGroup.Size; tree++)
        {
            for (nint row = 0; row < Rows; row += TLanes.Count)
            {
                Fold<TLanes>(group, tree, ref Unsafe.Add(ref columns, row), ref folded);
                TLanes.AddTo(TLanes.Load(ref folded), ref Unsafe.Add(ref sum, row));
            }
        }
    }

    /// <summary>Leaves the tree's values in the first lanes of <paramref name="folded"/>.</summary>
    private static void Fold<TLanes>(TreeGroup group, nint tree, ref float columns, ref float folded)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        ref var splits = ref MemoryMarshal.GetArrayDataReference(group.Splits);
        var level = group.Depth - BlockDepth;
        nint blocks = (nint)1 << level;
        ref var top = ref Unsafe.Add(ref splits, TreeGroup.LevelStart(level) + (tree * blocks));
        ref var middle = ref Unsafe.Add(ref splits, TreeGroup.LevelStart(level + 1) + (tree * blocks * 2));
        ref var bottom = ref Unsafe.Add(ref splits, TreeGroup.LevelStart(level + 2) + (tree * blocks * 4));
        ref var leaf = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(group.Leaves), tree * blocks * 8);
        for (nint block = 0; block < blocks; block++)
        {
            var a = Choose<TLanes>(ref bottom, ref leaf, ref columns, 4 * block);
            var b = Choose<TLanes>(ref bottom, ref leaf, ref columns, (4 * block) + 1);
            a = Choose(ref Unsafe.Add(ref middle, 2 * block), ref columns, a, b);
            b = Choose<TLanes>(ref bottom, ref leaf, ref columns, (4 * block) + 2);
            var c = Choose<TLanes>(ref bottom, ref leaf, ref columns, (4 * block) + 3);
            b = Choose(ref Unsafe.Add(ref middle, (2 * block) + 1), ref columns, b, c);
            TLanes.Store(Choose(ref Unsafe.Add(ref top, block), ref columns, a, b), ref Unsafe.Add(ref folded, block * TLanes.Count));
        }
        while (--level >= 0)
        {
            nint width = (nint)1 << level;
            ref var above = ref Unsafe.Add(ref splits, TreeGroup.LevelStart(level) + (tree * width));
            for (nint i = 0; i < width; i++)
            {
                ref var pair = ref Unsafe.Add(ref folded, 2 * i * TLanes.Count);
                var chosen = Choose(
                    ref Unsafe.Add(ref above, i), ref columns, TLanes.Load(ref pair), TLanes.Load(ref Unsafe.Add(ref pair, TLanes.Count)));
                TLanes.Store(chosen, ref Unsafe.Add(ref folded, i * TLanes.Count));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Choose<TLanes>(ref SplitNode splits, ref float leaves, ref float columns, nint place)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        ref var split = ref Unsafe.Add(ref splits, place);
        return TLanes.Choose(ref Column(ref columns, split), split.Threshold,
            Unsafe.Add(ref leaves, 2 * place), Unsafe.Add(ref leaves, (2 * place) + 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Choose<TLanes>(ref SplitNode split, ref float columns, TLanes left, TLanes right)
        where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Choose(ref Column(ref columns, split), split.Threshold, left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref float Column(ref float columns, in SplitNode split) =>
        ref Unsafe.Add(ref columns, (nint)(uint)split.Column * Rows);
}
