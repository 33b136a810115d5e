using Lintel.Design;
using Lintel.Design.Kinds;

namespace Lintel.Training.Metrics;

/// <summary>Logarithmic loss of the calibrated probability, in nats.</summary>
/// <remarks>−mean(y ln p + (1 − y) ln(1 − p)), p held within [1e-15, 1 − 1e-15]. Undefined without rows or without a probability.
/// Test: agrees with scikit-learn 1.2.1's <c>log_loss</c> (eps 1e-15) to 1e-12. O(n) a weighting.</remarks>
public sealed class LogLoss : IMetric
{
    private const double Edge = 1e-15;

    public Kind Kind { get; } = new(
        KindFamily.Metric, "log-loss", typeof(NoParameters),
        "Mean negative logarithm of the probability given to what happened.");

    public MetricAim Aim => MetricAim.Lowest;

    public string Unit => "nats";

    public MetricCutoff Cutoff => MetricCutoff.None;

    public bool NeedsKey => false;

    public string Conventions =>
        "−mean(y ln p + (1 − y) ln(1 − p)), p held within [1e-15, 1 − 1e-15]. Undefined for a score that is no "
        + "probability.";

    public string Source => "scikit-learn 1.2.1 `log_loss` with eps 1e-15.";

    public PreparedMetric Prepare(RankedRows rows, MetricDesign design) => rows.Probabilities is null
        ? PreparedMetric.Undefined(RowMean.NoProbability)
        : new RowMean(Losses(rows), "there are no rows");

    internal static double[] Losses(RankedRows rows)
    {
        var losses = new double[rows.Count];
        for (var i = 0; i < losses.Length; i++)
        {
            var p = Math.Clamp(rows.Probabilities![i], Edge, 1 - Edge);
            losses[i] = rows.Labels[i] > 0 ? -Math.Log(p) : -Math.Log(1 - p);
        }
        return losses;
    }
}
