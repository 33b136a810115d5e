namespace Lintel.Models.Texts;

/// <summary>How differently often an n-gram comes in the two classes: what its weight may be, before any weight is learnt.</summary>
/// <remarks>r = ln [(α + P) / (Σω₁ + 2α)] − ln [(α + N) / (Σω₀ + 2α)], P and N the weights of positive and negative rows that have it, α the
/// smoothing. An n-gram of size s = (1 − β) + β|r| is penalised as one whose weight costs 1/s² as much: what comes alike in both stays near 0. An
/// id that no row has is of size 0. Source: Wang and Manning, "Baselines and Bigrams", ACL 2012 (the ratio; theirs scales a support vector
/// machine's features, its sign is that of the weight).</remarks>
internal static class LogCountRatios
{
    /// <returns>Squared sizes, [2^bits].</returns>
    public static float[] Squares(GramRows rows, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, TextParameters settings)
    {
        var counts = new (float Positive, float Negative)[1 << settings.Bits];
        double positive = 0, negative = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            if (weight == 0) { continue; }
            if (labels[i] == 1) { positive += weight; }
            else { negative += weight; }
            for (var c = 0; c < rows.Columns; c++)
            {
                foreach (var id in rows.Of(i, c))
                {
                    if (labels[i] == 1) { counts[id].Positive += weight; }
                    else { counts[id].Negative += weight; }
                }
            }
        }
        var a = settings.Smoothing;
        var level = Math.Log((positive + (2 * a)) / (negative + (2 * a)));
        var squares = new float[counts.Length];
        for (var id = 0; id < counts.Length; id++)
        {
            if (counts[id] == default) { continue; }
            var ratio = Math.Log((a + counts[id].Positive) / (a + counts[id].Negative)) - level;
            var size = 1 - settings.Ratio + (settings.Ratio * Math.Abs(ratio));
            squares[id] = (float)(size * size);
        }
        return squares;
    }
}
