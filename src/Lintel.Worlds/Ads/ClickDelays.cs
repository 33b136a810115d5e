namespace Lintel.Worlds.Ads;

/// <summary>When a click is logged.</summary>
/// <remarks>Most clicks come within a minute (exponential, mean 12 seconds), 5 % within 25 minutes, and a declared share
/// between 35 minutes and a day, so that whatever is said about half an hour holds to the second. As real logs have it, 2 of 1,000
/// clicks are logged up to 3 seconds before their impression, by a client whose clock is slow, and 1 of 100 twice.</remarks>
internal static class ClickDelays
{
    public const int Longest = 86_400;

    public const double Slow = 0.05, Early = 0.002, Doubled = 0.01;

    /// <param name="u">Uniform: which kind of delay.</param> <param name="v">Uniform: how long.</param>
    /// <returns>Seconds from the impression.</returns>
    public static int Delay(AdsOptions options, double u, double v)
    {
        if (u < options.LateClicks) { return Between(35 * 60, Longest, v); }
        if (u < options.LateClicks + Slow) { return Between(61, 25 * 60, v); }
        return u >= 1 - Early ? -1 - (int)(3 * v) : 1 + Math.Min(59, (int)(-12 * Math.Log(1 - v)));
    }

    /// <param name="u">Uniform.</param>
    /// <returns>Seconds until the click is logged again; 0: it is not.</returns>
    public static byte Again(double u) => u < Doubled ? (byte)(1 + (int)(4 * u / Doubled)) : (byte)0;

    /// <summary>Even in logarithms.</summary>
    private static int Between(int from, int to, double v) => (int)(from * Math.Pow((double)to / from, v));
}
