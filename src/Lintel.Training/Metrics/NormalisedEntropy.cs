using Lintel.Design;
using Lintel.Design.Kinds;

namespace Lintel.Training.Metrics;

/// <summary>Log loss over that of always predicting the rate of positives of these very rows: 1 is worthless, lower is better.</summary>
/// <remarks>NE = log loss / −(r ln r + (1 − r) ln(1 − r)), r the weighted rate of positives. Undefined when r is 0 or 1. Source: He et
/// al., Practical Lessons from Predicting Clicks on Ads at Facebook, ADKDD 2014. O(n) a weighting.</remarks>
public sealed class NormalisedEntropy : IMetric
{
    public Kind Kind { get; } = new(
        KindFamily.Metric, "normalised-entropy", typeof(NoParameters),
        "Log loss over that of always predicting the rate of positives.");

    public MetricAim Aim => MetricAim.Lowest;

    public string Unit => "ratio";

    public MetricCutoff Cutoff => MetricCutoff.None;

    public bool NeedsKey => false;

    public string Conventions =>
        "log loss / −(r ln r + (1 − r) ln(1 − r)), r the rate of positives of the judged rows themselves. "
        + "Undefined when r is 0 or 1, and for a score that is no probability.";

    public string Source => "He et al., ADKDD 2014.";

    public PreparedMetric Prepare(RankedRows rows, MetricDesign design) => rows.Probabilities is null
        ? PreparedMetric.Undefined(RowMean.NoProbability)
        : new Ratio(LogLoss.Losses(rows), rows.Labels);

    private sealed class Ratio(double[] losses, double[] labels) : PreparedMetric
    {
        public override string UndefinedBecause => "normalised entropy needs a positive and a negative among the rows";

        public override double Evaluate(RowWeights weights)
        {
            var weight = weights.Rows;
            double loss = 0, positives = 0, all = 0;
            for (var i = 0; i < losses.Length; i++)
            {
                loss += weight[i] * losses[i];
                positives += weight[i] * labels[i];
                all += weight[i];
            }
            var rate = positives / all;
            if (!(rate is > 0 and < 1)) { return double.NaN; }
            return loss / all / -((rate * Math.Log(rate)) + ((1 - rate) * Math.Log(1 - rate)));
        }
    }
}
