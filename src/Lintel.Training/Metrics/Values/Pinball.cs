using Lintel.Design;

namespace Lintel.Training.Metrics.Values;

/// <summary>Pinball loss of one quantile. O(n) a weighting. Test: scikit-learn 1.2.1's <c>mean_pinball_loss</c> to 1e-12.</summary>
public sealed class Pinball() : ValueMetric("pinball", "Loss of one quantile of the estimate: what the true quantile would make least.")
{
    public override MetricCutoff Cutoff => MetricCutoff.Share;

    public override string Conventions =>
        "mean(max(q r, (q − 1) r)), r = y − s at quantile q, in the label's unit. Without quantiles the estimate stands for the 50 % one, and "
        + "the others are undefined.";

    public override string Source => "Koenker and Bassett, Econometrica 46(1), 1978; scikit-learn 1.2.1 `mean_pinball_loss`.";

    public override PreparedMetric Prepare(RankedRows rows, MetricDesign design)
    {
        var level = design.At!.Value;
        if (rows.QuantileAt(level) is not { } quantile)
        {
            return PreparedMetric.Undefined($"the answer has no {QuantileOf.LevelText(level)} quantile; ask for it with 'quantiles'");
        }
        var losses = new double[rows.Count];
        for (var i = 0; i < losses.Length; i++)
        {
            var residual = rows.Labels[i] - quantile[i];
            losses[i] = Math.Max(level * residual, (level - 1) * residual);
        }
        return new RowMean(losses, NoRow);
    }
}
