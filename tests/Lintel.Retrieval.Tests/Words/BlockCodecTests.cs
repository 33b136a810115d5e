using Lintel.Numerics.Random;
using Lintel.Retrieval.Words;

namespace Lintel.Retrieval.Tests.Words;

public sealed class BlockCodecTests
{
    [Fact]
    public void Numbers_of_any_width_are_unpacked_as_they_were()
    {
        var random = new RandomStream(1);
        for (var bits = 0; bits <= 31; bits++)
        {
            var values = new int[BlockCodec.Size];
            for (var i = 0; i < values.Length; i++) { values[i] = bits == 0 ? 0 : (int)(random.NextUInt64() >> (64 - bits)); }
            if (bits > 0) { values[77] = (int)((1L << bits) - 1); }
            BlockCodec.BitsOf(values).ShouldBe(bits);
            var packed = new byte[BlockCodec.BytesOf(bits)];
            BlockCodec.Pack(values, bits, packed);
            var unpacked = new int[BlockCodec.Size];
            BlockCodec.Unpack(packed, bits, unpacked);
            unpacked.ShouldBe(values, $"{bits} bits");
        }
    }

    [Fact]
    public void Gaps_add_up()
    {
        var gaps = Enumerable.Range(0, BlockCodec.Size).Select(static i => i % 7).ToArray();
        var expected = new int[gaps.Length];
        for (var (i, last) = (0, 40); i < gaps.Length; i++) { expected[i] = last += gaps[i] + 1; }
        BlockCodec.Sum(gaps, 40);
        gaps.ShouldBe(expected);
    }
}
