namespace Lintel.Retrieval.Factorisation;

/// <summary>Solves symmetric positive definite systems whose size is a whole number of vector lanes.</summary>
internal static class Cholesky
{
    private const int Lanes = FactorTable.Lanes;

    /// <summary>Solves <c>A x = b</c> by <c>A = UᵀU</c>, row by row so that every inner loop runs along a row.</summary>
    /// <param name="a">[n, n], the upper triangle counts; overwritten.</param>
    /// <param name="b">[n]; overwritten by x.</param>
    /// <exception cref="ArgumentException">A is not positive definite.</exception>
    internal static void Solve(Span<float> a, Span<float> b)
    {
        var n = b.Length;
        for (var k = 0; k < n; k++)
        {
            var pivotRow = a.Slice(k * n, n);
            if (!(pivotRow[k] > 0)) { throw new ArgumentException($"not positive definite: pivot {k} is {pivotRow[k]}"); }
            var root = MathF.Sqrt(pivotRow[k]);
            for (var f = k; f < n; f++) { pivotRow[f] /= root; }
            for (var row = k + 1; row < n; row++)
            {
                // whole lanes: what stands left of the diagonal is never read again
                var from = row / Lanes * Lanes;
                RowKernel.Add(pivotRow[from..], -pivotRow[row], a.Slice((row * n) + from, n - from));
            }
            b[k] /= root;                                     // Uᵀ z = b on the way down
            for (var f = k + 1; f < n; f++) { b[f] -= pivotRow[f] * b[k]; }
        }
        for (var k = n - 1; k >= 0; k--)                      // U x = z on the way back
        {
            var row = a.Slice(k * n, n);
            var sum = b[k];
            for (var f = k + 1; f < n; f++) { sum -= row[f] * b[f]; }
            b[k] = sum / row[k];
        }
    }
}
