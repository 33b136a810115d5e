using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lintel.Retrieval.Towers;

/// <summary>Products of small dense matrices, four rows by two vectors at a time. Every element is summed along the inner
/// dimension in its order with one rounding a step: how rows are cut into blocks changes no bit, nor does the machine.</summary>
internal static class MatrixProduct
{
    internal const int Lanes = 16;

    /// <summary>One factor that may be read turned: element (i, k) stands at <c>i · RowStep + k · InnerStep</c>.</summary>
    internal readonly ref struct Left(ReadOnlySpan<float> values, int rowStep, int innerStep)
    {
        internal readonly ReadOnlySpan<float> Values = values;
        internal readonly int RowStep = rowStep, InnerStep = innerStep;

        /// <summary>Row-major, [rows, stride].</summary>
        internal static Left Rows(ReadOnlySpan<float> values, int stride) => new(values, stride, 1);

        /// <summary>The transpose of a row-major matrix, [inner, stride].</summary>
        internal static Left Columns(ReadOnlySpan<float> values, int stride) => new(values, 1, stride);
    }

    /// <summary><c>C = A · B</c>.</summary>
    /// <param name="a">[rows, inner].</param> <param name="b">Row-major, [inner, width].</param>
    /// <param name="c">Row-major, [rows, width]; overwritten.</param> <param name="width">A whole number of lanes.</param>
    internal static void Multiply(in Left a, int rows, int inner, ReadOnlySpan<float> b, Span<float> c, int width)
    {
        if (width % Lanes != 0 || b.Length < inner * width || c.Length < rows * width
            || (rows > 0 && inner > 0 && a.Values.Length <= ((rows - 1) * a.RowStep) + ((inner - 1) * a.InnerStep)))
        {
            throw new ArgumentException($"a product of {rows} × {inner} by {inner} × {width} does not fit its spans");
        }
        var row = 0;
        for (; row + 4 <= rows; row += 4) { Four(a, row, inner, b, c, width); }
        for (; row < rows; row++) { One(a, row, inner, b, c, width); }
    }

    private static void Four(in Left a, int row, int inner, ReadOnlySpan<float> b, Span<float> c, int width)
    {
        ref var first = ref MemoryMarshal.GetReference(b);
        var values = a.Values;
        var at = 0;
        for (; at + (2 * Lanes) <= width; at += 2 * Lanes)
        {
            Vector512<float> s00 = default, s01 = default, s10 = default, s11 = default;
            Vector512<float> s20 = default, s21 = default, s30 = default, s31 = default;
            var i = row * a.RowStep;
            for (var k = 0; k < inner; k++, i += a.InnerStep)
            {
                var b0 = Vector512.LoadUnsafe(ref first, (nuint)((k * width) + at));
                var b1 = Vector512.LoadUnsafe(ref first, (nuint)((k * width) + at + Lanes));
                var w = Vector512.Create(values[i]);
                (s00, s01) = (Vector512.FusedMultiplyAdd(w, b0, s00), Vector512.FusedMultiplyAdd(w, b1, s01));
                w = Vector512.Create(values[i + a.RowStep]);
                (s10, s11) = (Vector512.FusedMultiplyAdd(w, b0, s10), Vector512.FusedMultiplyAdd(w, b1, s11));
                w = Vector512.Create(values[i + (2 * a.RowStep)]);
                (s20, s21) = (Vector512.FusedMultiplyAdd(w, b0, s20), Vector512.FusedMultiplyAdd(w, b1, s21));
                w = Vector512.Create(values[i + (3 * a.RowStep)]);
                (s30, s31) = (Vector512.FusedMultiplyAdd(w, b0, s30), Vector512.FusedMultiplyAdd(w, b1, s31));
            }
            Store(s00, s01, c[((row * width) + at)..]);
            Store(s10, s11, c[(((row + 1) * width) + at)..]);
            Store(s20, s21, c[(((row + 2) * width) + at)..]);
            Store(s30, s31, c[(((row + 3) * width) + at)..]);
        }
        for (var r = row; at < width && r < row + 4; r++) { Lane(a, r, inner, b, c, width, at); }
    }

    private static void One(in Left a, int row, int inner, ReadOnlySpan<float> b, Span<float> c, int width)
    {
        for (var at = 0; at < width; at += Lanes) { Lane(a, row, inner, b, c, width, at); }
    }

    private static void Lane(in Left a, int row, int inner, ReadOnlySpan<float> b, Span<float> c, int width, int at)
    {
        ref var first = ref MemoryMarshal.GetReference(b);
        Vector512<float> sum = default;
        for (var k = 0; k < inner; k++)
        {
            var w = Vector512.Create(a.Values[(row * a.RowStep) + (k * a.InnerStep)]);
            sum = Vector512.FusedMultiplyAdd(w, Vector512.LoadUnsafe(ref first, (nuint)((k * width) + at)), sum);
        }
        sum.CopyTo(c[((row * width) + at)..]);
    }

    private static void Store(Vector512<float> low, Vector512<float> high, Span<float> to)
    {
        low.CopyTo(to);
        high.CopyTo(to[Lanes..]);
    }
}
