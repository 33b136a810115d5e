using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lintel.Models.Sparse.CrossNetwork;

/// <summary>Products of small matrices in float. Each element is one chain of fused multiply-adds over k in order, so it is the same
/// bits whatever rows stand beside it, and on any machine.</summary>
internal static class MatrixProduct
{
    /// <summary>Columns are multiples of this: two vectors.</summary>
    public const int Step = 32;

    private const int Lane = 16;

    /// <summary>c = a·b, or c += a·b.</summary>
    /// <param name="m">Rows of a and c.</param> <param name="n">Columns of b and c, a multiple of <see cref="Step"/>.</param>
    /// <param name="k">Columns of a, rows of b.</param>
    /// <param name="aRow">Distance between rows of a; with <paramref name="aColumn"/> a may be read transposed.</param>
    /// <param name="b">Row-major, [k, n].</param> <param name="c">Row-major, [m, n].</param>
    public static void Multiply(
        int m, int n, int k, ReadOnlySpan<float> a, int aRow, int aColumn, ReadOnlySpan<float> b, Span<float> c, bool add = false)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(n % Step, 0);
        if (m == 0) { return; }
        _ = a[((m - 1) * aRow) + ((k - 1) * aColumn)];
        _ = b[(k * n) - 1];
        _ = c[(m * n) - 1];
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        ref var result = ref MemoryMarshal.GetReference(c);
        for (var j = 0; j < n; j += Step)
        {
            var i = 0;
            for (; i + 4 <= m; i += 4) { Four(ref left, i * aRow, aRow, aColumn, ref right, j, ref result, (i * n) + j, n, k, add); }
            for (; i < m; i++) { One(ref left, i * aRow, aColumn, ref right, j, ref result, (i * n) + j, n, k, add); }
        }
    }

    /// <summary>b = aᵀ.</summary>
    /// <param name="a">Row-major, [rows, columns].</param> <param name="b">Row-major, [columns, rows].</param>
    public static void Transpose(int rows, int columns, ReadOnlySpan<float> a, Span<float> b)
    {
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++) { b[(j * rows) + i] = a[(i * columns) + j]; }
        }
    }

    private static void Four(
        ref float a, int at, int aRow, int aColumn, ref float b, int from, ref float c, int to, int n, int k, bool add)
    {
        Vector512<float> c00, c01, c10, c11, c20, c21, c30, c31;
        c00 = c01 = c10 = c11 = c20 = c21 = c30 = c31 = Vector512<float>.Zero;
        if (add)
        {
            (c00, c01) = (Vector512.LoadUnsafe(ref c, (nuint)to), Vector512.LoadUnsafe(ref c, (nuint)(to + Lane)));
            (c10, c11) = (Vector512.LoadUnsafe(ref c, (nuint)(to + n)), Vector512.LoadUnsafe(ref c, (nuint)(to + n + Lane)));
            (c20, c21) = (Vector512.LoadUnsafe(ref c, (nuint)(to + (2 * n))), Vector512.LoadUnsafe(ref c, (nuint)(to + (2 * n) + Lane)));
            (c30, c31) = (Vector512.LoadUnsafe(ref c, (nuint)(to + (3 * n))), Vector512.LoadUnsafe(ref c, (nuint)(to + (3 * n) + Lane)));
        }
        ref var a0 = ref Unsafe.Add(ref a, at);
        ref var a1 = ref Unsafe.Add(ref a, at + aRow);
        ref var a2 = ref Unsafe.Add(ref a, at + (2 * aRow));
        ref var a3 = ref Unsafe.Add(ref a, at + (3 * aRow));
        nint place = 0;
        var row = (nuint)from;
        for (var p = 0; p < k; p++)
        {
            var b0 = Vector512.LoadUnsafe(ref b, row);
            var b1 = Vector512.LoadUnsafe(ref b, row + Lane);
            var x0 = Vector512.Create(Unsafe.Add(ref a0, place));
            var x1 = Vector512.Create(Unsafe.Add(ref a1, place));
            var x2 = Vector512.Create(Unsafe.Add(ref a2, place));
            var x3 = Vector512.Create(Unsafe.Add(ref a3, place));
            c00 = Vector512.FusedMultiplyAdd(x0, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x0, b1, c01);
            c10 = Vector512.FusedMultiplyAdd(x1, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x1, b1, c11);
            c20 = Vector512.FusedMultiplyAdd(x2, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x2, b1, c21);
            c30 = Vector512.FusedMultiplyAdd(x3, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x3, b1, c31);
            place += aColumn;
            row += (nuint)n;
        }
        Store(ref c, to, c00, c01);
        Store(ref c, to + n, c10, c11);
        Store(ref c, to + (2 * n), c20, c21);
        Store(ref c, to + (3 * n), c30, c31);
    }

    private static void One(ref float a, int at, int aColumn, ref float b, int from, ref float c, int to, int n, int k, bool add)
    {
        var c0 = add ? Vector512.LoadUnsafe(ref c, (nuint)to) : Vector512<float>.Zero;
        var c1 = add ? Vector512.LoadUnsafe(ref c, (nuint)(to + Lane)) : Vector512<float>.Zero;
        nint place = at;
        var row = (nuint)from;
        for (var p = 0; p < k; p++)
        {
            var x = Vector512.Create(Unsafe.Add(ref a, place));
            c0 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref b, row), c0);
            c1 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref b, row + Lane), c1);
            place += aColumn;
            row += (nuint)n;
        }
        Store(ref c, to, c0, c1);
    }

    private static void Store(ref float c, int to, Vector512<float> lower, Vector512<float> upper)
    {
        lower.StoreUnsafe(ref c, (nuint)to);
        upper.StoreUnsafe(ref c, (nuint)(to + Lane));
    }
}
