using Lintel.Design;
using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>Costs that nothing reads decide nothing.</summary>
internal sealed class CostsUnused : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0425", "Costs are stated and not used, or used and not stated", Severity.Warning, EvidenceKind.Design,
        "What does a miss cost, what does a false alarm cost, and where in the design does that ratio act?",
        "Stated costs without the metric 'cost' or the rule 'decide by cost' that reads them; and several outcomes without any cost.",
        "Add 'cost' to 'evaluate.metrics', so that designs are compared in money; or state 'requirements.costs'.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var design = subject.Design;
        var costs = design.Requirements.Costs;
        var read = design.Evaluate.Metrics.Any(static m => m.Kind == "cost")
            || design.Policy.Any(r => r.ExpectedCost is not null || r is PolicyRule.Step step && step.Slots.Keys.Intersect(costs.Select(static c => c.Name)).Any());
        if (costs.Length > 0 && !read)
        {
            yield return new(subject.RequirementAt("costs"), "costs are stated, and nothing reads them",
                $"{costs.Length} costs ({string.Join(", ", costs.Select(static c => c.Name))}), 0 readers");
        }
        if (costs.IsEmpty && design.Outcomes.Length > 1)
        {
            yield return new(design.Evaluate.At, "outcomes differ, and nothing says what each mistake costs",
                $"{design.Outcomes.Length} outcomes, 0 costs")
            {
                Severity = Severity.Note,
            };
        }
    }
}
