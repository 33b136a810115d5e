namespace Lintel.Decisions.Cascades;

/// <summary>Finds the band of light margins that is worth the heavy model's time: most recall at a precision, for a share of rows or a budget.</summary>
/// <remarks>Bands are stretches of rows in the order of their light margins, as long as the share allows. Each is tried with its own best threshold: on a coarse grid of
/// where it begins, then finer about the best. Ties of light margins stay together, so a band may send fewer rows, never more. Of equal recall
/// the lower band stands. O(tries · n log n).</remarks>
public static class CascadeSolver
{
    private const int Tries = 48;

    /// <param name="share">Of the rows that the heavy model may be asked about, 0 to 1.</param> <param name="precision">What is to hold at the threshold, 0 to 1.</param>
    /// <exception cref="ArgumentException">The scores are no such rows.</exception>
    public static Cascade Solve(CascadeScores scores, double share, double precision)
    {
        scores.Check();
        ArgumentOutOfRangeException.ThrowIfNotEqual(share is >= 0 and <= 1, true, nameof(share));
        ArgumentOutOfRangeException.ThrowIfNotEqual(precision is >= 0 and <= 1, true, nameof(precision));
        if (share == 1) { return Judge(scores, new(double.NegativeInfinity, double.PositiveInfinity), precision); }
        // NaN sorts first, and is sent whatever the band
        int[] order = [.. Enumerable.Range(0, scores.Count).OrderBy(i => scores.Light[i])];
        var unscored = 0.0;
        var from = 0;
        for (; from < order.Length && double.IsNaN(scores.Light[order[from]]); from++) { unscored += scores.Weight(order[from]); }
        var room = (share * Enumerable.Range(0, scores.Count).Sum(scores.Weight)) - unscored;
        var best = Judge(scores, GreyBand.None, precision);
        var (first, last) = (from, order.Length - 1);
        for (var step = Math.Max(1, (last - first) / Tries); room > 0; step = Math.Max(1, step / Tries))
        {
            var begins = first;
            for (var at = first; at <= last; at += step)
            {
                if (Band(scores, order, at, from, room) is not { } band) { continue; }
                var tried = Judge(scores, band, precision);
                if (tried.Recall > best.Recall) { (best, begins) = (tried, at); }
            }
            if (step == 1) { break; }
            (first, last) = (Math.Max(from, begins - step), Math.Min(order.Length - 1, begins + step));
        }
        return best;
    }

    /// <summary>The cascade of a budget: every row costs the light model's price, and each that is sent the heavy one's.</summary>
    /// <param name="budget">For a row, on average, in the unit of the prices.</param>
    /// <exception cref="ArgumentOutOfRangeException">The budget does not pay for the light model, or a price is not above 0.</exception>
    public static Cascade Within(CascadeScores scores, double budget, double lightPrice, double heavyPrice, double precision)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lightPrice);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heavyPrice);
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, lightPrice);
        return Solve(scores, Math.Min(1, (budget - lightPrice) / heavyPrice), precision);
    }

    /// <summary>The band that begins at a row's margin; null: its rows do not fit.</summary>
    private static GreyBand? Band(CascadeScores scores, int[] order, int at, int from, double room)
    {
        // a margin's rows are sent together
        while (at > from && scores.Light[order[at]] == scores.Light[order[at - 1]]) { at--; }
        var (end, whole, sent) = (at, at, 0.0);
        for (; end < order.Length && sent + scores.Weight(order[end]) <= room + 1e-9; end++)
        {
            if (scores.Light[order[end]] != scores.Light[order[whole]]) { whole = end; }
            sent += scores.Weight(order[end]);
        }
        if (end == order.Length) { return new(scores.Light[order[at]], double.PositiveInfinity); }
        var high = scores.Light[order[end]] == scores.Light[order[whole]] ? scores.Light[order[whole]] : scores.Light[order[end]];
        return high > scores.Light[order[at]] ? new(scores.Light[order[at]], high) : null;
    }

    /// <summary>A band with the lowest threshold, so the most recall, at which the precision holds.</summary>
    public static Cascade Judge(CascadeScores scores, GreyBand band, double precision)
    {
        var margins = new double[scores.Count];
        var sent = 0.0;
        for (var i = 0; i < margins.Length; i++)
        {
            var sends = band.Sends(scores.Light[i]);
            margins[i] = sends ? -scores.Heavy[i] : -scores.Light[i];
            sent += sends ? scores.Weight(i) : 0;
        }
        int[] order = [.. Enumerable.Range(0, margins.Length)];
        Array.Sort(margins, order);
        double hits = 0, flagged = 0, positives = 0, all = 0;
        for (var i = 0; i < order.Length; i++)
        {
            positives += scores.Labels[i] * scores.Weight(i);
            all += scores.Weight(i);
        }
        var best = new Cascade(band, double.PositiveInfinity, sent / all, 0, double.NaN);
        for (var i = 0; i < order.Length; i++)
        {
            hits += scores.Labels[order[i]] * scores.Weight(order[i]);
            flagged += scores.Weight(order[i]);
            if (i + 1 < order.Length && margins[i + 1] == margins[i]) { continue; }
            if (hits > 0 && hits >= precision * flagged - 1e-9 && hits / positives >= best.Recall)
            {
                best = best with { Threshold = -margins[i], Recall = hits / positives, Precision = hits / flagged };
            }
        }
        return best;
    }
}
