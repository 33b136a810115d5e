using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
    public int Search(ReadOnlySpan<float> query, ReadOnlySpan<int> excluded, Span<ScoredItem> best) =>
        Search(query, excluded, [], best);

    /// <inheritdoc cref="Search(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{ScoredItem})"/>
    /// <param name="query">[factors].</param> <param name="best">Its length is k.</param>
    /// <param name="offered">[Count]: 0 where an item may not be named.</param>
    public int SearchOffered(ReadOnlySpan<float> query, ReadOnlySpan<byte> offered, Span<ScoredItem> best) =>
        offered.Length == Count
            ? Search(query, [], offered, best)
            : throw new ArgumentException($"{offered.Length} marks for {Count} items", nameof(offered));

    private int Search(
        ReadOnlySpan<float> query, ReadOnlySpan<int> excluded, ReadOnlySpan<byte> offered, Span<ScoredItem> best)
    {
        Check(query);
        var floats = ArrayPool<float>.Shared.Rent(2 * _codes.Padded);
        var bytes = ArrayPool<byte>.Shared.Rent(_codes.Stride);
        try
        {
            var low = floats.AsSpan(0, _codes.Padded);
            var high = floats.AsSpan(_codes.Padded, _codes.Padded);
            var encoded = _codes.Encode(query, bytes.AsSpan(0, _codes.Stride));
            _codes.Bounds(encoded, bytes.AsSpan(0, _codes.Stride), low, high);
            foreach (var item in excluded) { low[item] = high[item] = float.NaN; }
            for (var item = 0; item < offered.Length; item++)
            {
                if (offered[item] == 0) { low[item] = high[item] = float.NaN; }
            }
            return Rescore(query, high, Floor(low, best), best);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(floats);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>The k-th largest lower bound: what an item must be able to reach.</summary>
    /// <param name="low">[padded]; NaN where an item may not be named.</param>
    /// <param name="scratch">Its length is k; overwritten.</param>
    private static float Floor(ReadOnlySpan<float> low, Span<ScoredItem> scratch)
    {
        var top = new TopItems(scratch);
        ref var first = ref MemoryMarshal.GetReference(low);
        for (var i = 0; i < low.Length; i += ByteCodes.Block)
        {
            // nearly always none of them is among the best so far
            var above = Vector512.GreaterThan(Vector512.LoadUnsafe(ref first, (nuint)i), Vector512.Create(top.Floor));
            for (var lanes = above.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
            {
                var item = i + BitOperations.TrailingZeroCount(lanes);
                top.Offer(item, low[item]);
            }
        }
        return top.Floor;
    }

    private int Rescore(ReadOnlySpan<float> query, ReadOnlySpan<float> high, float floor, Span<ScoredItem> best)
    {
        var top = new TopItems(best);
        var least = Vector512.Create(floor);
        ref var first = ref MemoryMarshal.GetReference(high);
        for (var i = 0; i < high.Length; i += ByteCodes.Block)
        {
            var within = Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref first, (nuint)i), least);
            for (var lanes = within.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
            {
                var item = i + BitOperations.TrailingZeroCount(lanes);
                top.Offer(item, TensorPrimitives.Dot(query, _items[item]));
            }
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
