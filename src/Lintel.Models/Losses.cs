namespace Lintel.Models;

/// <summary>Losses of margins against labels, summed over rows: what early stopping compares stages by.</summary>
/// <remarks>The offset is added to each margin. Rows whose label is not known (NaN) do not count. Weights are 0 or more; empty: all 1.</remarks>
public static class Losses
{
    /// <summary>Σ w ln(1 + e^−z), z the margin signed by the label, which is 0 or 1: in nats.</summary>
    public static double Log(ReadOnlySpan<float> margins, double offset, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        var sum = 0.0;
        for (var i = 0; i < margins.Length; i++)
        {
            if (float.IsNaN(labels[i])) { continue; }
            var z = labels[i] == 1 ? margins[i] + offset : -(margins[i] + offset);
            sum += Weight(weights, i) * (z > 0 ? Math.Log(1 + Math.Exp(-z)) : -z + Math.Log(1 + Math.Exp(z)));
        }
        return sum;
    }

    /// <summary>Σ w (y − s)².</summary>
    public static double Squared(ReadOnlySpan<float> margins, double offset, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        var sum = 0.0;
        for (var i = 0; i < margins.Length; i++)
        {
            if (float.IsNaN(labels[i])) { continue; }
            var residual = labels[i] - (margins[i] + offset);
            sum += Weight(weights, i) * residual * residual;
        }
        return sum;
    }

    /// <summary>Σ w max(q r, (q − 1) r), r = y − s; at level 1/2 half the absolute loss.</summary>
    public static double Pinball(ReadOnlySpan<float> margins, double offset, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double level)
    {
        var sum = 0.0;
        for (var i = 0; i < margins.Length; i++)
        {
            if (float.IsNaN(labels[i])) { continue; }
            var residual = labels[i] - (margins[i] + offset);
            sum += Weight(weights, i) * Math.Max(level * residual, (level - 1) * residual);
        }
        return sum;
    }

    /// <summary>Huber's loss: r²/2 up to δ, δ (|r| − δ/2) beyond it. δ does not move with the stage: it is the quantile of how far the
    /// labels lie from their own median.</summary>
    /// <param name="share">Of the labels that lie within δ of their median, 0 to 1.</param>
    public static double Huber(ReadOnlySpan<float> margins, double offset, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double share)
    {
        var known = new List<float>();
        foreach (var label in labels) { if (!float.IsNaN(label)) { known.Add(label); } }
        if (known.Count == 0) { return 0; }
        float[] distances = [.. known];
        var median = WeightedQuantile.Of(distances, [], 0.5);
        for (var i = 0; i < distances.Length; i++) { distances[i] = (float)Math.Abs(distances[i] - median); }
        var delta = WeightedQuantile.Of(distances, [], share);
        var sum = 0.0;
        for (var i = 0; i < margins.Length; i++)
        {
            if (float.IsNaN(labels[i])) { continue; }
            var size = Math.Abs(labels[i] - (margins[i] + offset));
            sum += Weight(weights, i) * (size <= delta ? size * size / 2 : delta * (size - (delta / 2)));
        }
        return sum;
    }

    private static double Weight(ReadOnlySpan<float> weights, int row) => weights.IsEmpty ? 1 : weights[row];
}
