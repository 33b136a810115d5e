namespace Lintel.Training.Metrics.Values;

/// <summary>A quantile of what each row has by itself, under weights: the rows are sorted once, and a weighting is one pass.</summary>
/// <remarks>The least value up to which the weights add up to at least the share of all; where they add up to exactly that, the middle
/// between it and the next one (Hyndman and Fan, 1996, definition 2).</remarks>
internal sealed class ErrorQuantile : PreparedMetric
{
    private readonly double _level;
    private readonly int[] _order;
    private readonly double[] _sorted;

    /// <param name="values">In rank order, [n]; NaN: the row is left out.</param> <param name="level">0 to 1.</param>
    public ErrorQuantile(double[] values, double level, string undefinedBecause)
    {
        (_level, UndefinedBecause) = (level, undefinedBecause);
        _order = [.. Enumerable.Range(0, values.Length).Where(i => !double.IsNaN(values[i]))];
        _sorted = Array.ConvertAll(_order, i => values[i]);
        Array.Sort(_sorted, _order);
    }

    public override string UndefinedBecause { get; }

    public override double Evaluate(RowWeights weights)
    {
        var (rows, all, sum) = (weights.Rows, 0.0, 0.0);
        foreach (var row in _order) { all += rows[row]; }
        if (!(all > 0)) { return double.NaN; }
        var target = _level * all;
        for (var i = 0; i < _order.Length; i++)
        {
            if (rows[_order[i]] == 0) { continue; }
            sum += rows[_order[i]];
            if (sum < target) { continue; }
            if (sum > target) { return _sorted[i]; }
            var next = i + 1;
            while (next < _order.Length && rows[_order[next]] == 0) { next++; }
            return next < _order.Length ? (_sorted[i] + _sorted[next]) / 2 : _sorted[i];
        }
        return _sorted[^1];
    }
}
