using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lintel.Retrieval.Ease;

/// <summary>Arithmetic on square tiles of 64 × 64 doubles, row-major: small enough to stay in the cache. Every element
/// is summed along the inner dimension in its order with one rounding a step: threads and machines change no
/// bit.</summary>
internal static class Tile
{
    internal const int Side = 64, Size = Side * Side;

    private const int Lanes = 8;

    /// <summary><c>C += sign · op(A) · B</c>, where op turns A when asked to.</summary>
    /// <param name="sign">1 or −1.</param>
    internal static void AddProduct(
        ReadOnlySpan<double> a, bool turned, ReadOnlySpan<double> b, double sign, Span<double> c)
    {
        if (a.Length != Size || b.Length != Size || c.Length != Size)
        {
            throw new ArgumentException("tiles have 64 × 64 elements");
        }
        var (rowStep, innerStep) = turned ? (1, Side) : (Side, 1);
        ref var to = ref MemoryMarshal.GetReference(c);
        var signs = Vector512.Create(sign);
        for (var row = 0; row < Side; row += 4)
        {
            for (var at = 0; at < Side; at += 2 * Lanes)
            {
                Four(a[(row * rowStep)..], rowStep, innerStep, b[at..], signs, ref to, (row * Side) + at);
            }
        }
    }

    /// <summary>Four rows by two vectors.</summary>
    private static void Four(
        ReadOnlySpan<double> a, int rowStep, int innerStep, ReadOnlySpan<double> b, Vector512<double> sign,
        ref double c, int at)
    {
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        Vector512<double> s00 = default, s01 = default, s10 = default, s11 = default;
        Vector512<double> s20 = default, s21 = default, s30 = default, s31 = default;
        nuint i = 0;
        var (step1, step2, step3) = ((nuint)rowStep, (nuint)(2 * rowStep), (nuint)(3 * rowStep));
        for (nuint k = 0; k < Side * Side; k += Side, i += (nuint)innerStep)
        {
            var b0 = Vector512.LoadUnsafe(ref right, k);
            var b1 = Vector512.LoadUnsafe(ref right, k + Lanes);
            var w = Vector512.Create(Unsafe.Add(ref left, i));
            (s00, s01) = (Vector512.FusedMultiplyAdd(w, b0, s00), Vector512.FusedMultiplyAdd(w, b1, s01));
            w = Vector512.Create(Unsafe.Add(ref left, i + step1));
            (s10, s11) = (Vector512.FusedMultiplyAdd(w, b0, s10), Vector512.FusedMultiplyAdd(w, b1, s11));
            w = Vector512.Create(Unsafe.Add(ref left, i + step2));
            (s20, s21) = (Vector512.FusedMultiplyAdd(w, b0, s20), Vector512.FusedMultiplyAdd(w, b1, s21));
            w = Vector512.Create(Unsafe.Add(ref left, i + step3));
            (s30, s31) = (Vector512.FusedMultiplyAdd(w, b0, s30), Vector512.FusedMultiplyAdd(w, b1, s31));
        }
        Store(s00, s01, sign, ref c, (nuint)at);
        Store(s10, s11, sign, ref c, (nuint)(at + Side));
        Store(s20, s21, sign, ref c, (nuint)(at + (2 * Side)));
        Store(s30, s31, sign, ref c, (nuint)(at + (3 * Side)));
    }

    private static void Store(
        Vector512<double> low, Vector512<double> high, Vector512<double> sign, ref double c, nuint at)
    {
        Vector512.FusedMultiplyAdd(sign, low, Vector512.LoadUnsafe(ref c, at)).StoreUnsafe(ref c, at);
        Vector512.FusedMultiplyAdd(sign, high, Vector512.LoadUnsafe(ref c, at + Lanes)).StoreUnsafe(ref c, at + Lanes);
    }

    internal static void Turn(ReadOnlySpan<double> from, Span<double> to)
    {
        for (var row = 0; row < Side; row++)
        {
            for (var column = 0; column < Side; column++) { to[(column * Side) + row] = from[(row * Side) + column]; }
        }
    }

    /// <summary>The inverse of the Cholesky factor: <c>L⁻¹</c> of <c>A = L Lᵀ</c>, a lower triangle.</summary>
    /// <param name="a">The lower triangle counts; overwritten by L, zeros above it.</param>
    /// <param name="inverse">Overwritten.</param>
    /// <returns>The first row whose pivot is not above 0; −1: there is none.</returns>
    internal static int Factor(Span<double> a, Span<double> inverse)
    {
        for (var k = 0; k < Side; k++)
        {
            var row = a.Slice(k * Side, Side);
            for (var j = 0; j < k; j++)
            {
                var other = a.Slice(j * Side, Side);
                var sum = row[j];
                for (var f = 0; f < j; f++) { sum -= row[f] * other[f]; }
                row[j] = sum / other[j];
            }
            var pivot = row[k];
            for (var f = 0; f < k; f++) { pivot -= row[f] * row[f]; }
            if (!(pivot > 0)) { return k; }
            row[k] = Math.Sqrt(pivot);
            row[(k + 1)..].Clear();
        }
        inverse.Clear();
        for (var row = 0; row < Side; row++)
        {
            var to = inverse.Slice(row * Side, Side);
            var pivot = 1 / a[(row * Side) + row];
            for (var k = 0; k < row; k++)
            {
                var weight = a[(row * Side) + k];
                var solved = inverse.Slice(k * Side, k + 1);
                for (var f = 0; f < solved.Length; f++) { to[f] -= weight * solved[f]; }
            }
            for (var f = 0; f < row; f++) { to[f] *= pivot; }
            to[row] = pivot;
        }
        return -1;
    }
}
