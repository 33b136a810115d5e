namespace Lintel.Numerics.Exact;

/// <summary>An exact sum of squares of 64-bit integers in 192 bits: 2⁶⁵ terms before it could overflow. Its three limbs may be stored
/// apart and put back.</summary>
public struct SquareSum
{
    private ulong _low, _middle, _high;

    public SquareSum(ulong low, ulong middle, ulong high)
    {
        _low = low;
        _middle = middle;
        _high = high;
    }

    public readonly ulong Low => _low;

    public readonly ulong Middle => _middle;

    public readonly ulong High => _high;

    public void Add(long value)
    {
        var (middle, low) = Square(value);
        var carry = Step(ref _low, low, 0);
        carry = Step(ref _middle, middle, carry);
        _high += carry;
    }

    public void Subtract(long value)
    {
        var (middle, low) = Square(value);
        var borrow = StepBack(ref _low, low, 0);
        borrow = StepBack(ref _middle, middle, borrow);
        _high -= borrow;
    }

    /// <summary>n · Σx² − (Σx)², exactly, then rounded to the nearest double: the numerator of n(n − 1) times the sample variance.</summary>
    /// <param name="count">Number of terms.</param> <param name="sum">Σx of the same terms.</param>
    public readonly double Spread(ulong count, Int128 sum)
    {
        // n · Σx², 256 bits
        var carry = Math.BigMul(_low, count, out var n0);
        var next = Math.BigMul(_middle, count, out var n1);
        n1 += carry;
        next += n1 < carry ? 1UL : 0;
        var last = Math.BigMul(_high, count, out var n2);
        n2 += next;
        last += n2 < next ? 1UL : 0;
        var n3 = last;
        // (Σx)², 256 bits, from its two halves
        var magnitude = (UInt128)(sum < 0 ? -sum : sum);
        var (a, b) = ((ulong)(magnitude >> 64), (ulong)magnitude);
        var s1 = Math.BigMul(b, b, out var s0);
        var cross = (UInt128)a * b;
        var s3 = Math.BigMul(a, a, out var s2);
        for (var twice = 0; twice < 2; twice++)
        {
            var c = Step(ref s1, (ulong)cross, 0);
            c = Step(ref s2, (ulong)(cross >> 64), c);
            s3 += c;
        }
        var borrow = StepBack(ref n0, s0, 0);
        borrow = StepBack(ref n1, s1, borrow);
        borrow = StepBack(ref n2, s2, borrow);
        n3 -= s3 + borrow;
        var high = new UInt128(n3, n2);
        var lowPart = new UInt128(n1, n0);
        if (high == 0) { return ExactRatio.Round(lowPart, inexact: false); }
        // the top 128 bits that are not zero, and whether anything is below them
        var shift = (int)UInt128.LeadingZeroCount(high);
        var top = shift == 0 ? high : (high << shift) | (lowPart >> (128 - shift));
        var below = shift == 0 ? lowPart : lowPart << shift;
        return Math.ScaleB(ExactRatio.Round(top, below != 0), 128 - shift);
    }

    private static (ulong High, ulong Low) Square(long value)
    {
        var magnitude = value < 0 ? (ulong)-value : (ulong)value;       // −2⁶³ is its own magnitude
        var high = Math.BigMul(magnitude, magnitude, out var low);
        return (high, low);
    }

    private static ulong Step(ref ulong limb, ulong value, ulong carry)
    {
        var sum = limb + value;
        var over = sum < limb ? 1UL : 0;
        limb = sum + carry;
        return over + (limb < sum ? 1UL : 0);
    }

    private static ulong StepBack(ref ulong limb, ulong value, ulong borrow)
    {
        var difference = limb - value;
        var under = limb < value ? 1UL : 0;
        var result = difference - borrow;
        under += difference < borrow ? 1UL : 0;
        limb = result;
        return under;
    }
}
