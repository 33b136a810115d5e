using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Kinds;

namespace Lintel.Training.Review.Rules;

/// <summary>Only a calibrated score may be multiplied with money.</summary>
internal sealed class ProbabilityNotCalibrated : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0461", "A probability is used, and nothing calibrates it", Severity.Warning, EvidenceKind.Design,
        "When the model says 30 %, how often does it happen?",
        "Scores that the policy compares with numbers or costs as probabilities, of models without 'calibrate:'.",
        "Add 'calibrate: isotonic' to the model, and 'calibration' to the metrics.")
    {
        For = DecisionUse.Conditions,
    };

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var design = subject.Design;
        foreach (var rule in design.Conditions())
        {
            var compared = ExpressionTree.Of<Expression.Score>(rule.Condition)
                .Where(static s => s.Form == ScoreForm.Probability).Select(static s => s.Model);
            foreach (var model in design.Models.Where(m => m.Calibrate is null && compared.Contains(m.Name)))
            {
                yield return new(
                    model.At,
                    $"'{rule.Text}' reads '{model.Name}' as a probability, and nothing calibrates it",
                    $"0 calibrators on '{model.Name}'"
                    + (subject.BaseRate is { } rate ? $"; base rate {Measure.Share(rate)}" : ""));
            }
        }
    }
}
