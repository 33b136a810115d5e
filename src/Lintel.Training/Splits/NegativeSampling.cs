using Lintel.Numerics.Random;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Splits;

/// <summary>Keeps every positive and a share of the negatives, and says what must be added to a margin to undo it.</summary>
/// <remarks>Of N negatives exactly round(keep · N) are drawn without replacement (Knuth, TAOCP 2, Algorithm 3.4.2S). A model fitted
/// on them has log-odds too high by −ln(kept / N), whatever the features; ln(kept / N) added to the margin gives those of the
/// natural population: q = p / (p + (1 − p) / w). Source: He et al., ADKDD 2014, section 6.3. The exact share kept is used, not the
/// one asked for.</remarks>
public static class NegativeSampling
{
    /// <param name="rows">Rows to draw from, indexes into <paramref name="labels"/>.</param>
    /// <param name="labels">0 or 1.</param>
    /// <param name="keep">Share of negatives to keep, above 0, at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="keep"/> is outside (0, 1].</exception>
    public static (int[] Rows, LedgerEntry Entry) Draw(
        string model, ReadOnlySpan<int> rows, ReadOnlySpan<float> labels, double keep, ulong seed)
    {
        if (!(keep is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(keep), keep, $"model '{model}': the share of negatives kept lies above 0% and at most at 100%");
        }
        var negatives = 0;
        foreach (var row in rows) { negatives += labels[row] > 0 ? 0 : 1; }
        var wanted = negatives == 0 ? 0 : Math.Max(1, (int)Math.Round(keep * negatives));
        var share = negatives == 0 ? 1 : (double)wanted / negatives;
        var random = new RandomStream(seed);
        var kept = new List<int>(rows.Length);
        int left = negatives, open = wanted, positives = 0;
        foreach (var row in rows)
        {
            if (labels[row] > 0)
            {
                positives++;
                kept.Add(row);
                continue;
            }
            if (open > 0 && (open == left || random.NextDouble() * left < open))
            {
                kept.Add(row);
                open--;
            }
            left--;
        }
        return ([.. kept], new(model, share, kept.Count, positives, rows.Length, Math.Log(share), seed));
    }
}
