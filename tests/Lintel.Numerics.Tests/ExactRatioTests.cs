using System.Numerics;
using Lintel.Numerics.Exact;
using Lintel.Numerics.Random;

namespace Lintel.Numerics.Tests;

/// <summary>Against System.Numerics.BigInteger, exactly.</summary>
public sealed class ExactRatioTests
{
    [Fact]
    public void Quotients_are_the_nearest_doubles()
    {
        var random = new RandomStream(1);
        for (var i = 0; i < 20_000; i++)
        {
            var numerator = Any(random);
            var denominator = (random.NextUInt64() >> random.NextInt32(63)) | 1;
            var got = ExactRatio.Of(numerator, denominator);
            IsNearest(got, (BigInteger)numerator, denominator).ShouldBeTrue($"{numerator} / {denominator} gave {got:R}");
        }
        ExactRatio.Of(0, 7).ShouldBe(0);
        ExactRatio.Of((Int128)1 << 53, 1).ShouldBe(9007199254740992);
        ExactRatio.Of(((Int128)1 << 53) + 1, 1).ShouldBe(9007199254740992);     // half to even
        ExactRatio.Of(((Int128)1 << 53) + 3, 1).ShouldBe(9007199254740996);
    }

    [Fact]
    public void Spread_is_exact_before_it_is_rounded()
    {
        var random = new RandomStream(2);
        for (var i = 0; i < 2_000; i++)
        {
            var values = Enumerable.Range(0, 1 + random.NextInt32(20))
                .Select(_ => (long)random.NextUInt64() >> random.NextInt32(64)).ToList();
            var squares = new SquareSum();
            var sum = (Int128)0;
            foreach (var value in values)
            {
                squares.Add(value);
                sum += value;
            }
            var exact = (values.Count * values.Aggregate(BigInteger.Zero, static (a, v) => a + (BigInteger.One * v * v)))
                - ((BigInteger)sum * (BigInteger)sum);
            IsNearest(squares.Spread((ulong)values.Count, sum), exact, 1).ShouldBeTrue();
            var (low, middle, high) = (squares.Low, squares.Middle, squares.High);
            squares.Add(long.MinValue);
            squares.Add(12345);
            squares.Subtract(long.MinValue);
            squares.Subtract(12345);
            (squares.Low, squares.Middle, squares.High).ShouldBe((low, middle, high));
        }
    }

    private static Int128 Any(RandomStream random) =>
        (Int128)new UInt128(random.NextUInt64(), random.NextUInt64()) >> (1 + random.NextInt32(126));

    /// <summary>No other double is nearer to a / b; on a tie the last bit is even.</summary>
    private static bool IsNearest(double got, BigInteger a, BigInteger b)
    {
        var error = Error(got);
        return new[] { Math.BitIncrement(got), Math.BitDecrement(got) }.All(other =>
            error < Error(other) || (error == Error(other) && (BitConverter.DoubleToInt64Bits(got) & 1) == 0));

        // |got − a / b| times b and a power of two that makes every double here whole
        BigInteger Error(double value)
        {
            const int Shift = 1074;
            var bits = BitConverter.DoubleToInt64Bits(value);
            var exponent = (int)((bits >> 52) & 0x7FF);
            var mantissa = (BigInteger)((bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52));
            var whole = mantissa << (Math.Max(exponent, 1) - 1075 + Shift);
            return BigInteger.Abs(((bits < 0 ? -whole : whole) * b) - (a << Shift));
        }
    }
}
