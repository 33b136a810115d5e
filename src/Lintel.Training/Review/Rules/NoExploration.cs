using Lintel.Design;
using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>A log of one fixed order says nothing about another.</summary>
internal sealed class NoExploration : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0437", "The log can judge no other policy", Severity.Warning, EvidenceKind.Design,
        "The labels are what people did with the pages that you showed: how do you learn about those that you did not?",
        "Lines of a ranking's policy that explore; their share of the pages carries propensities below 1, with which another "
        + "policy can be valued before it is live.",
        "Add 'explore 5% among 50' before the last line: a small share of the pages pays for labels without the policy's own bias.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Design.Decision.Ranking is null || subject.Design.Policy.IsEmpty) { yield break; }
        var steps = subject.Design.Policy.OfType<PolicyRule.Step>().ToArray();
        if (!steps.Any(static s => s.Kind is "explore" or "explore thompson"))
        {
            yield return new(subject.Design.Policy[0].At, "every page shows what the model likes already, so the labels are its own echo",
                $"{steps.Length} lines, 0 explore: every propensity is 1");
        }
    }
}
