using Lintel.Design;
using Lintel.Design.Kinds;

namespace Lintel.Training.Metrics;

/// <summary>Area under the ROC curve: the chance that a positive ranks above a negative, ties counting half.</summary>
/// <remarks>AUC = Σ over positives of (weight of negatives below + ½ of those tied) / (weight of positives × weight of negatives).
/// Undefined without a positive or without a negative. Source: Hanley and McNeil, Radiology 143(1), 1982. Test: agrees with
/// scikit-learn 1.2.1's <c>roc_auc_score</c> to 1e-12, with ties and weights. O(n) a weighting.</remarks>
public sealed class Auc : IMetric
{
    public Kind Kind { get; } = new(
        KindFamily.Metric, "auc", typeof(NoParameters),
        "Area under the ROC curve: the chance that a positive ranks above a negative.");

    public MetricAim Aim => MetricAim.Highest;

    public string Unit => "share";

    public MetricCutoff Cutoff => MetricCutoff.None;

    public bool NeedsKey => false;

    public string Conventions =>
        "P(margin of a positive > margin of a negative) + ½ P(equal). Undefined without a positive or without a "
        + "negative.";

    public string Source => "Hanley and McNeil, Radiology 143(1), 1982; scikit-learn 1.2.1 `roc_auc_score`.";

    public PreparedMetric Prepare(RankedRows rows, MetricDesign design) => new Area(rows);

    private sealed class Area(RankedRows rows) : PreparedMetric
    {
        public override string UndefinedBecause => "AUC needs a positive and a negative among the rows";

        public override double Evaluate(RowWeights weights)
        {
            var weight = weights.Rows;
            var label = rows.Labels;
            double area = 0, positives = 0, negatives = 0;
            var i = 0;
            foreach (var end in rows.TieEnds)
            {
                double tiedPositives = 0, tied = 0;
                for (; i < end; i++)
                {
                    tiedPositives += weight[i] * label[i];
                    tied += weight[i];
                }
                var tiedNegatives = tied - tiedPositives;
                area += tiedNegatives * (positives + (0.5 * tiedPositives));
                positives += tiedPositives;
                negatives += tiedNegatives;
            }
            return positives > 0 && negatives > 0 ? area / (positives * negatives) : double.NaN;
        }
    }
}
