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

    /// <summary>Items whose products and bounds are worked out together.</summary>
    internal const int Block = 16;

    /// <summary>Of a product in float32, relative to both norms.</summary>
    private const double Rounding = 4e-6;

    private const int ItemRange = 127, QueryRange = 63, QueryRaise = 64;

    private readonly sbyte[] _codes;

    // by item, up to a whole number of blocks: u; Σ b · 64, what the raise of the query's codes adds; ‖y‖; ‖y − u b‖
    private readonly float[] _steps, _norms, _errors;
    private readonly int[] _raised;

    /// <param name="vectors">Row-major, [count, stride].</param>
    internal ByteCodes(ReadOnlySpan<float> vectors, int count, int stride, int dimension)
    {
        Count = count;
        Padded = (count + Block - 1) / Block * Block;
        Stride = (dimension + Lanes - 1) / Lanes * Lanes;
        _codes = new sbyte[checked(Padded * Stride)];
        (_steps, _norms, _errors) = (new float[Padded], new float[Padded], new float[Padded]);
        _raised = new int[Padded];
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
            (_steps[i], _raised[i], _norms[i], _errors[i]) =
                (step, QueryRaise * sum, TensorPrimitives.Norm(vector), (float)Math.Sqrt(error));
        }
    }

    /// <summary>Bytes from one item's codes to the next.</summary>
    internal int Stride { get; }

    internal int Count { get; }

    /// <summary>Count, up to a whole number of blocks.</summary>
    internal int Padded { get; }

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
        return new(step, (float)(Math.Sqrt(error) + (Rounding * Math.Sqrt(norm))), (float)Math.Sqrt(norm));
    }

    /// <param name="Step">t.</param> <param name="Error">‖q − t a‖, and what float32 may round.</param> <param name="Norm">‖t a‖.</param>
    internal readonly record struct Query(float Step, float Error, float Norm);

    /// <summary>Least and most that the product with every item can be.</summary>
    /// <param name="low">[Padded]; behind the items NaN.</param> <param name="high">[Padded]; behind the items NaN.</param>
    internal void Bounds(in Query query, ReadOnlySpan<byte> codes, Span<float> low, Span<float> high)
    {
        var raw = MemoryMarshal.Cast<float, int>(low)[..Padded];
        Raw(codes, raw);
        for (var i = 0; i < Padded; i += Block)
        {
            var product = Vector512.ConvertToSingle(Vector512.LoadUnsafe(ref raw[i]) - Vector512.LoadUnsafe(ref _raised[i]))
                * (Vector512.LoadUnsafe(ref _steps[i]) * query.Step);
            // the norms and this sum are rounded by far less than one part in 10,000
            var bound = ((Vector512.LoadUnsafe(ref _norms[i]) * query.Error) + (Vector512.LoadUnsafe(ref _errors[i]) * query.Norm))
                * 1.0001f;
            (product - bound).StoreUnsafe(ref low[i]);
            (product + bound).StoreUnsafe(ref high[i]);
        }
        low[Count..Padded].Fill(float.NaN);
        high[Count..Padded].Fill(float.NaN);
    }

    /// <summary>Σ a b of every item, the raise still in it.</summary>
    private void Raw(ReadOnlySpan<byte> query, Span<int> products)
    {
        for (var i = 0; i < products.Length; i += 4)
        {
            var codes = _codes.AsSpan(i * Stride, 4 * Stride);
            if (Avx512BW.IsSupported) { Wide(query, codes).CopyTo(products[i..]); }
            else
            {
                for (var k = 0; k < 4; k++) { products[i + k] = Plain(query, codes.Slice(k * Stride, Stride)); }
            }
        }
    }

    /// <summary>Four items side by side, so that their sums are folded together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Wide(ReadOnlySpan<byte> query, ReadOnlySpan<sbyte> items)
    {
        ref var a = ref MemoryMarshal.GetReference(query);
        ref var b = ref MemoryMarshal.GetReference(items);
        var stride = (nuint)query.Length;
        Vector512<int> s0 = default, s1 = default, s2 = default, s3 = default;
        for (nuint f = 0; f < stride; f += Lanes)
        {
            var q = Vector512.LoadUnsafe(ref a, f);
            s0 += Pairs(q, Vector512.LoadUnsafe(ref b, f));
            s1 += Pairs(q, Vector512.LoadUnsafe(ref b, f + stride));
            s2 += Pairs(q, Vector512.LoadUnsafe(ref b, f + (2 * stride)));
            s3 += Pairs(q, Vector512.LoadUnsafe(ref b, f + (3 * stride)));
        }
        // two by two within lanes of 128 bits: sums of 01 and 23 stand interleaved, then of all four
        var s01 = Avx512F.UnpackLow(s0, s1) + Avx512F.UnpackHigh(s0, s1);
        var s23 = Avx512F.UnpackLow(s2, s3) + Avx512F.UnpackHigh(s2, s3);
        var all = Avx512F.UnpackLow(s01.AsInt64(), s23.AsInt64()).AsInt32()
            + Avx512F.UnpackHigh(s01.AsInt64(), s23.AsInt64()).AsInt32();
        var half = all.GetLower() + all.GetUpper();
        return half.GetLower() + half.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Pairs(Vector512<byte> query, Vector512<sbyte> item) =>
        Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(query, item), Vector512<short>.One);

    /// <summary>The same integer on machines without the wide instructions.</summary>
    internal static int Plain(ReadOnlySpan<byte> query, ReadOnlySpan<sbyte> item)
    {
        var sum = 0;
        for (var f = 0; f < query.Length; f++) { sum += query[f] * item[f]; }
        return sum;
    }

    private static double Square(double v) => v * v;
}
