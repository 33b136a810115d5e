using Lintel.Design;

namespace Lintel.Training.Metrics.Values;

/// <summary>Mean error with its sign, mean(s − y). O(n) a weighting.</summary>
public sealed class Bias() : ValueMetric("bias", "Mean of estimate less what happened: above 0 it says too much.")
{
    public override MetricAim Aim => MetricAim.Zero;

    public override string Conventions => "mean(s − y), in the label's unit. Of an estimate of the median a bias below 0 is right where labels have a long tail.";

    public override string Source => "The mean of the signed error.";

    public override RowFigure Figure(MetricDesign design, double[] levels) => new(static (in AnsweredValue row) => row.Estimate - row.Label);
}
