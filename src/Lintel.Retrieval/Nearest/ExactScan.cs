using System.Buffers;
using System.Numerics.Tensors;
using Lintel.Retrieval.Factorisation;

namespace Lintel.Retrieval.Nearest;

/// <summary>The items with the largest inner product with a query, exactly: codes of one byte are scanned first, and
/// whatever could be among the best by its error bound is scored again in full. Immutable and thread-safe.</summary>
/// <remarks>An item whose product plus bound lies below the k-th largest product minus bound cannot be among the best
/// k. A scan reads a quarter of the memory that the vectors take.</remarks>
public sealed class ExactScan
{
    private readonly FactorTable _items;
    private readonly ByteCodes _codes;

    /// <exception cref="ArgumentException">An item holds a number that is not finite.</exception>
    public ExactScan(FactorTable items)
    {
        for (var item = 0; item < items.Count; item++)
        {
            if (!float.IsFinite(TensorPrimitives.SumOfSquares(items[item])))
            {
                throw new ArgumentException(
                    $"item {item} has a factor that is not finite; the model that made it is broken: train it again");
            }
        }
        _items = items;
        _codes = new(items.Values, items.Count, items.Stride, items.Factors);
    }

    public int Count => _items.Count;

    /// <summary>Fills the best items, best first; ties keep the lower item.</summary>
    /// <param name="query">[factors].</param>
    /// <param name="excluded">Items that may not be named, ascending.</param>
    /// <param name="best">Its length is k; more than there are items means all.</param>
    /// <returns>How many were filled.</returns>
    /// <exception cref="ArgumentException">The query's length differs, or a number of it is not finite.</exception>
    public int Search(ReadOnlySpan<float> query, ReadOnlySpan<int> excluded, Span<ScoredItem> best)
    {
        Check(query);
        var count = _items.Count;
        var floats = ArrayPool<float>.Shared.Rent(2 * count);
        var bytes = ArrayPool<byte>.Shared.Rent(_codes.Stride);
        try
        {
            var products = floats.AsSpan(0, count);
            var bounds = floats.AsSpan(count, count);
            var encoded = _codes.Encode(query, bytes.AsSpan(0, _codes.Stride));
            _codes.Products(encoded, bytes.AsSpan(0, _codes.Stride), products, bounds);
            foreach (var item in excluded) { products[item] = float.NaN; }
            var floor = Floor(products, bounds, best);
            return Rescore(query, products, bounds, floor, best);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(floats);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>The k-th largest lower bound: what an item must be able to reach.</summary>
    /// <param name="scratch">Its length is k; overwritten.</param>
    private static float Floor(ReadOnlySpan<float> products, ReadOnlySpan<float> bounds, Span<ScoredItem> scratch)
    {
        var top = new TopItems(scratch);
        for (var i = 0; i < products.Length; i++) { top.Offer(i, products[i] - bounds[i]); }
        return top.Floor;
    }

    private int Rescore(
        ReadOnlySpan<float> query, ReadOnlySpan<float> products, ReadOnlySpan<float> bounds, float floor,
        Span<ScoredItem> best)
    {
        var top = new TopItems(best);
        for (var i = 0; i < products.Length; i++)
        {
            if (!(products[i] + bounds[i] >= floor)) { continue; }                  // an excluded item is NaN
            top.Offer(i, TensorPrimitives.Dot(query, _items[i]));
        }
        return top.Count;
    }

    private void Check(ReadOnlySpan<float> query)
    {
        if (query.Length != _items.Factors || !float.IsFinite(TensorPrimitives.SumOfSquares(query)))
        {
            throw new ArgumentException(
                $"a query of {query.Length} numbers, the largest {TensorPrimitives.MaxMagnitude(query)}; expected "
                + $"{_items.Factors} finite ones");
        }
    }
}
