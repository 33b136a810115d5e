using Lintel.Design;
using Lintel.Design.Kinds;

namespace Lintel.Training.Metrics;

/// <summary>Expected calibration error over bins of equal mass.</summary>
/// <remarks>ECE = Σ over bins of |Σ(p − y)| / n. Rows in order of their probability are cut into ten bins (or <c>@20</c>) of equal
/// weight; rows of equal probability stay together, in the bin where the middle of their weight falls, so that the figure does not
/// depend on row order and the plateaus of an isotonic calibrator are not torn. Source: Naeini, Cooper and Hauskrecht, AAAI 2015
/// (there with bins of equal width); equal mass as in Nguyen and O'Connor, EMNLP 2015. O(n) a weighting.</remarks>
public sealed class CalibrationError : IMetric
{
    private const int DefaultBins = 10;

    public Kind Kind { get; } = new(
        KindFamily.Metric, "calibration-error", typeof(NoParameters),
        "Expected calibration error: mean distance of promised and seen rates over bins of equal mass.");

    public MetricAim Aim => MetricAim.Lowest;

    public string Unit => "share";

    public MetricCutoff Cutoff => MetricCutoff.Count | MetricCutoff.Optional;

    public bool NeedsKey => false;

    public string Conventions =>
        "Σ over bins of |Σ(p − y)| / n; ten bins of equal mass by probability (`@20`: twenty). Rows of equal "
        + "probability stay together, in the bin where the middle of their mass falls. Undefined for a score that "
        + "is no probability.";

    public string Source =>
        "Naeini, Cooper and Hauskrecht, AAAI 2015; equal mass as in Nguyen and O'Connor, EMNLP 2015.";

    public PreparedMetric Prepare(RankedRows rows, MetricDesign design) => rows.Probabilities is null
        ? PreparedMetric.Undefined(RowMean.NoProbability)
        : new Binned(rows, design.At is { } bins ? (int)bins : DefaultBins);

    private sealed class Binned(RankedRows rows, int binCount) : PreparedMetric
    {
        private readonly ProbabilityOrder _order = new(rows);

        public override string UndefinedBecause => "there are no rows";

        public override double Evaluate(RowWeights weights)
        {
            var weight = weights.Rows;
            double all = 0;
            foreach (var w in weight) { all += w; }
            if (!(all > 0)) { return double.NaN; }
            Span<double> surplus = binCount <= 128 ? stackalloc double[binCount] : new double[binCount];
            surplus.Clear();
            double before = 0;
            var i = 0;
            foreach (var end in _order.TieEnds)
            {
                double mass = 0, positives = 0;
                var probability = rows.Probabilities![_order.Row(i)];
                for (; i < end; i++)
                {
                    var row = _order.Row(i);
                    mass += weight[row];
                    positives += weight[row] * rows.Labels[row];
                }
                if (mass == 0) { continue; }
                var bin = Math.Min(binCount - 1, (int)(binCount * (before + (mass / 2)) / all));
                surplus[bin] += (mass * probability) - positives;
                before += mass;
            }
            double error = 0;
            foreach (var s in surplus) { error += Math.Abs(s); }
            return error / all;
        }
    }
}
