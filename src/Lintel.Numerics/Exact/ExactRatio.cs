
namespace Lintel.Numerics.Exact;

/// <summary>Rounds exact integer results to doubles once, so that they depend on what was added and not on the order or the machine.</summary>
public static class ExactRatio
{
    private const long LargestExact = 1L << 53;

    /// <summary>numerator / denominator, correctly rounded (half to even).</summary>
    /// <param name="denominator">1 to 2⁶³.</param>
    public static double Of(Int128 numerator, ulong denominator)
    {
        if (numerator >= -LargestExact && numerator <= LargestExact && denominator <= LargestExact)
        {
            return (double)(long)numerator / denominator;       // both exact: the division rounds once
        }
        var magnitude = (UInt128)(numerator < 0 ? -numerator : numerator);
        // enough bits for the quotient to hold 55 or more, the last of them telling of what was cut off
        var shift = (int)UInt128.LeadingZeroCount(magnitude);
        var (quotient, rest) = UInt128.DivRem(magnitude << shift, denominator);
        var value = Math.ScaleB(Round(quotient, rest != 0), -shift);
        return numerator < 0 ? -value : value;
    }

    /// <summary>Nearest double of a whole number of which <paramref name="inexact"/> says that a fraction was cut off.</summary>
    internal static double Round(UInt128 value, bool inexact)
    {
        var drop = Math.Max(0, 64 - (int)UInt128.LeadingZeroCount(value));
        if (drop > 0 && (value & ((UInt128.One << drop) - 1)) != 0) { inexact = true; }
        var kept = (ulong)(value >> drop);
        // a sticky lowest bit decides ties and never more: 64 kept bits are past the 53 of the result
        return Math.ScaleB(kept | (inexact ? 1UL : 0), drop);
    }
}
