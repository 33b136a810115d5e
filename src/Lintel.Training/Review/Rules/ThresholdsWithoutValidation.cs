using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Kinds;
using Lintel.Design;

namespace Lintel.Training.Review.Rules;

/// <summary>What chooses must not judge.</summary>
internal sealed class ThresholdsWithoutValidation : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0444", "Nothing is held out to choose on", Severity.Warning, EvidenceKind.Design,
        "On which data were the thresholds and the settings chosen?",
        "Solved thresholds and searches over settings in a design without a validation part: both then fall back to "
        + "out-of-fold scores of train, which come from models that were fitted on less.",
        "Give 'split' a 'validate:' part, e.g. 15%.")
    {
        For = DecisionUse.Conditions,
    };

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var design = subject.Design;
        if (design.Split is not SplitDesign.ByTime { Validate: null } split) { yield break; }
        var thresholds = design.Conditions().Sum(static r => ExpressionTree.Of<Expression.Threshold>(r.Condition).Count());
        var searches = design.Models.Count(static m => m.Tune is not null);
        if (thresholds + searches > 0)
        {
            yield return new(split.At, "thresholds or settings are chosen on out-of-fold scores of train",
                $"{thresholds} solved thresholds, {searches} searches over settings, 0 validation days");
        }
    }
}
