using Lintel.Design;
using Lintel.Design.Kinds;

namespace Lintel.Training.Metrics;

/// <summary>Calibration ratio: positives predicted over positives seen.</summary>
/// <remarks>Σp / Σy; above 1 the model promises too many. Undefined without a positive. Source: He et al., ADKDD 2014. O(n) a
/// weighting.</remarks>
public sealed class CalibrationRatio : IMetric
{
    public Kind Kind { get; } = new(
        KindFamily.Metric, "calibration", typeof(NoParameters),
        "Positives predicted over positives seen, Σp / Σy.");

    public MetricAim Aim => MetricAim.One;

    public string Unit => "ratio";

    public MetricCutoff Cutoff => MetricCutoff.None;

    public bool NeedsKey => false;

    public string Conventions =>
        "Σp / Σy; best at 1, above it too many are promised. Undefined without a positive, and for a score that "
        + "is no probability.";

    public string Source => "He et al., ADKDD 2014.";

    public PreparedMetric Prepare(RankedRows rows, MetricDesign design) => rows.Probabilities is null
        ? PreparedMetric.Undefined(RowMean.NoProbability)
        : new Ratio(rows.Probabilities, rows.Labels);

    private sealed class Ratio(double[] probabilities, double[] labels) : PreparedMetric
    {
        public override string UndefinedBecause => "the calibration ratio needs a positive among the rows";

        public override double Evaluate(RowWeights weights)
        {
            var weight = weights.Rows;
            double promised = 0, seen = 0;
            for (var i = 0; i < probabilities.Length; i++)
            {
                promised += weight[i] * probabilities[i];
                seen += weight[i] * labels[i];
            }
            return seen > 0 ? promised / seen : double.NaN;
        }
    }
}
