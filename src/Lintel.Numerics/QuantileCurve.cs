namespace Lintel.Numerics;

/// <summary>A distribution that is known by a few quantiles: straight between them, and beyond the outermost as steep as next to
/// them.</summary>
public static class QuantileCurve
{
    /// <summary>The value below which a share of the outcomes lies.</summary>
    /// <param name="levels">Rising, 0 to 1, at least one.</param> <param name="values">Of each level, not falling, in the unit of the
    /// outcome.</param>
    /// <param name="level">0 to 1.</param>
    /// <returns>NaN where a value that it needs is missing.</returns>
    public static double At(ReadOnlySpan<double> levels, ReadOnlySpan<double> values, double level)
    {
        if (levels.Length == 1) { return values[0]; }
        var next = 1;
        while (next < levels.Length - 1 && level > levels[next]) { next++; }
        var (low, high) = (values[next - 1], values[next]);
        return low + ((high - low) * (level - levels[next - 1]) / (levels[next] - levels[next - 1]));
    }

    /// <summary>The level whose value costs least to promise, when each unit that the outcome comes late costs so much, each that it comes
    /// early so much, and each that is promised so much.</summary>
    /// <remarks>With F the distribution, the expected cost late · E(y − p)⁺ + early · E(p − y)⁺ + lost · p is least where
    /// F(p) = (late − lost) / (late + early): the newsvendor's solution. Source: Edgeworth, The Mathematical Theory of Banking, 1888;
    /// Koenker and Bassett, Regression Quantiles, Econometrica 46(1), 1978.</remarks>
    /// <param name="late">At least 0; with <paramref name="early"/> more than 0.</param>
    /// <returns>0 to 1; NaN for costs that are missing or not so.</returns>
    public static double CheapestLevel(double late, double early, double lost) =>
        late >= 0 && early >= 0 && lost >= 0 && late + early > 0 ? Math.Clamp((late - lost) / (late + early), 0, 1) : double.NaN;
}
