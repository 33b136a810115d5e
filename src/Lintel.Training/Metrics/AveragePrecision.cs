using Lintel.Design;
using Lintel.Design.Kinds;

namespace Lintel.Training.Metrics;

/// <summary>Average precision: the precision at each distinct margin, weighted by the recall that it adds.</summary>
/// <remarks>AP = Σₖ (Rₖ − Rₖ₋₁) Pₖ over thresholds at the distinct margins, highest first; no interpolation. Undefined without a
/// positive. Source: scikit-learn's definition. Test: agrees with scikit-learn 1.2.1's <c>average_precision_score</c> to 1e-12,
/// with ties and weights. O(n) a weighting.</remarks>
public sealed class AveragePrecision : IMetric
{
    public Kind Kind { get; } = new(
        KindFamily.Metric, "average-precision", typeof(NoParameters),
        "Precision at each distinct margin, weighted by the recall that it adds.");

    public MetricAim Aim => MetricAim.Highest;

    public string Unit => "share";

    public MetricCutoff Cutoff => MetricCutoff.None;

    public bool NeedsKey => false;

    public string Conventions =>
        "Σ (Rₖ − Rₖ₋₁) Pₖ, thresholds at the distinct margins, so that tied decisions enter together; no "
        + "interpolation. Undefined without a positive.";

    public string Source => "scikit-learn 1.2.1 `average_precision_score`.";

    public PreparedMetric Prepare(RankedRows rows, MetricDesign design) => new Sum(rows);

    private sealed class Sum(RankedRows rows) : PreparedMetric
    {
        public override string UndefinedBecause => "average precision needs a positive among the rows";

        public override double Evaluate(RowWeights weights)
        {
            var weight = weights.Rows;
            var label = rows.Labels;
            double sum = 0, positives = 0, all = 0;
            var i = 0;
            foreach (var end in rows.TieEnds)
            {
                double added = 0;
                for (; i < end; i++)
                {
                    added += weight[i] * label[i];
                    all += weight[i];
                }
                if (added > 0)
                {
                    positives += added;
                    sum += added * positives / all;
                }
            }
            return positives > 0 ? sum / positives : double.NaN;
        }
    }
}
