using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;
using Lintel.Design;

namespace Lintel.Training.Review.Rules;

/// <summary>The engine will fail some day; the design decides what the caller then gets.</summary>
internal sealed class NoFailureAnswer : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0481", "No answer for the day that it fails", Severity.Warning, EvidenceKind.Design,
        "The model server is down: what does the caller get?",
        "Whether an online design names the outcome, or a ranking the source of candidates, that stands in on failure.",
        "State 'on failure: allow' (fail open) or another outcome in 'serve:'.")
    {
        For = DecisionUse.Conditions,
    };

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var serve = subject.Design.Serve;
        if (serve.Mode == ServeMode.Online && serve.OnFailure is null)
        {
            var ranking = subject.Design.Decision.Ranking;
            yield return new(serve.At, "nothing says what is answered when scoring fails",
                ranking is null ? $"{subject.Design.Outcomes.Length} outcomes, 0 named for failure"
                    : $"{ranking.Candidates.Length} sources of candidates, 0 named for failure")
            {
                Fix = ranking is null ? null : "State 'on failure: SOURCE' in 'serve:', a source that needs no model, e.g. one of kind popular.",
            };
        }
    }
}
