using Lintel.Numerics.Random;

namespace Lintel.Decisions.Pages;

/// <summary>Numbers drawn from a request's random bits: SplitMix64 from a state that the caller keeps.</summary>
internal static class DrawBits
{
    public static ulong Next(ref ulong state)
    {
        var result = RandomStream.Mix(state);
        state += 0x9E3779B97F4A7C15;
        return result;
    }

    /// <summary>0 up to and without 1.</summary>
    public static double Uniform(ref ulong state) => (Next(ref state) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal, from two uniforms (Box and Muller, Ann. Math. Stat. 29(2), 1958).</summary>
    public static double Normal(ref ulong state)
    {
        // 1 − u is above 0
        var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(ref state)));
        return radius * Math.Cos(2 * Math.PI * Uniform(ref state));
    }
}
