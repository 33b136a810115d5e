using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lintel.Retrieval.Words;

/// <summary>128 whole numbers in as few bits each as the largest needs.</summary>
/// <remarks>Number i stands in lane i mod 4, so that four are unpacked at once and a block of b bits takes 16 b bytes. Source: Lemire and
/// Boytsov, Decoding billions of integers per second through vectorization, Software: Practice and Experience 45(1), 2015 (BP128).</remarks>
internal static class BlockCodec
{
    /// <summary>Numbers of a block.</summary>
    internal const int Size = 128;

    private const int Lanes = 4, Rows = Size / Lanes, LaneBits = 32;

    /// <summary>Bits that the largest needs; numbers are not negative.</summary>
    internal static int BitsOf(ReadOnlySpan<int> values)
    {
        var all = 0;
        foreach (var value in values) { all |= value; }
        return LaneBits - BitOperations.LeadingZeroCount((uint)all);
    }

    internal static int BytesOf(int bits) => bits * Lanes * sizeof(uint);

    /// <param name="values">[128], below 2^bits.</param> <param name="to">[16 · bits]; overwritten.</param>
    internal static void Pack(ReadOnlySpan<int> values, int bits, Span<byte> to)
    {
        var words = MemoryMarshal.Cast<byte, uint>(to[..BytesOf(bits)]);
        words.Clear();
        for (var i = 0; i < Size; i++)
        {
            var (row, lane) = Math.DivRem(i, Lanes);
            var (word, shift) = Math.DivRem(row * bits, LaneBits);
            if (bits == 0) { continue; }
            words[(word * Lanes) + lane] |= (uint)values[i] << shift;
            if (shift + bits > LaneBits) { words[((word + 1) * Lanes) + lane] |= (uint)values[i] >> (LaneBits - shift); }
        }
    }

    /// <param name="from">[16 · bits].</param> <param name="values">[128]; overwritten.</param>
    internal static void Unpack(ReadOnlySpan<byte> from, int bits, Span<int> values)
    {
        values = values[..Size];
        if (bits == 0)
        {
            values.Clear();
            return;
        }
        ref var source = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, uint>(from[..BytesOf(bits)]));
        ref var to = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<int, uint>(values));
        var mask = Vector128.Create(bits == LaneBits ? uint.MaxValue : (1u << bits) - 1);
        var word = Vector128.LoadUnsafe(ref source);
        nuint at = 0;
        var shift = 0;
        for (nuint row = 0; row < Rows; row++)
        {
            var value = word >>> shift;
            shift += bits;
            if (shift >= LaneBits && row + 1 < Rows)
            {
                shift -= LaneBits;
                at += Lanes;
                word = Vector128.LoadUnsafe(ref source, at);
                if (shift > 0) { value |= word << (bits - shift); }
            }
            (value & mask).StoreUnsafe(ref to, row * Lanes);
        }
    }

    /// <summary>Gaps between rising numbers, each less 1, become the numbers.</summary>
    /// <param name="gaps">[128]; overwritten.</param> <param name="before">The number before the first.</param>
    internal static void Sum(Span<int> gaps, int before)
    {
        ref var first = ref MemoryMarshal.GetReference(gaps[..Size]);
        var last = Vector128.Create(before);
        for (nuint i = 0; i < Size; i += Lanes)
        {
            var sum = Vector128.LoadUnsafe(ref first, i) + Vector128<int>.One;
            // an index beyond the lanes gives 0
            sum += Vector128.Shuffle(sum, Vector128.Create(4, 0, 1, 2));
            sum += Vector128.Shuffle(sum, Vector128.Create(4, 4, 0, 1));
            sum += last;
            sum.StoreUnsafe(ref first, i);
            last = Vector128.Shuffle(sum, Vector128.Create(3));
        }
    }
}
