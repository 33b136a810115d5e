using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Training.Review.Rules;

/// <summary>A blocked payment never tells whether it was fraud.</summary>
internal sealed class SelectiveLabels : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0482", "Blocked cases never show their outcome", Severity.Warning, EvidenceKind.Design,
        "Once you block, how do you learn that a block was wrong?",
        "Rules that give the hardest outcome by a score while no share is let through.",
        "Set 'let through: 1%' in 'serve:'; those cases carry the only unbiased labels that you will get.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var design = subject.Design;
        var place = OutcomeDesign.Hardest(design.OutcomeDesigns);
        if (place < 0 || design.Serve.LetThrough > 0) { yield break; }
        var hardest = design.Outcomes[place];
        var rules = design.Conditions()
            .Where(r => r.Outcome == hardest && ExpressionTree.Of<Expression.Score>(r.Condition).Any()).ToArray();
        if (rules.Length > 0)
        {
            yield return new(
                rules[0].At,
                $"the outcome '{hardest}' is given by a score, and every such case disappears from the labels",
                $"{rules.Length} rules, 0 % let through");
        }
    }
}
