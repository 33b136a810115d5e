using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;

namespace Lintel.Training.Review.Rules;

/// <summary>What does the complicated model add over the simple one?</summary>
internal sealed class NoSimpleModel : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0463", "No simple model to compare with", Severity.Note, EvidenceKind.Design,
        "How much of this would a logistic regression give you, for a tenth of the trouble?",
        "Kinds of the models of features; a linear one is expected beside the others. A ranking is compared with its sources instead.",
        "Add a model of kind 'logistic' over the same features; its figures stand beside the final model's.")
    {
        For = DecisionUse.Conditions,
    };

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Design.Decision.Ranking is not null) { yield break; }       // each source alone stands beside its pages
        var kinds = subject.Design.Models.Where(static m => m.Of.IsEmpty).Select(static m => m.Kind).Distinct().ToArray();
        if (kinds.Length > 0 && !kinds.Any(static k => k.Contains("logistic", StringComparison.Ordinal)
            || k.Contains("linear", StringComparison.Ordinal)))
        {
            yield return new(subject.Design.FinalModel.At, "no linear model stands beside the final one",
                $"kinds fitted: {string.Join(", ", kinds)}; 0 linear");
        }
    }
}
