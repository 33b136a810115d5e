using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;
using Lintel.Design;

namespace Lintel.Training.Review.Rules;

/// <summary>An outcome without a rule is a promise that nothing keeps.</summary>
internal sealed class OutcomeNeverGiven : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0412", "An outcome that no rule gives", Severity.Warning, EvidenceKind.Design,
        "What does the business do differently because of this score?",
        "Outcomes that the file declares, less those that a rule of the policy gives; none may be left.",
        "Give the outcome a rule in 'policy:', or take it out of 'outcomes:'.")
    {
        For = DecisionUse.Conditions,
    };

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var given = subject.Design.Policy.Select(OutcomeOf).ToHashSet(StringComparer.Ordinal);
        var outcomes = subject.Design.Outcomes;
        foreach (var outcome in outcomes.Where(o => !given.Contains(o)))
        {
            yield return new(subject.Design.Policy[0].At, $"no rule of the policy gives the outcome '{outcome}'",
                $"{given.Count} of {outcomes.Length} outcomes are given by {subject.Design.Policy.Length} rules");
        }
    }

    private static string OutcomeOf(PolicyRule line) => line switch
    {
        PolicyRule.When w => w.Outcome,
        PolicyRule.Otherwise o => o.Outcome,
        _ => "",
    };
}
