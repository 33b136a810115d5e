namespace Lintel.Training.Metrics;

/// <summary>Several quantiles of each row's estimate.</summary>
/// <param name="Levels">Ascending, 0 to 1.</param> <param name="Values">[level][n], not falling with the level.</param>
public sealed record QuantileScores(double[] Levels, double[][] Values);
