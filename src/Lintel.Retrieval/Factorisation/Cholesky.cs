namespace Lintel.Retrieval.Factorisation;

/// <summary>Solves symmetric positive definite systems.</summary>
internal static class Cholesky
{
    /// <summary>Solves <c>A x = b</c>.</summary>
    /// <param name="a">[n, n], the lower triangle counts; overwritten by its factor.</param>
    /// <param name="b">[n]; overwritten by x.</param>
    /// <exception cref="ArgumentException">A is not positive definite.</exception>
    internal static void Solve(Span<double> a, Span<double> b)
    {
        var n = b.Length;
        for (var column = 0; column < n; column++)
        {
            var pivot = a[(column * n) + column] - Dot(a, column, column, n, column);
            if (!(pivot > 0)) { throw new ArgumentException($"not positive definite: pivot {column} is {pivot}"); }
            a[(column * n) + column] = Math.Sqrt(pivot);
            for (var row = column + 1; row < n; row++)
            {
                a[(row * n) + column] =
                    (a[(row * n) + column] - Dot(a, row, column, n, column)) / a[(column * n) + column];
            }
        }
        for (var row = 0; row < n; row++)
        {
            for (var k = 0; k < row; k++) { b[row] -= a[(row * n) + k] * b[k]; }
            b[row] /= a[(row * n) + row];
        }
        for (var row = n - 1; row >= 0; row--)
        {
            for (var k = row + 1; k < n; k++) { b[row] -= a[(k * n) + row] * b[k]; }
            b[row] /= a[(row * n) + row];
        }
    }

    private static double Dot(ReadOnlySpan<double> a, int left, int right, int n, int count)
    {
        double sum = 0;
        for (var k = 0; k < count; k++) { sum += a[(left * n) + k] * a[(right * n) + k]; }
        return sum;
    }
}
