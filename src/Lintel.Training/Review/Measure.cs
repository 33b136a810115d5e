using System.Globalization;
using Lintel.Numerics;

namespace Lintel.Training.Review;

/// <summary>How numbers are written in findings, and the small statistics that they quote.</summary>
internal static class Measure
{
    private const double Second = 1e6;
    private const double Day = 86_400 * Second;

    /// <summary>A duration in its largest fitting unit, one decimal at most: <c>7 d</c>, <c>1.5 h</c>.</summary>
    /// <param name="microseconds">Any length; the sign is kept.</param>
    public static string Duration(double microseconds)
    {
        var size = Math.Abs(microseconds);
        var (unit, name) = size switch
        {
            >= Day => (Day, "d"),
            >= 3_600 * Second => (3_600 * Second, "h"),
            >= 60 * Second => (60 * Second, "min"),
            >= Second or 0 => (Second, "s"),
            _ => (1_000.0, "ms"),
        };
        return $"{Number(microseconds / unit, 1)} {name}";
    }

    public static string Duration(TimeSpan span) => Duration(span.TotalMicroseconds);

    /// <summary>Three significant digits below 1 %, else one decimal: <c>0.84 %</c>, <c>12.5 %</c>.</summary>
    public static string Share(double share) => share is > 0 and < 0.01
        ? $"{(100 * share).ToString("0.###", CultureInfo.InvariantCulture)} %"
        : $"{Number(100 * share, 1)} %";

    /// <summary>At most so many decimals, thousands parted by commas.</summary>
    public static string Number(double value, int decimals) =>
        value.ToString(decimals == 0 ? "#,##0" : "#,##0." + new string('#', decimals), CultureInfo.InvariantCulture);

    /// <summary>An instant as <c>2018-07-25 14:03</c>, UTC.</summary>
    public static string Instant(double microseconds) =>
        DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Quantile by the nearest rank: the smallest value that at least this share does not exceed.</summary>
    /// <param name="ascending">Not empty.</param> <param name="share">0 to 1.</param>
    public static double Quantile(ReadOnlySpan<double> ascending, double share) =>
        ascending[Math.Clamp((int)Math.Ceiling(share * ascending.Length) - 1, 0, ascending.Length - 1)];

    /// <summary>Area under the ROC curve of one score: the share of (positive, negative) pairs in the right order, ties half.</summary>
    /// <remarks>Mann and Whitney's U over mid-ranks, O(n log n). Rows with a missing score are left out.</remarks>
    /// <returns>0 to 1; NaN without both classes.</returns>
    public static double Auc(ReadOnlySpan<float> scores, ReadOnlySpan<double> labels)
    {
        var order = new List<(float Score, bool Positive)>(scores.Length);
        for (var i = 0; i < scores.Length; i++)
        {
            if (!float.IsNaN(scores[i]) && !double.IsNaN(labels[i])) { order.Add((scores[i], labels[i] == 1)); }
        }
        order.Sort(static (a, b) => a.Score.CompareTo(b.Score));
        double ranks = 0;
        long positives = 0;
        for (var from = 0; from < order.Count;)
        {
            var to = from;
            var hits = 0;
            while (to < order.Count && order[to].Score == order[from].Score)
            {
                if (order[to++].Positive) { hits++; }
            }
            ranks += hits * ((from + 1 + to) / 2.0);          // mid-rank of the tied block, ranks from 1
            positives += hits;
            from = to;
        }
        var negatives = order.Count - positives;
        return positives == 0 || negatives == 0
            ? double.NaN
            : (ranks - (positives * (positives + 1) / 2.0)) / ((double)positives * negatives);
    }

    /// <summary>Share of a label's variation, in ranks, that one value alone explains: the correlation ratio over bins of equally many
    /// rows, equal values in one bin, missing ones in a bin of their own.</summary>
    /// <remarks>η² = Σ n_b (mean rank in b − mean rank)² / Σ (rank − mean rank)²; 0 where the value says nothing, 1 where it gives the
    /// order away, whatever its shape. Of noise it is about bins / rows. Rows without a label are left out. O(n log n).</remarks>
    /// <returns>0 to 1; NaN below <see cref="LeastRows"/> labelled rows.</returns>
    public static double ExplainedShare(ReadOnlySpan<float> values, ReadOnlySpan<double> labels)
    {
        var rows = new List<(float Value, double Label)>(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(labels[i])) { rows.Add((values[i], labels[i])); }
        }
        if (rows.Count < LeastRows) { return double.NaN; }
        var ranks = Ranks([.. rows.Select(static r => r.Label)]);
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        // NaN sorts first
        Array.Sort(order, (a, b) => rows[a].Value.CompareTo(rows[b].Value) is var c && c != 0 ? c : a.CompareTo(b));
        double mean = (rows.Count + 1) / 2.0, between = 0, all = 0;
        foreach (var rank in ranks) { all += (rank - mean) * (rank - mean); }
        var width = Math.Max(1, rows.Count / ExplainingBins);
        for (int from = 0, to; from < order.Length; from = to)
        {
            to = Math.Min(order.Length, from + width);
            // equal values stay together, and what is missing is a bin of its own
            while (to < order.Length && rows[order[to]].Value.Equals(rows[order[to - 1]].Value)) { to++; }
            if (float.IsNaN(rows[order[from]].Value))
            {
                to = from;
                while (to < order.Length && float.IsNaN(rows[order[to]].Value)) { to++; }
            }
            double sum = 0;
            for (var i = from; i < to; i++) { sum += ranks[order[i]] - mean; }
            between += sum * sum / (to - from);
        }
        return all > 0 ? between / all : 0;
    }

    /// <summary>Below this nothing is said of what a value explains.</summary>
    public const int LeastRows = 200;

    private const int ExplainingBins = 50;

    /// <summary>Mid-ranks from 1.</summary>
    private static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(order, (a, b) => values[a].CompareTo(values[b]));
        var ranks = new double[values.Length];
        for (int from = 0, to; from < order.Length; from = to)
        {
            to = from + 1;
            while (to < order.Length && values[order[to]] == values[order[from]]) { to++; }
            for (var i = from; i < to; i++) { ranks[order[i]] = (from + 1 + to) / 2.0; }
        }
        return ranks;
    }

    /// <summary>Standard error of an area under the ROC curve.</summary>
    /// <remarks>Hanley and McNeil, Radiology 143, 1982, equation 2: Q1 = a/(2 − a), Q2 = 2a²/(1 + a).</remarks>
    public static double AucError(double a, double positives, double negatives)
    {
        var q1 = a / (2 - a);
        var q2 = 2 * a * a / (1 + a);
        var variance = ((a * (1 - a)) + ((positives - 1) * (q1 - (a * a))) + ((negatives - 1) * (q2 - (a * a))))
            / (positives * negatives);
        return Math.Sqrt(Math.Max(variance, 0));
    }

    /// <summary>Population stability index of one feature over the deciles of the expected part (<see cref="StabilityIndex"/>).</summary>
    public static double Psi(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        var present = new List<double>();
        foreach (var value in expected) { if (!float.IsNaN(value)) { present.Add(value); } }
        present.Sort();
        var cuts = StabilityIndex.Cuts(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(present));
        return StabilityIndex.Of(Counts(expected, cuts), Counts(actual, cuts));
    }

    private static long[] Counts(ReadOnlySpan<float> values, double[] cuts)
    {
        var counts = new long[StabilityIndex.BinCount(cuts.Length)];
        foreach (var value in values) { counts[StabilityIndex.Bin(cuts, value)]++; }
        return counts;
    }
}
