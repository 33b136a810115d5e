using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;

namespace Lintel.Training.Review.Rules;

/// <summary>Sampling shifts the score; someone should look whether it was shifted back.</summary>
internal sealed class SamplingUnchecked : IReviewRule
{
    private static readonly string[] Checks = ["calibration", "calibration-error", "log-loss", "normalised-entropy", "brier"];

    public RuleCard Card { get; } = new(
        "LT0462", "Negatives are sampled, and no metric looks at calibration", Severity.Warning, EvidenceKind.Design,
        "You kept one negative in ten: what did that do to the probabilities, and how do you know that you undid it?",
        "Models with 'sample:' in a design without a calibration metric; the shift that the ledger undoes is ln(share kept).",
        "Add 'calibration' or 'log-loss' to 'evaluate.metrics'.")
    {
        For = DecisionUse.Conditions,
    };

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Design.Evaluate.Metrics.Any(static m => Checks.Contains(m.Kind))) { yield break; }
        foreach (var model in subject.Design.Models.Where(static m => m.NegativeSample < 1))
        {
            yield return new(
                model.At,
                $"'{model.Name}' is fitted on sampled negatives, and nothing measures whether its probabilities are right again",
                $"{Measure.Share(model.NegativeSample)} of negatives kept: a shift of {Measure.Number(Math.Log(model.NegativeSample), 2)} in log-odds");
        }
    }
}
