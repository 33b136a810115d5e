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

    public override RowFigure Figure(MetricDesign design, double[] levels)
    {
        var level = design.At!.Value;
        var place = QuantileScores.PlaceOf(levels, level);
        if (place >= 0) { return new((in AnsweredValue row) => Loss(level, row.Label - row.Quantiles[place])); }
        return levels.Length == 0 && QuantileScores.PlaceOf([0.5], level) == 0
            ? new((in AnsweredValue row) => Loss(level, row.Label - row.Estimate))
            : RowFigure.Undefined($"the answer has no {QuantileOf.LevelText(level)} quantile; ask for it with 'quantiles'");
    }

    private static double Loss(double level, double residual) => Math.Max(level * residual, (level - 1) * residual);
}
