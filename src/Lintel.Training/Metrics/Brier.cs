using Lintel.Design;
using Lintel.Design.Kinds;

namespace Lintel.Training.Metrics;

/// <summary>Brier score: mean squared distance of the probability from what happened.</summary>
/// <remarks>mean((p − y)²), 0 to 1. Source: Brier, Monthly Weather Review 78(1), 1950. Test: agrees with scikit-learn 1.2.1's
/// <c>brier_score_loss</c> to 1e-12. O(n) a weighting.</remarks>
public sealed class Brier : IMetric
{
    public Kind Kind { get; } = new(
        KindFamily.Metric, "brier", typeof(NoParameters),
        "Mean squared distance of the probability from what happened.");

    public MetricAim Aim => MetricAim.Lowest;

    public string Unit => "squared probability";

    public MetricCutoff Cutoff => MetricCutoff.None;

    public bool NeedsKey => false;

    public string Conventions => "mean((p − y)²). Undefined for a score that is no probability.";

    public string Source => "Brier, Monthly Weather Review 78(1), 1950; scikit-learn 1.2.1 `brier_score_loss`.";

    public PreparedMetric Prepare(RankedRows rows, MetricDesign design)
    {
        if (rows.Probabilities is null) { return PreparedMetric.Undefined(RowMean.NoProbability); }
        var squares = new double[rows.Count];
        for (var i = 0; i < squares.Length; i++)
        {
            var distance = rows.Probabilities[i] - rows.Labels[i];
            squares[i] = distance * distance;
        }
        return new RowMean(squares, "there are no rows");
    }
}
