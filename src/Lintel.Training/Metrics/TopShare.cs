namespace Lintel.Training.Metrics;

/// <summary>How much of a value lies among the share of rows with the highest margins. The group of equal margins at the cut counts
/// in proportion: the mean over all orders of the tied rows.</summary>
internal sealed class TopShare(RankedRows rows, double[] values, double share, bool perAlert, string undefinedBecause)
    : PreparedMetric
{
    public override string UndefinedBecause { get; } = undefinedBecause;

    /// <returns>Share of the value caught, or with <c>perAlert</c> the value caught for each row taken.</returns>
    public override double Evaluate(RowWeights weights)
    {
        var weight = weights.Rows;
        double all = 0, total = 0;
        for (var i = 0; i < values.Length; i++)
        {
            all += weight[i];
            total += weight[i] * values[i];
        }
        var budget = share * all;
        double taken = 0, caught = 0;
        var row = 0;
        foreach (var end in rows.TieEnds)
        {
            double mass = 0, value = 0;
            for (; row < end; row++)
            {
                mass += weight[row];
                value += weight[row] * values[row];
            }
            if (taken + mass >= budget)
            {
                caught += mass > 0 ? value * (budget - taken) / mass : 0;
                break;
            }
            taken += mass;
            caught += value;
        }
        var denominator = perAlert ? budget : total;
        return denominator > 0 ? caught / denominator : double.NaN;
    }
}
