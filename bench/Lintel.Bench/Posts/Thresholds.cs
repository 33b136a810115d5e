namespace Lintel.Bench.Posts;

/// <summary>Operating points, solved on scores that no fit saw.</summary>
internal static class Thresholds
{
    /// <summary>The threshold of the highest macro-F1 of two classes: from it on a margin is positive.</summary>
    public static (double Threshold, double MacroF1) BestMacroF1(double[] margins, float[] labels)
    {
        int[] order = [.. Enumerable.Range(0, margins.Length).OrderByDescending(i => margins[i])];
        double positives = labels.Sum(), hits = 0, best = 0, threshold = double.PositiveInfinity;
        for (var i = 0; i < order.Length; i++)
        {
            hits += labels[order[i]];
            if (i + 1 < order.Length && margins[order[i + 1]] == margins[order[i]]) { continue; }
            var (flagged, rest) = (i + 1.0, order.Length - i - 1.0);
            var passed = rest - (positives - hits);
            var f1 = (hits / (flagged + positives)) + (passed / (rest + order.Length - positives));
            if (f1 <= best) { continue; }
            // half way to the next
            (best, threshold) = (f1, i + 1 < order.Length ? (margins[order[i]] + margins[order[i + 1]]) / 2 : margins[order[i]]);
        }
        return (threshold, best);
    }
}
