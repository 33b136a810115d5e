namespace Lintel.Numerics;

/// <summary>How far two distributions of one value lie apart, over bins that the first one's deciles make; missing is a bin of its own.</summary>
/// <remarks>The population stability index: Σ (q − p) ln(q / p) over the bins' shares, each at least <see cref="LeastShare"/>; the symmetric
/// Kullback-Leibler divergence. Usual reading: below 0.1 stable, above 0.2 shifted. Of two samples of one distribution it is about
/// <see cref="Noise"/>, since n times its half follows chi-squared: Yurdakul, Statistical properties of population stability index, 2018.</remarks>
public static class StabilityIndex
{
    /// <summary>An empty bin counts as this share, so that one stray value does not make the index infinite.</summary>
    public const double LeastShare = 1e-4;

    private const int Parts = 10;

    /// <summary>Deciles, each once: bin b holds what is above cut b − 1 and not above cut b.</summary>
    /// <param name="ascending">Without NaN; empty: there are no cuts.</param>
    public static double[] Cuts(ReadOnlySpan<double> ascending)
    {
        var cuts = new List<double>(Parts - 1);
        for (var k = 1; k < Parts && !ascending.IsEmpty; k++)
        {
            // nearest rank
            var cut = ascending[Math.Clamp((int)Math.Ceiling((double)k / Parts * ascending.Length) - 1, 0, ascending.Length - 1)];
            if (cuts.Count == 0 || cut > cuts[^1]) { cuts.Add(cut); }
        }
        return [.. cuts];
    }

    /// <summary>Bins of so many cuts: those between them, and one for missing.</summary>
    public static int BinCount(int cuts) => cuts + 2;

    /// <summary>The bin of a value; the last one is for missing.</summary>
    public static int Bin(ReadOnlySpan<double> cuts, double value)
    {
        if (double.IsNaN(value)) { return cuts.Length + 1; }
        var bin = 0;
        while (bin < cuts.Length && value > cuts[bin]) { bin++; }
        return bin;
    }

    /// <summary>The index from the bins' counts.</summary>
    /// <param name="expected">[bins].</param> <param name="actual">[bins].</param>
    /// <returns>0 or more; NaN when either counts nothing.</returns>
    public static double Of(ReadOnlySpan<long> expected, ReadOnlySpan<long> actual)
    {
        long all = 0, now = 0;
        for (var b = 0; b < expected.Length; b++) { (all, now) = (all + expected[b], now + actual[b]); }
        if (all == 0 || now == 0) { return double.NaN; }
        double sum = 0;
        for (var b = 0; b < expected.Length; b++)
        {
            var (from, to) = (Math.Max((double)expected[b] / all, LeastShare), Math.Max((double)actual[b] / now, LeastShare));
            sum += (to - from) * Math.Log(to / from);
        }
        return sum;
    }

    /// <summary>What the index is expected to be when nothing changed: (bins − 1)(1/n + 1/m).</summary>
    /// <param name="bins">Those that hold anything.</param> <param name="n">Values of one sample.</param> <param name="m">Of the other.</param>
    public static double Noise(int bins, long n, long m) => (bins - 1) * ((1.0 / n) + (1.0 / m));
}
