using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lintel.Models.GradientBoosting.Inference;

/// <summary>A forest as it is scored: groups of eight trees, in order. Nothing is allocated per call.</summary>
internal sealed class PackedForest
{
    // fewer rows than this are quicker one by one than as a mostly empty tile; so are all of them in registers of four
    private const int MinTileRows = 12;
    private const int StackFloats = 256;

    private readonly TreeGroup[] _groups;
    private readonly int _featureCount;
    private readonly float _start;

    /// <param name="start">Margin before the first tree.</param>
    public PackedForest(ImmutableArray<Tree> trees, int featureCount, float start)
    {
        _featureCount = featureCount;
        _start = start;
        _groups = new TreeGroup[(trees.Length + TreeGroup.Size - 1) / TreeGroup.Size];
        for (var i = 0; i < _groups.Length; i++)
        {
            var first = i * TreeGroup.Size;
            _groups[i] = new(trees.AsSpan().Slice(first, Math.Min(TreeGroup.Size, trees.Length - first)));
        }
    }

    /// <summary>Margin of one row in float32: the start first, then the trees in order.</summary>
    public float Score(ReadOnlySpan<float> row)
    {
        float[]? rented = null;
        Span<float> columns = 2 * _featureCount <= StackFloats
            ? stackalloc float[StackFloats]
            : (rented = ArrayPool<float>.Shared.Rent(2 * _featureCount));
        try
        {
            SpreadMissing(row, columns, 1);
            return Score(ref MemoryMarshal.GetReference(columns));
        }
        finally
        {
            if (rented is not null) { ArrayPool<float>.Shared.Return(rented); }
        }
    }

    /// <param name="rows">Row-major, [n, features].</param> <param name="margins">[n].</param>
    public void Score(ReadOnlySpan<float> rows, Span<double> margins)
    {
        if (margins.Length == 1)
        {
            margins[0] = Score(rows);
            return;
        }
        var tileFloats = 2 * _featureCount * TileKernel.Rows;
        var rented = ArrayPool<float>.Shared.Rent(tileFloats + TileKernel.ScratchFloats);
        try
        {
            var tile = rented.AsSpan(0, tileFloats);
            var scratch = rented.AsSpan(tileFloats, TileKernel.ScratchFloats);
            Span<float> sums = stackalloc float[TileKernel.Rows];
            for (var first = 0; first < margins.Length; first += TileKernel.Rows)
            {
                var count = Math.Min(TileKernel.Rows, margins.Length - first);
                var part = rows.Slice(first * _featureCount, count * _featureCount);
                if (count >= MinTileRows && Vector256.IsHardwareAccelerated) { ScoreTile(part, tile, scratch, sums); }
                else { ScoreEach(part, tile, sums[..count]); }
                for (var i = 0; i < count; i++) { margins[first + i] = sums[i]; }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    private float Score(ref float columns)
    {
        var sum = _start;
        foreach (var group in _groups) { sum = RowKernel.Add(group, ref columns, 1, sum); }
        return sum;
    }

    internal void ScoreEach(ReadOnlySpan<float> rows, Span<float> scratch, Span<float> sums)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            SpreadMissing(rows.Slice(i * _featureCount, _featureCount), scratch, 1);
            sums[i] = Score(ref MemoryMarshal.GetReference(scratch));
        }
    }

    private void ScoreTile(ReadOnlySpan<float> rows, Span<float> tile, Span<float> scratch, Span<float> sums)
    {
        if (Vector512.IsHardwareAccelerated) { ScoreTile<Lanes512>(rows, tile, scratch, sums); }
        else { ScoreTile<Lanes256>(rows, tile, scratch, sums); }
    }

    /// <param name="rows">At most <see cref="TileKernel.Rows"/> rows; what a short tile held before in the others is scored as well,
    /// and not read.</param>
    internal void ScoreTile<TLanes>(ReadOnlySpan<float> rows, Span<float> tile, Span<float> scratch, Span<float> sums)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        for (var i = 0; (i + 1) * _featureCount <= rows.Length; i++)
        {
            SpreadMissing(rows.Slice(i * _featureCount, _featureCount), tile[i..], TileKernel.Rows);
        }
        sums.Fill(_start);
        foreach (var group in _groups) { TileKernel.Add<TLanes>(group, tile, scratch, sums); }
    }

    /// <summary>Writes each value twice, a missing one as −∞ and as +∞: see <see cref="SplitNode"/>.</summary>
    private static void SpreadMissing(ReadOnlySpan<float> row, Span<float> columns, int stride)
    {
        for (int i = 0, at = 0; i < row.Length; i++, at += 2 * stride)
        {
            var x = row[i];
            columns[at] = float.IsNaN(x) ? float.NegativeInfinity : x;
            columns[at + stride] = float.IsNaN(x) ? float.PositiveInfinity : x;
        }
    }
}
