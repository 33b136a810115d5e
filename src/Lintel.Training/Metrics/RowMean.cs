namespace Lintel.Training.Metrics;

/// <summary>The weighted mean of a figure that each row has by itself.</summary>
/// <param name="values">In rank order, [n]; NaN: the row is left out.</param>
internal sealed class RowMean(double[] values, string undefinedBecause) : PreparedMetric
{
    public override string UndefinedBecause { get; } = undefinedBecause;

    public override double Evaluate(RowWeights weights)
    {
        var weight = weights.Rows;
        double sum = 0, all = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i])) { continue; }
            sum += weight[i] * values[i];
            all += weight[i];
        }
        return all > 0 ? sum / all : double.NaN;
    }

    internal const string NoProbability =
        "the score is no probability; only a calibrated score, or one of log-odds, has this figure";
}
