namespace Lintel.Training.Metrics;

/// <summary>Several quantiles of each row's estimate.</summary>
/// <param name="Levels">Ascending, 0 to 1.</param> <param name="Values">[level][n], not falling with the level.</param>
public sealed record QuantileScores(double[] Levels, double[][] Values)
{
    /// <summary>Where a level stands among others; −1: nowhere.</summary>
    /// <param name="level">0 to 1, met within rounding.</param>
    public static int PlaceOf(double[] levels, double level)
    {
        const double Rounding = 1e-9;
        return Array.FindIndex(levels, l => Math.Abs(l - level) < Rounding);
    }
}
