using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lintel.Retrieval.Nearest;

/// <summary>Vectors in codes of one byte: <c>y ≈ step · code</c>, with the norms that bound the error of an inner
/// product.</summary>
/// <remarks>For a query q ≈ t a and an item y ≈ u b, <c>|⟨q, y⟩ − t u ⟨a, b⟩| ≤ ‖q − t a‖ ‖y‖ + ‖t a‖ ‖y − u b‖</c> by Cauchy
/// and Schwarz. Codes of items run from −127 to 127; those of a query from −63 to 63, raised by 64, so that two
/// products and their sum fit sixteen bits: one instruction multiplies 64 pairs. Integers are exact, so every machine
/// finds the same candidates.</remarks>
internal sealed class ByteCodes
{
    internal const int Lanes = 64;
    private const int ItemRange = 127, QueryRange = 63, QueryRaise = 64;

    private readonly sbyte[] _codes;
    private readonly Item[] _items;

    /// <param name="Step">u.</param> <param name="Raised">Σ b · 64: what the raise of the query's codes adds.</param>
    /// <param name="Norm">‖y‖.</param> <param name="Error">‖y − u b‖.</param>
    private readonly record struct Item(float Step, int Raised, float Norm, float Error);

    /// <param name="vectors">Row-major, [count, stride].</param>
    internal ByteCodes(ReadOnlySpan<float> vectors, int count, int stride, int dimension)
    {
        Stride = (dimension + Lanes - 1) / Lanes * Lanes;
        _codes = new sbyte[checked(count * Stride)];
        _items = new Item[count];
        for (var i = 0; i < count; i++)
        {
            var vector = vectors.Slice(i * stride, dimension);
            var codes = _codes.AsSpan(i * Stride, dimension);
            var step = TensorPrimitives.MaxMagnitude(vector) is var most && Math.Abs(most) > 0 ? Math.Abs(most) / ItemRange : 0;
            double error = 0;
            var sum = 0;
            for (var f = 0; f < dimension; f++)
            {
                codes[f] = step == 0 ? (sbyte)0 : (sbyte)Math.Round(vector[f] / step);
                sum += codes[f];
                error += Square(vector[f] - (step * (double)codes[f]));
            }
            _items[i] = new(step, QueryRaise * sum, TensorPrimitives.Norm(vector), (float)Math.Sqrt(error));
        }
    }

    /// <summary>Bytes from one item's codes to the next.</summary>
    internal int Stride { get; }

    internal int Count => _items.Length;

    /// <summary>Encodes a query.</summary>
    /// <param name="codes">[stride].</param>
    internal Query Encode(ReadOnlySpan<float> query, Span<byte> codes)
    {
        codes.Fill(QueryRaise);
        var most = Math.Abs(TensorPrimitives.MaxMagnitude(query));
        var step = most > 0 ? most / QueryRange : 0;
        double error = 0, norm = 0;
        for (var f = 0; f < query.Length; f++)
        {
            var code = step == 0 ? 0 : (int)Math.Round(query[f] / step);
            codes[f] = (byte)(code + QueryRaise);
            error += Square(query[f] - (step * (double)code));
            norm += Square(step * (double)code);
        }
        return new(step, (float)Math.Sqrt(error), (float)Math.Sqrt(norm));
    }

    /// <param name="Step">t.</param> <param name="Error">‖q − t a‖.</param> <param name="Norm">‖t a‖.</param>
    internal readonly record struct Query(float Step, float Error, float Norm);

    /// <summary>Approximate products with every item, and how far each may be off.</summary>
    /// <param name="products">[count].</param> <param name="bounds">[count].</param>
    internal void Products(in Query query, ReadOnlySpan<byte> codes, Span<float> products, Span<float> bounds)
    {
        for (var i = 0; i < _items.Length; i++)
        {
            ref readonly var item = ref _items[i];
            var raw = Product(codes, _codes.AsSpan(i * Stride, Stride)) - item.Raised;
            products[i] = query.Step * item.Step * raw;
            // rounding of the norms and of the product itself is far below one part in 10,000
            bounds[i] = 1.0001f * ((query.Error * item.Norm) + (query.Norm * item.Error));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Product(ReadOnlySpan<byte> query, ReadOnlySpan<sbyte> item) =>
        Avx512BW.IsSupported ? Wide(query, item) : Plain(query, item);

    private static int Wide(ReadOnlySpan<byte> query, ReadOnlySpan<sbyte> item)
    {
        ref var a = ref MemoryMarshal.GetReference(query);
        ref var b = ref MemoryMarshal.GetReference(item);
        var sum = Vector512<int>.Zero;
        for (nuint f = 0; f < (nuint)query.Length; f += Lanes)
        {
            var pairs = Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref a, f), Vector512.LoadUnsafe(ref b, f));
            sum += Avx512BW.MultiplyAddAdjacent(pairs, Vector512<short>.One);
        }
        return Vector512.Sum(sum);
    }

    /// <summary>The same integer on machines without the wide instructions.</summary>
    internal static int Plain(ReadOnlySpan<byte> query, ReadOnlySpan<sbyte> item)
    {
        var sum = 0;
        for (var f = 0; f < query.Length; f++) { sum += query[f] * item[f]; }
        return sum;
    }

    private static double Square(double v) => v * v;
}
