namespace Lintel.Decisions;

/// <summary>Finds the margin that reaches a goal among scored cases. Cases of one margin stand or fall together; NaN never
/// reaches a threshold. O(n log n).</summary>
public static class ThresholdSearch
{
    /// <summary>The lowest margin m for which the cases of margin ≥ m have at least this share of positives; null: none has.</summary>
    /// <param name="labels">0, 1, or NaN where unknown: such a case does not count.</param>
    /// <param name="share">0 to 1.</param>
    public static double? ForPrecision(ReadOnlySpan<double> margins, ReadOnlySpan<float> labels, double share)
    {
        double? best = null;
        double positives = 0, known = 0;
        var (sorted, truth) = Descending(margins, labels);
        for (var i = 0; i < sorted.Length; i++)
        {
            if (!float.IsNaN(truth[i]))
            {
                positives += truth[i];
                known++;
            }
            var ends = i + 1 == sorted.Length || sorted[i + 1] != sorted[i];
            if (ends && known > 0 && positives / known >= share) { best = -sorted[i]; }   // 7 of 100 is 7%; 0.07 × 100 is above 7
        }
        return best;
    }

    /// <summary>The highest margin m for which the cases of margin ≥ m hold at least so many positives; null: none does.</summary>
    /// <param name="needed">Positives that must be caught; below 1: the highest margin already does.</param>
    public static double? ForRecall(ReadOnlySpan<double> margins, ReadOnlySpan<float> labels, double needed)
    {
        double positives = 0;
        var (sorted, truth) = Descending(margins, labels);
        for (var i = 0; i < sorted.Length; i++)
        {
            positives += truth[i] > 0 ? 1 : 0;
            var ends = i + 1 == sorted.Length || sorted[i + 1] != sorted[i];
            if (ends && positives >= needed) { return -sorted[i]; }
        }
        return null;
    }

    /// <summary>The lowest margin m that at most so many cases reach; null: already the highest is reached by more.</summary>
    public static double? ForCount(ReadOnlySpan<double> margins, double most)
    {
        double? best = null;
        var (sorted, _) = Descending(margins, default);
        for (var i = 0; i < sorted.Length && i + 1 <= most; i++)
        {
            if (i + 1 == sorted.Length || sorted[i + 1] != sorted[i]) { best = -sorted[i]; }
        }
        return best;
    }

    /// <returns>Negated margins, ascending, and their labels; NaN is left out.</returns>
    private static (double[] Negated, float[] Labels) Descending(ReadOnlySpan<double> margins, ReadOnlySpan<float> labels)
    {
        var negated = new double[margins.Length];
        var truth = new float[margins.Length];
        var count = 0;
        for (var i = 0; i < margins.Length; i++)
        {
            if (double.IsNaN(margins[i])) { continue; }
            negated[count] = -margins[i];
            truth[count++] = labels.IsEmpty ? float.NaN : labels[i];
        }
        Array.Resize(ref negated, count);
        Array.Resize(ref truth, count);
        Array.Sort(negated, truth);
        return (negated, truth);
    }
}
