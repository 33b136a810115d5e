using Lintel.Models;

namespace Lintel.Retrieval.Ease;

/// <summary>The lower triangle of a symmetric matrix in tiles, which may be replaced by its inverse in place.</summary>
/// <remarks>Three passes over the tiles: <c>A = L Lᵀ</c>, <c>W = L⁻¹</c>, <c>A⁻¹ = Wᵀ W</c>; n³ multiplications and
/// additions in all, and no second matrix. Each tile is changed by one thread at a time in a fixed order. Source: the
/// tile algorithms of Buttari, Langou, Kurzak and Dongarra, Parallel Computing 35(1), 2009. Test: agrees with the
/// definition to 1e-9.</remarks>
internal sealed class TiledMatrix
{
    private const int Side = Tile.Side;

    private readonly double[][] _tiles;
    private readonly int _rows;

    /// <param name="count">Rows and columns; the last tiles are filled up with ones on the diagonal.</param>
    internal TiledMatrix(int count)
    {
        Count = count;
        _rows = (count + Side - 1) / Side;
        _tiles = new double[_rows * (_rows + 1) / 2][];
        for (var i = 0; i < _tiles.Length; i++) { _tiles[i] = new double[Tile.Size]; }
        for (var i = count; i < _rows * Side; i++) { this[i, i] = 1; }
    }

    internal int Count { get; }

    /// <summary>Bytes that a matrix of so many rows takes.</summary>
    internal static long Bytes(int count)
    {
        long rows = (count + Side - 1) / Side;
        return rows * (rows + 1) / 2 * Tile.Size * sizeof(double);
    }

    /// <param name="row">At least the column.</param>
    internal ref double this[int row, int column] =>
        ref At(row / Side, column / Side)[(row % Side * Side) + (column % Side)];

    /// <exception cref="ArgumentException">It is not positive definite.</exception>
    internal void Invert(FitContext context)
    {
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = context.Threads,
            CancellationToken = context.Cancellation,
        };
        var inverses = new double[_rows][];
        for (var k = 0; k < _rows; k++)
        {
            Factor(k, inverses, options);
            context.Progress?.Report((k + 1.0) / _rows / 3);
        }
        for (var k = 0; k < _rows; k++)
        {
            InvertFactor(k, inverses, options);
            context.Progress?.Report((_rows + k + 1.0) / _rows / 3);
        }
        for (var k = 0; k < _rows; k++)
        {
            MultiplyFactor(k, options);
            context.Progress?.Report(((2.0 * _rows) + k + 1) / _rows / 3);
        }
    }

    private double[] At(int row, int column) => _tiles[(row * (row + 1) / 2) + column];

    /// <summary>Step k of A = L Lᵀ.</summary>
    private void Factor(int k, double[][] inverses, ParallelOptions options)
    {
        inverses[k] = new double[Tile.Size];
        if (Tile.Factor(At(k, k), inverses[k]) is >= 0 and var fault)
        {
            throw new ArgumentException($"not positive definite: pivot {(k * Side) + fault} is not above 0");
        }
        var turned = new double[Tile.Size];
        Tile.Turn(inverses[k], turned);
        var columns = new double[_rows][];
        Parallel.For(k + 1, _rows, options, i =>
        {
            var tile = At(i, k);
            columns[i] = new double[Tile.Size];
            Tile.AddProduct(tile, false, turned, 1, columns[i]);
            columns[i].CopyTo(tile, 0);
            Tile.Turn(tile, columns[i]);
        });
        // the last row has most to do, so it begins
        Parallel.For(0, _rows - k - 1, options, n =>
        {
            var i = _rows - 1 - n;
            for (var j = k + 1; j <= i; j++) { Tile.AddProduct(At(i, k), false, columns[j], -1, At(i, j)); }
        });
    }

    /// <summary>Step k of W = L⁻¹.</summary>
    private void InvertFactor(int k, double[][] inverses, ParallelOptions options)
    {
        Parallel.For(k + 1, _rows, options, i =>
        {
            Replace(At(i, k), (tile, product) => Tile.AddProduct(tile, false, inverses[k], -1, product));
            for (var j = 0; j < k; j++) { Tile.AddProduct(At(i, k), false, At(k, j), 1, At(i, j)); }
        });
        Parallel.For(0, k, options,
            j => Replace(At(k, j), (tile, product) => Tile.AddProduct(inverses[k], false, tile, 1, product)));
        inverses[k].CopyTo(At(k, k), 0);
    }

    /// <summary>Step k of Wᵀ W.</summary>
    private void MultiplyFactor(int k, ParallelOptions options)
    {
        Parallel.For(0, k, options, n =>
        {
            var i = k - 1 - n;
            for (var j = 0; j <= i; j++) { Tile.AddProduct(At(k, i), true, At(k, j), 1, At(i, j)); }
        });
        var pivot = (double[])At(k, k).Clone();
        Parallel.For(0, k + 1, options,
            j => Replace(At(k, j), (tile, product) => Tile.AddProduct(pivot, true, tile, 1, product)));
    }

    private static void Replace(double[] tile, Action<double[], double[]> multiply)
    {
        var product = new double[Tile.Size];
        multiply(tile, product);
        product.CopyTo(tile, 0);
    }
}
