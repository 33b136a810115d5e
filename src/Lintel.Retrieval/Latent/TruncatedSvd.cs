using Lintel.Retrieval.Factorisation;
using Lintel.Retrieval.Interactions;
using Lintel.Retrieval.Towers;
using MathNet.Numerics.LinearAlgebra;

namespace Lintel.Retrieval.Latent;

/// <summary>The strongest right singular vectors of a sparse matrix.</summary>
/// <remarks>Randomised subspace iteration: random directions go through the matrix and its transpose, and are made orthonormal after each. Source:
/// Halko, Martinsson and Tropp, Finding Structure with Randomness, SIAM Review 53(2), 2011, algorithm 4.4 and section 5.1. Directions are
/// made orthonormal by the eigenvectors of their Gram matrix, so that dependent ones vanish. Every number is summed in one fixed order: the
/// result depends on the seed, not on threads or machine. Test: agrees with a full decomposition to 1e-3 of the strongest.</remarks>
internal static class TruncatedSvd
{
    private const int RowsAtOnce = 256;

    /// <summary>Directions weaker than this share of the strongest (of its square) are rounding.</summary>
    private const double Vanished = 1e-9;

    /// <param name="matrix">A, [rows, columns].</param>
    /// <returns>V, [columns, dimensions], the strongest first; a direction that the matrix does not have is 0.</returns>
    public static FactorTable Fit(InteractionMatrix matrix, LatentOptions options, ulong seed, CancellationToken cancellation)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        var transposed = matrix.Transpose();
        var followed = Math.Min(options.Dimensions + options.Oversampling, Math.Min(matrix.RowCount, matrix.ColumnCount));
        var columns = FactorTable.Drawn(matrix.ColumnCount, followed, seed, stream: 1);
        for (var pass = 0; pass <= options.Passes; pass++)
        {
            var rows = Orthonormal(Product(matrix, columns, parallel), followed, parallel);
            columns = Orthonormal(Product(transposed, rows, parallel), followed, parallel);
        }
        var kept = new FactorTable(columns.Count, Math.Min(options.Dimensions, followed));
        for (var c = 0; c < kept.Count; c++) { columns[c][..kept.Factors].CopyTo(kept.Row(c)); }
        return kept;
    }

    /// <summary>A · B.</summary>
    private static FactorTable Product(InteractionMatrix a, FactorTable b, ParallelOptions parallel)
    {
        var product = new FactorTable(a.RowCount, b.Factors);
        InBlocks(a.RowCount, parallel, (from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                var columns = a.Columns(row);
                var weights = a.Weights(row);
                for (var i = 0; i < columns.Length; i++) { RowKernel.Add(b.Row(columns[i]), weights[i], product.Row(row)); }
            }
        });
        return product;
    }

    /// <summary>Y W Λ^(−1/2), where Yᵀ Y = W Λ Wᵀ: columns of unit length at right angles, the strongest first.</summary>
    private static FactorTable Orthonormal(FactorTable y, int followed, ParallelOptions parallel)
    {
        var eigen = Gram(y, followed, parallel).Evd(Symmetricity.Symmetric);
        var turn = new float[followed * y.Stride];
        var strongest = eigen.EigenValues[followed - 1].Real;
        for (var to = 0; to < followed; to++)
        {
            // they come in rising order
            var from = followed - 1 - to;
            var strength = eigen.EigenValues[from].Real;
            if (!(strength > Vanished * strongest)) { continue; }
            // the sign of an eigenvector is anybody's: its largest element is above 0
            var sign = 1.0;
            for (var (i, most) = (0, 0.0); i < followed; i++)
            {
                if (Math.Abs(eigen.EigenVectors[i, from]) > most) { (most, sign) = (Math.Abs(eigen.EigenVectors[i, from]), Math.Sign(eigen.EigenVectors[i, from])); }
            }
            for (var i = 0; i < followed; i++) { turn[(i * y.Stride) + to] = (float)(sign * eigen.EigenVectors[i, from] / Math.Sqrt(strength)); }
        }
        var turned = new FactorTable(y.Count, followed);
        InBlocks(y.Count, parallel, (from, to) => MatrixProduct.Multiply(
            MatrixProduct.Left.Rows(y.Values.AsSpan(from * y.Stride), y.Stride), to - from, followed, turn,
            turned.Values.AsSpan(from * y.Stride, (to - from) * y.Stride), y.Stride));
        return turned;
    }

    /// <summary>Yᵀ Y, in float within a block of rows and in double over them.</summary>
    private static Matrix<double> Gram(FactorTable y, int followed, ParallelOptions parallel)
    {
        var blocks = new float[(y.Count + RowsAtOnce - 1) / RowsAtOnce][];
        var gram = Matrix<double>.Build.Dense(followed, followed);
        // a few blocks at a time, so that their products do not fill the memory
        for (var first = 0; first < blocks.Length; first += 16)
        {
            var end = Math.Min(blocks.Length, first + 16);
            Parallel.For(first, end, parallel, block =>
            {
                var (from, to) = (block * RowsAtOnce, Math.Min(y.Count, (block + 1) * RowsAtOnce));
                var rows = y.Values.AsSpan(from * y.Stride, (to - from) * y.Stride);
                blocks[block] = new float[followed * y.Stride];
                MatrixProduct.Multiply(MatrixProduct.Left.Columns(rows, y.Stride), followed, to - from, rows, blocks[block], y.Stride);
            });
            for (var block = first; block < end; block++)
            {
                for (var i = 0; i < followed; i++)
                {
                    for (var j = 0; j < followed; j++) { gram[i, j] += blocks[block][(Math.Max(i, j) * y.Stride) + Math.Min(i, j)]; }
                }
                blocks[block] = [];
            }
        }
        return gram;
    }

    private static void InBlocks(int count, ParallelOptions parallel, Action<int, int> run) => Parallel.For(
        0, (count + RowsAtOnce - 1) / RowsAtOnce, parallel,
        block => run(block * RowsAtOnce, Math.Min(count, (block + 1) * RowsAtOnce)));
}
