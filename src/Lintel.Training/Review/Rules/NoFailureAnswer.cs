using Lintel.Design;
using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>The engine will fail some day; the design decides what the caller then gets.</summary>
internal sealed class NoFailureAnswer : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0481", "No answer for the day that it fails", Severity.Warning, EvidenceKind.Design,
        "The model server is down: is the payment allowed or blocked?",
        "Whether an online design names the outcome that stands in on failure.",
        "State 'on failure: allow' (fail open) or another outcome in 'serve:'.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var serve = subject.Design.Serve;
        if (serve.Mode == ServeMode.Online && serve.OnFailure is null)
        {
            yield return new(serve.At, "nothing says what is answered when scoring fails",
                $"{subject.Design.Outcomes.Length} outcomes, 0 named for failure");
        }
    }
}
