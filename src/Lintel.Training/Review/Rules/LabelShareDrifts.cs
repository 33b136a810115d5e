using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;

namespace Lintel.Training.Review.Rules;

/// <summary>A base rate that moves takes thresholds and calibration with it.</summary>
internal sealed class LabelShareDrifts : IReviewRule
{
    private const int Stretches = 8;

    public RuleCard Card { get; } = new(
        "LT0434", "The base rate drifts", Severity.Warning, EvidenceKind.Labels,
        "Is the positive rate stable over the period that you train on?",
        "Share of positives in eight stretches of equally many labelled decisions: a finding when the highest is at least twice "
        + "the lowest and their difference exceeds three standard errors.",
        "Train on the recent stretch, recalibrate often, and watch the base rate beside the drift of features.")
    {
        For = DecisionUse.Conditions,
    };

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Evidence.Labels is not { } labels) { yield break; }
        var known = labels.Where(static y => !double.IsNaN(y)).ToArray();
        var size = known.Length / Stretches;
        if (size < 100) { yield break; }
        var shares = Enumerable.Range(0, Stretches)
            .Select(k => (double)known.AsSpan(k * size, size).Count(1.0) / size).ToArray();
        var (low, high) = (shares.Min(), shares.Max());
        var error = Math.Sqrt(((low * (1 - low)) + (high * (1 - high))) / size);
        if (high >= 2 * low && high - low > 3 * error)
        {
            yield return new(subject.Design.Decision.At, "the share of positives changes over the period",
                $"from {Measure.Share(low)} (stretch {Array.IndexOf(shares, low) + 1} of 8) to {Measure.Share(high)} "
                + $"(stretch {Array.IndexOf(shares, high) + 1} of 8)");
        }
    }
}
