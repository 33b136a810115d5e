namespace Lintel.Models.Clicks;

/// <summary>How attractive an item is for a query, freed of where it stood: the chance that it is clicked once it is examined.</summary>
/// <param name="Exposure">Times that it was examined, in expectation.</param>
/// <param name="Low">Of the 95 % interval.</param>
public readonly record struct ClickEstimate(double Value, double Exposure, double Low, double High)
{
    private const double Z = 1.959963984540054, MostSpread = 20;

    /// <summary>Wilson's interval of clicks over examinations, which are not seen but expected: a click is a draw at the chance examination ·
    /// attractiveness, whose variance is larger by (1 − θα)/(1 − α). Source: Wilson, JASA 22, 1927.</summary>
    /// <param name="examination">Mean chance that an examination came with, θ: 1 where it is known that it happened.</param>
    internal static ClickEstimate Of(double value, double clicks, double exposure, double examination = 1)
    {
        if (exposure <= 0) { return new(value, 0, 0, 1); }
        var share = Math.Min(1, clicks / exposure);
        var n = exposure / Math.Min(MostSpread, (1 - (examination * value)) / Math.Max(1e-9, 1 - value));
        var middle = (share + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var half = Z / (1 + (Z * Z / n)) * Math.Sqrt((share * (1 - share) / n) + (Z * Z / (4 * n * n)));
        return new(value, exposure, Math.Clamp(middle - half, 0, value), Math.Clamp(middle + half, value, 1));
    }
}

/// <summary>What is assumed of a pair before it was shown: so many examinations, of which so many were clicked.</summary>
/// <param name="Clicks">Default 0.5.</param> <param name="Examinations">Default 5: a pair that was seen five times is believed half.</param>
public readonly record struct ClickPrior(double Clicks, double Examinations)
{
    public static ClickPrior Default { get; } = new(0.5, 5);

    /// <exception cref="ArgumentException">It is not 0 &lt; clicks &lt; examinations.</exception>
    internal void Check()
    {
        if (!(Clicks > 0 && Clicks < Examinations))
        {
            throw new ArgumentException($"a prior of {Clicks} clicks in {Examinations} examinations, expected more than 0 clicks and fewer than examinations");
        }
    }
}
