namespace Lintel.Training.Evaluation;

/// <summary>A figure with its bootstrap replicates, freed of their mean bias.</summary>
/// <remarks>A list of the day's hundred riskiest keys is cut from fewer distinct keys in every resample, so its replicates lie above the
/// figure itself; a percentile interval of them may not even hold it. The mean bias is therefore taken off each replicate. For sums
/// over rows (log loss, Brier) it is nearly nothing. Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter
/// 10.</remarks>
public sealed class BootstrapFigure
{
    private readonly string _undefinedBecause;

    /// <param name="value">NaN: undefined.</param> <param name="replicates">NaN where undefined.</param>
    public BootstrapFigure(double value, string undefinedBecause, double[] replicates)
    {
        _undefinedBecause = undefinedBecause;
        Value = double.IsNaN(value) ? null : value;
        Replicates = Centred(replicates, value);
        Interval = Value is null ? null : Evaluation.Interval.Of95(Replicates);
    }

    /// <summary>Null: undefined on these rows.</summary>
    public double? Value { get; }

    /// <summary>Why it is undefined; null when it is not.</summary>
    public string? UndefinedBecause => Value is null ? _undefinedBecause : null;

    /// <summary>95 % percentile interval; null: undefined, or in more than a tenth of the replicates.</summary>
    public Interval? Interval { get; }

    public double[] Replicates { get; }

    private static double[] Centred(double[] replicates, double value)
    {
        double sum = 0;
        var count = 0;
        foreach (var r in replicates)
        {
            if (double.IsNaN(r)) { continue; }
            sum += r;
            count++;
        }
        return count == 0 ? replicates : Array.ConvertAll(replicates, r => r + value - (sum / count));
    }

    /// <summary>A figure derived from two of the same draws, e.g. their difference.</summary>
    public static BootstrapFigure Paired(BootstrapFigure a, BootstrapFigure b, Func<double, double, double> combine)
    {
        var replicates = new double[a.Replicates.Length];
        for (var i = 0; i < replicates.Length; i++) { replicates[i] = combine(a.Replicates[i], b.Replicates[i]); }
        var value = a.Value is { } x && b.Value is { } y ? combine(x, y) : double.NaN;
        return new(value, a.UndefinedBecause ?? b.UndefinedBecause ?? "the two figures cannot be compared", replicates);
    }

    /// <summary>Two-sided bootstrap p-value of lying on the other side of a bound.</summary>
    /// <remarks>Twice the share of replicates on the far side of the bound from most of them. When there is none the share is only
    /// known to be small: then the normal tail of the replicates' mean and deviation, at most 2 / (B + 1).</remarks>
    public double PValue(double bound)
    {
        double below = 0, above = 0, count = 0, sum = 0, squares = 0;
        foreach (var r in Replicates)
        {
            if (double.IsNaN(r)) { continue; }
            var d = r - bound;
            below += d <= 0 ? 1 : 0;
            above += d >= 0 ? 1 : 0;
            count++;
            sum += d;
            squares += d * d;
        }
        if (count == 0) { return 1; }
        var crossing = Math.Min(below, above);
        if (crossing > 0) { return Math.Min(1, 2 * crossing / count); }
        var mean = sum / count;
        var deviation = Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean)));
        return Math.Min(2 / (count + 1), deviation == 0 ? 0 : 2 * NormalTail(Math.Abs(mean) / deviation));
    }

    /// <summary>1 − Φ(z) for z ≥ 0, relative error below 1.2e-7. Source: Press et al., Numerical Recipes, 3rd ed., 6.2.2 (erfc by
    /// Chebyshev fit).</summary>
    public static double NormalTail(double z)
    {
        var x = z / Math.Sqrt(2);
        var t = 1 / (1 + (0.5 * x));
        var poly = -1.26551223 + (t * (1.00002368 + (t * (0.37409196 + (t * (0.09678418 + (t * (-0.18628806
            + (t * (0.27886807 + (t * (-1.13520398 + (t * (1.48851587 + (t * (-0.82215223 + (t * 0.17087277)))))))))))))))));
        return 0.5 * t * Math.Exp((-x * x) + poly);
    }
}
