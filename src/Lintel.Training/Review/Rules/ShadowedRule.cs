using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>A rule that earlier ones leave nothing does not do what it says.</summary>
internal sealed class ShadowedRule : IReviewRule
{
    /// <summary>Decisions for which the condition must hold before the share means something.</summary>
    internal const int FewestDecisions = 20;

    /// <summary>Share of them that earlier rules took.</summary>
    internal const double MostTaken = 0.95;

    public RuleCard Card { get; } = new(
        "LT0489", "A rule that earlier rules leave nothing", Severity.Warning, EvidenceKind.Policy,
        "If you swapped these two rules, would anything change?",
        $"Rules whose condition holds for at least {FewestDecisions} decisions of test of which earlier rules took more than 95 %; named is the "
        + "rule that took most.",
        "Reorder the rules, or take out the one that is covered; its price says what it still does.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        foreach (var rule in subject.Evidence.Rules)
        {
            var line = subject.Design.Policy[rule.Rule];
            if (rule.TakenBy is not { } taker || rule.Holds < FewestDecisions || line.ExpectedCost is not null) { continue; }
            var taken = rule.Holds - rule.Decisions;
            if (taken <= MostTaken * rule.Holds) { continue; }
            yield return new(line.At,
                $"rule {rule.Rule + 1} ('{rule.Text}') stands in the shadow of rule {taker + 1} ('{subject.Design.Policy[taker].Text}')",
                $"its condition held for {rule.Holds:N0} decisions of test; earlier rules took {taken:N0} "
                + $"({Measure.Share((double)taken / rule.Holds)}), rule {taker + 1} alone {rule.TakenByCount:N0}");
        }
    }
}
