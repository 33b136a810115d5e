using System.Globalization;
using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>A rule without which the policy would be cheaper.</summary>
internal sealed class CostlyRule : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0480", "A rule that costs more than it saves", Severity.Warning, EvidenceKind.Policy,
        "What would the policy cost without this rule, and are you sure?",
        "The test period decided again without each rule, thresholds unchanged: the mean cost of a decision falls, and the whole paired "
        + "95 % interval of the change lies below zero.",
        "Take the rule out or tighten it, or correct the costs that the design names.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        foreach (var rule in subject.Evidence.Rules)
        {
            if (rule.Cost is not { Interval: [{ } low, { } high and < 0], Change: < 0 } cost) { continue; }
            yield return new(subject.Design.Policy[rule.Rule].At,
                $"the policy would be cheaper without rule {rule.Rule + 1} ('{rule.Text}')",
                string.Create(CultureInfo.InvariantCulture,
                    $"mean cost {cost.With:0.####} with it, {cost.Without:0.####} without ({cost.Change:0.####}, 95 % {low:0.####} to {high:0.####})")
                + (rule.Recall is { } recall ? $"; recall {Measure.Share(recall.With)} and {Measure.Share(recall.Without)}" : ""));
        }
    }
}
