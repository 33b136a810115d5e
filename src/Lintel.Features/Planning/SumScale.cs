using System.Diagnostics.CodeAnalysis;
using Lintel.Numerics.Exact;

namespace Lintel.Features.Planning;

/// <summary>Units in which exact sums hold a value: 1/n, or n, for a whole n.</summary>
internal sealed record SumScale
{
    // 2⁶³: the first magnitude that does not fit
    private const double Limit = 9223372036854775808.0;

    private const long LargestExact = 1L << 53;

    private readonly double _perUnit;

    /// <exception cref="ArgumentException">Neither a whole number nor the inverse of one.</exception>
    internal SumScale(double unit)
    {
        Unit = unit;
        if (!(unit > 0)) { throw new ArgumentException($"the scale must be above 0, got {unit}", nameof(unit)); }
        var inverse = Math.Round(1 / unit);
        if (unit >= 1 && unit == Math.Truncate(unit) && unit < 1e15) { (Multiplier, Divisor) = ((long)unit, 1); }
        else if (inverse is >= 1 and < 1e15 && Math.Abs((1 / unit) - inverse) <= 1e-9 * inverse) { (Multiplier, Divisor) = (1, (ulong)inverse); }
        else { throw new ArgumentException($"the scale must be a whole number or 1 / one, got {unit}", nameof(unit)); }
        _perUnit = Multiplier == 1 ? Divisor : 1.0 / Multiplier;
    }

    internal double Unit { get; }

    internal long Multiplier { get; }

    internal ulong Divisor { get; }

    /// <summary>The value in units, to the nearest.</summary>
    /// <param name="owner">Names the feature and its value in the error.</param>
    /// <exception cref="OverflowException">Too large for 64 bits of units.</exception>
    internal long ToUnits(double value, string owner)
    {
        var units = Math.Round(value * _perUnit);
        if (!(units > -Limit && units < Limit)) { ThrowTooLarge(value, owner); }
        return (long)units;
    }

    /// <summary>Sum / count in the value's own unit, rounded once; missing over nothing.</summary>
    /// <param name="low">Low 64 bits of the sum.</param> <param name="high">High 64 bits.</param>
    internal double Mean(long low, long high, long count)
    {
        if (count == 0) { return double.NaN; }
        var denominator = Divisor * (ulong)count;
        // both exact as doubles: the division rounds once
        return high == low >> 63 && Multiplier == 1 && low is <= LargestExact and >= -LargestExact && denominator <= LargestExact
            ? low / (double)denominator
            : ExactRatio.Of(new Int128((ulong)high, (ulong)low) * Multiplier, denominator);
    }

    internal double Total(Int128 sum) => ExactRatio.Of(sum * Multiplier, Divisor);

    /// <summary>Sample standard deviation (n − 1); missing below two values.</summary>
    internal double Deviation(SquareSum squares, Int128 sum, long count)
    {
        if (count < 2) { return double.NaN; }
        var variance = squares.Spread((ulong)count, sum) / ((double)count * (count - 1));
        return Math.Sqrt(variance) * Multiplier / Divisor;
    }

    [DoesNotReturn]
    private void ThrowTooLarge(double value, string owner) =>
        throw new OverflowException(
            $"{owner}: {value:R} does not fit exact sums in units of {Unit:R} (64 bits hold up to {Limit * Unit:R}); "
            + "give the field a larger scale");
}
