namespace Lintel.Models;

/// <summary>Quantiles of weighted numbers.</summary>
/// <remarks>The least number up to which the weights add up to at least the share of all; where they add up to exactly that, the middle
/// between it and the next one, so that the median of two numbers is their mean (Hyndman and Fan, 1996, definition 2).</remarks>
public static class WeightedQuantile
{
    /// <param name="values">No NaN; sorted in place.</param> <param name="weights">0 or more, moved along; empty: all 1.</param>
    /// <param name="level">0 to 1.</param>
    /// <returns>NaN without a weight above 0.</returns>
    public static double Of(Span<float> values, Span<float> weights, double level)
    {
        if (weights.IsEmpty)
        {
            values.Sort();
            return OfSorted(values, weights, level);
        }
        values.Sort(weights);
        return OfSorted(values, weights, level);
    }

    /// <param name="values">Ascending.</param> <param name="weights">0 or more; empty: all 1.</param> <param name="level">0 to 1.</param>
    /// <returns>NaN without a weight above 0.</returns>
    public static double OfSorted(ReadOnlySpan<float> values, ReadOnlySpan<float> weights, double level)
    {
        double all = values.Length;
        if (!weights.IsEmpty)
        {
            all = 0;
            foreach (var weight in weights) { all += weight; }
        }
        if (!(all > 0)) { return double.NaN; }
        var (target, sum) = (level * all, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            if (weight == 0) { continue; }
            sum += weight;
            if (sum < target) { continue; }
            if (sum > target) { return values[i]; }
            var next = i + 1;
            while (next < values.Length && !weights.IsEmpty && weights[next] == 0) { next++; }
            return next < values.Length ? ((double)values[i] + values[next]) / 2 : values[i];
        }
        return values[^1];
    }
}
