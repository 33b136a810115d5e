namespace Lintel.Bench.Clicks;

/// <summary>Log loss and AUC of margins, as the peers' were measured.</summary>
internal static class ClickMetrics
{
    public static double LogLoss(ReadOnlySpan<double> margins, ReadOnlySpan<float> labels)
    {
        var sum = 0.0;
        for (var i = 0; i < labels.Length; i++)
        {
            sum += Math.Max(margins[i], 0) - (labels[i] * margins[i]) + Math.Log(1 + Math.Exp(-Math.Abs(margins[i])));
        }
        return sum / labels.Length;
    }

    /// <summary>Share of pairs in order, ties a half.</summary>
    public static double Auc(double[] margins, float[] labels)
    {
        var order = Enumerable.Range(0, labels.Length).ToArray();
        Array.Sort([.. margins], order);
        double won = 0, negatives = 0, positives = 0;
        for (var from = 0; from < order.Length;)
        {
            double tiedPositive = 0, tiedNegative = 0;
            var to = from;
            for (; to < order.Length && margins[order[to]] == margins[order[from]]; to++)
            {
                if (labels[order[to]] == 1) { tiedPositive++; }
                else { tiedNegative++; }
            }
            won += tiedPositive * (negatives + (tiedNegative / 2));
            positives += tiedPositive;
            negatives += tiedNegative;
            from = to;
        }
        return won / (positives * negatives);
    }
}
