using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>What one source does not offer, no ranker can show.</summary>
internal sealed class OneSource : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0466", "A single source of candidates", Severity.Warning, EvidenceKind.Design,
        "What does the only retriever never find, and who would notice?",
        "The number of candidate sources of a ranking; two of different kinds are expected.",
        "Add a source that looks at something else: 'popular' over a week, 'item-to-item', 'newest'.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Design.Decision.Ranking is { Candidates: [var only] })
        {
            yield return new(only.At, $"all candidates come from '{only.Name}': what it misses can never be shown",
                $"1 source of kind {only.Kind}, at most {only.Take} candidates");
        }
    }
}
