using Lintel.Design;
using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>The best ten by score are often ten times the same.</summary>
internal sealed class RepeatsItself : IReviewRule
{
    private static readonly string[] AgainstRepeats =
        ["drop seen", "drop duplicates", "at most", "diversify", "calibrate"];

    public RuleCard Card { get; } = new(
        "LT0426", "Nothing keeps a page from repeating itself", Severity.Warning, EvidenceKind.Design,
        "What stops the page from showing five sequels, or what it showed yesterday?",
        "Lines of a ranking's policy that drop what was seen, drop duplicates, bound a group, diversify or calibrate; at least one is "
        + "expected.",
        "Add lines such as 'drop seen EVENT over 90d', 'drop duplicates of ITEM.title', 'at most 2 of ITEM.COLUMN' or 'diversify by ITEM.COLUMN (mmr 0.3)'.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Design.Decision.Ranking is null || subject.Design.Policy.IsEmpty) { yield break; }
        var steps = subject.Design.Policy.OfType<PolicyRule.Step>().ToArray();
        if (!steps.Any(static s => AgainstRepeats.Contains(s.Kind)))
        {
            yield return new(subject.Design.Policy[0].At, "items stand by score alone, however alike they are",
                $"{steps.Length} lines, 0 against repetition");
        }
    }
}
