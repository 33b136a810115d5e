using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lintel.Retrieval.Factorisation;

/// <summary>The inner loop of the factorisation: <c>Σ w_j (y_j · p) y_j</c> over the rows of one side, four at a time so
/// that their dot products do not wait for each other. Sixteen lanes on every machine, so that every machine gets the
/// same bits.</summary>
internal static class RowKernel
{
    private const int Lanes = FactorTable.Lanes;

    /// <summary>Adds <c>Σ (dot(y_j, p) · scale_j + offset_j) · y_j</c> to <paramref name="sum"/>.</summary>
    /// <param name="table">Rows y, [.., stride].</param> <param name="rows">Which of them, [n].</param>
    /// <param name="scales">[n].</param> <param name="offsets">[n]; empty: all 0.</param>
    /// <param name="p">[stride].</param> <param name="sum">[stride].</param>
    internal static void Accumulate(
        ReadOnlySpan<float> table, ReadOnlySpan<int> rows, ReadOnlySpan<float> scales, ReadOnlySpan<float> offsets,
        ReadOnlySpan<float> p, Span<float> sum)
    {
        var stride = p.Length;
        ref var y = ref MemoryMarshal.GetReference(table);
        ref var direction = ref MemoryMarshal.GetReference(p);
        ref var total = ref MemoryMarshal.GetReference(sum);
        var i = 0;
        for (; i + 4 <= rows.Length; i += 4)
        {
            ref var y0 = ref Unsafe.Add(ref y, (nint)rows[i] * stride);
            ref var y1 = ref Unsafe.Add(ref y, (nint)rows[i + 1] * stride);
            ref var y2 = ref Unsafe.Add(ref y, (nint)rows[i + 2] * stride);
            ref var y3 = ref Unsafe.Add(ref y, (nint)rows[i + 3] * stride);
            Vector512<float> d0 = default, d1 = default, d2 = default, d3 = default;
            for (nuint f = 0; f < (nuint)stride; f += Lanes)
            {
                var x = Vector512.LoadUnsafe(ref direction, f);
                d0 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref y0, f), x, d0);
                d1 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref y1, f), x, d1);
                d2 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref y2, f), x, d2);
                d3 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref y3, f), x, d3);
            }
            var dots = Sums(d0, d1, d2, d3) * Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(scales), (nuint)i);
            if (!offsets.IsEmpty) { dots += Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(offsets), (nuint)i); }
            var w0 = Vector512.Create(dots[0]);
            var w1 = Vector512.Create(dots[1]);
            var w2 = Vector512.Create(dots[2]);
            var w3 = Vector512.Create(dots[3]);
            for (nuint f = 0; f < (nuint)stride; f += Lanes)
            {
                var s = Vector512.LoadUnsafe(ref total, f);
                s = Vector512.FusedMultiplyAdd(w0, Vector512.LoadUnsafe(ref y0, f), s);
                s = Vector512.FusedMultiplyAdd(w1, Vector512.LoadUnsafe(ref y1, f), s);
                s = Vector512.FusedMultiplyAdd(w2, Vector512.LoadUnsafe(ref y2, f), s);
                s = Vector512.FusedMultiplyAdd(w3, Vector512.LoadUnsafe(ref y3, f), s);
                s.StoreUnsafe(ref total, f);
            }
        }
        for (; i < rows.Length; i++)
        {
            var row = table.Slice(rows[i] * stride, stride);
            Add(row, (Dot(row, p) * scales[i]) + (offsets.IsEmpty ? 0 : offsets[i]), sum);
        }
    }

    internal static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector512<float> sum = default;
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b);
        for (nuint f = 0; f < (nuint)a.Length; f += Lanes)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, f), Vector512.LoadUnsafe(ref y, f), sum);
        }
        return Sums(sum, sum, sum, sum)[0];
    }

    /// <summary><c>to += w · a</c>.</summary>
    internal static void Add(ReadOnlySpan<float> a, float w, Span<float> to)
    {
        var weight = Vector512.Create(w);
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(to);
        for (nuint f = 0; f < (nuint)a.Length; f += Lanes)
        {
            Vector512.FusedMultiplyAdd(weight, Vector512.LoadUnsafe(ref x, f), Vector512.LoadUnsafe(ref y, f))
                .StoreUnsafe(ref y, f);
        }
    }

    /// <summary><c>to = M · a</c> for a symmetric matrix, [stride, stride].</summary>
    internal static void Multiply(ReadOnlySpan<float> matrix, ReadOnlySpan<float> a, Span<float> to)
    {
        to.Clear();
        var stride = a.Length;
        ref var m = ref MemoryMarshal.GetReference(matrix);
        ref var total = ref MemoryMarshal.GetReference(to);
        for (var row = 0; row < stride; row += 4)
        {
            ref var m0 = ref Unsafe.Add(ref m, row * stride);
            var w0 = Vector512.Create(a[row]);
            var w1 = Vector512.Create(a[row + 1]);
            var w2 = Vector512.Create(a[row + 2]);
            var w3 = Vector512.Create(a[row + 3]);
            for (nuint f = 0; f < (nuint)stride; f += Lanes)
            {
                var s = Vector512.LoadUnsafe(ref total, f);
                s = Vector512.FusedMultiplyAdd(w0, Vector512.LoadUnsafe(ref m0, f), s);
                s = Vector512.FusedMultiplyAdd(w1, Vector512.LoadUnsafe(ref m0, f + (nuint)stride), s);
                s = Vector512.FusedMultiplyAdd(w2, Vector512.LoadUnsafe(ref m0, f + (nuint)(2 * stride)), s);
                s = Vector512.FusedMultiplyAdd(w3, Vector512.LoadUnsafe(ref m0, f + (nuint)(3 * stride)), s);
                s.StoreUnsafe(ref total, f);
            }
        }
    }

    /// <summary>The sums of four vectors side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Sums(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        var ab = Halve(Quarter(a), Quarter(b));
        var cd = Halve(Quarter(c), Quarter(d));
        return Vector128.Create(ab.GetLower(), cd.GetLower()) + Vector128.Create(ab.GetUpper(), cd.GetUpper());
    }

    /// <summary>Two sums of two parts each: first parts in the lower half, second parts in the upper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Halve(Vector128<float> a, Vector128<float> b) => Vector128.Shuffle(
        Vector128.Create(a.GetLower(), b.GetLower()) + Vector128.Create(a.GetUpper(), b.GetUpper()),
        Vector128.Create(0, 2, 1, 3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Quarter(Vector512<float> v)
    {
        var half = v.GetLower() + v.GetUpper();
        return half.GetLower() + half.GetUpper();
    }
}
