using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>Opponents adapt; a model that does not is a fixed target.</summary>
internal sealed class NoRetrain : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0485", "No plan to retrain", Severity.Warning, EvidenceKind.Design,
        "How old may the model become before it is replaced, and who decides?",
        "Whether 'retrain' says how often.",
        "Add 'retrain: { every: 1d, promote: when no gate is broken and no slice is worse }'.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Design.Retrain is { Every: null, Continuous: null })
        {
            yield return new(
                subject.Design.Retrain.At,
                "the model is fitted once and grows old",
                "0 retrainings planned");
        }
    }
}
