namespace Lintel.Numerics.Random;

/// <summary>A documented pseudo-random sequence: xoshiro256** seeded by SplitMix64, so that a seed means the same numbers on
/// every machine and in every release. Not for secrets; not thread-safe.</summary>
/// <remarks>The four words of state are SplitMix64's first four outputs from the state seed XOR Mix(stream + 0x632BE59BD9B4E019), where
/// Mix is SplitMix64's own step. Source: Blackman and Vigna, ACM TOMS 47(4), 2021; Steele, Lea and Flood, OOPSLA 2014. Test: both
/// give the reference implementations' numbers.</remarks>
public sealed class RandomStream
{
    private ulong _s0, _s1, _s2, _s3;

    /// <param name="seed">Any value.</param>
    /// <param name="stream">Tells apart independent sequences of one seed, e.g. a fold or a tree.</param>
    public RandomStream(ulong seed, ulong stream = 0)
    {
        var state = seed ^ Mix(stream + 0x632BE59BD9B4E019);
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    private RandomStream(ulong s0, ulong s1, ulong s2, ulong s3) => (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);

    /// <summary>The generator in a given state, not all 0: to compare it with the reference.</summary>
    internal static RandomStream FromState(ulong s0, ulong s1, ulong s2, ulong s3) => new(s0, s1, s2, s3);

    public ulong NextUInt64()
    {
        var result = ulong.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = ulong.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, bound), without bias. Source: Lemire, ACM TOMACS 29(1), 2019.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var range = (uint)bound;
        var product = (NextUInt64() >> 32) * range;
        if ((uint)product < range)
        {
            var threshold = (0u - range) % range;
            while ((uint)product < threshold) { product = (NextUInt64() >> 32) * range; }
        }
        return (int)(product >> 32);
    }

    /// <summary>Standard normal by the polar method (Marsaglia and Bray, 1964); one of the pair is dropped, so that
    /// the stream has no hidden state.</summary>
    public double NextNormal()
    {
        while (true)
        {
            var u = (2 * NextDouble()) - 1;
            var v = (2 * NextDouble()) - 1;
            var s = (u * u) + (v * v);
            if (s is > 0 and < 1) { return u * Math.Sqrt(-2 * Math.Log(s) / s); }
        }
    }

    /// <summary>Poisson by Knuth's product for small means; for means above 30, the normal approximation, rounded.</summary>
    public int NextPoisson(double mean)
    {
        if (mean > 30) { return Math.Max(0, (int)Math.Round(mean + (Math.Sqrt(mean) * NextNormal()))); }
        var limit = Math.Exp(-mean);
        var count = 0;
        for (var product = NextDouble(); product > limit; product *= NextDouble()) { count++; }
        return count;
    }

    /// <summary>Orders a list at random, every order alike (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>A well-mixed hash of a number: the same on every machine.</summary>
    public static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    private static ulong SplitMix(ref ulong state)
    {
        var result = Mix(state);
        state += 0x9E3779B97F4A7C15;
        return result;
    }
}
