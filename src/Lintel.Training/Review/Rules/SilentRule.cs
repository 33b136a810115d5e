using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>A rule whose condition never held is a promise that nobody has seen kept.</summary>
internal sealed class SilentRule : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0488", "A rule that never fires", Severity.Warning, EvidenceKind.Policy,
        "Which of your rules has never fired, and how would you notice?",
        "Rules that took no decision of validate nor of test although no earlier rule took those for which their condition holds. Rules "
        + "that ask a named list, which files do not have, and rules whose threshold is off are left out.",
        "Loosen the condition, or take the rule out.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        foreach (var rule in subject.Evidence.Rules)
        {
            var line = subject.Design.Policy[rule.Rule];
            if (rule.IsOff || rule.Chosen > 0 || rule.Decisions > 0 || rule.Holds > 0 || PolicyLines.AsksList(line)) { continue; }
            yield return new(line.At, $"rule {rule.Rule + 1} ('{rule.Text}') never fired", "0 decisions on validate and test, its condition held for none of test");
        }
    }
}
