using Lintel.Training.Evaluation;

namespace Lintel.Monitoring.Quality;

/// <summary>95 % intervals of what a stream says.</summary>
/// <remarks>Rows that one outcome tells move together, and so do neighbours in time (rain, a strike): the variance of a mean is the larger of
/// that over outcomes as clusters and that over the window's steps as clusters. A share has Wilson's interval at the number of
/// independent rows that would be as sure (Korn, Graubard, 1998); a quantile the figures at the ends of its rank's interval
/// (Woodruff, JASA 47, 1952). Looks are repeated, and an interval is that of one look.</remarks>
internal static class LiveInterval
{
    private const double Z95 = 1.959964;

    /// <summary>Fewest steps with rows whose scatter tells anything.</summary>
    private const int LeastSteps = 10;

    /// <summary>Wilson's interval of a share.</summary>
    /// <param name="rows">Above 0; need not be whole.</param>
    /// <remarks>Source: Wilson, JASA 22, 1927.</remarks>
    public static Interval Wilson(double share, double rows)
    {
        const double Squared = Z95 * Z95;
        var scale = 1 + (Squared / rows);
        var middle = (share + (Squared / (2 * rows))) / scale;
        var half = Z95 / scale * Math.Sqrt((share * (1 - share) / rows) + (Squared / (4 * rows * rows)));
        // at its ends the formula is exactly 0 or 1, but for rounding
        return new(share == 0 ? 0 : Math.Max(0, middle - half), share == 1 ? 1 : Math.Min(1, middle + half));
    }

    /// <summary>Of a mean.</summary>
    /// <param name="all">Sums of the steps.</param>
    /// <returns>Null: fewer than two outcomes.</returns>
    public static Interval? OfMean(in Tally all, ReadOnlySpan<Tally> steps)
    {
        if (Variance(all, steps) is not { } variance) { return null; }
        var (mean, half) = (all.Sum / all.Count, Z95 * Math.Sqrt(variance));
        return new(mean - half, mean + half);
    }

    /// <summary>Of a share: each row is 0 or 1.</summary>
    /// <returns>Null: fewer than two outcomes.</returns>
    public static Interval? OfShare(in Tally all, ReadOnlySpan<Tally> steps)
    {
        if (Variance(all, steps) is not { } variance) { return null; }
        var share = all.Sum / all.Count;
        // where all are alike nothing scatters: as many rows as there are outcomes, about
        var rows = share is > 0 and < 1 && variance > 0
            ? Math.Min(all.Count, share * (1 - share) / variance)
            : all.Count * all.Count / all.CountSquares;
        return Wilson(share, rows);
    }

    /// <summary>Of a quantile.</summary>
    /// <param name="all">Rows and their outcomes.</param>
    public static Interval? OfQuantile(LogHistogram histogram, double level, in Tally all)
    {
        if (all.Clusters < 2) { return null; }
        var half = Z95 * Math.Sqrt(level * (1 - level) * all.CountSquares) / all.Count;
        return new(histogram.Quantile(level - half), histogram.Quantile(level + half));
    }

    private static double? Variance(in Tally all, ReadOnlySpan<Tally> steps)
    {
        if (all.Clusters < 2) { return null; }
        var mean = all.Sum / all.Count;
        var outcomes = (all.Squares - (2 * mean * all.Products) + (mean * mean * all.CountSquares)) * all.Clusters / (all.Clusters - 1);
        double scatter = 0, filled = 0;
        foreach (ref readonly var step in steps)
        {
            if (step.Count == 0) { continue; }
            var off = step.Sum - (mean * step.Count);
            scatter += off * off;
            filled++;
        }
        if (filled >= LeastSteps) { outcomes = Math.Max(outcomes, scatter * filled / (filled - 1)); }
        return Math.Max(0, outcomes) / (all.Count * all.Count);
    }
}
