using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>What nothing can stop will go live.</summary>
internal sealed class NoGates : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0473", "No gate before promotion", Severity.Warning, EvidenceKind.Design,
        "Which figure would have stopped this version from going live?",
        "The number of gates.",
        "Add 'gates:' with a bound on the metric that the business feels, and one for every slice.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Design.Evaluate.Gates.IsEmpty)
        {
            yield return new(subject.Design.Evaluate.At, "any version would be promoted, whatever it measures",
                $"0 gates on {subject.Design.Evaluate.Metrics.Length} metrics");
        }
    }
}
