using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;
using Lintel.Training.Splits;

namespace Lintel.Training.Review.Rules;

/// <summary>A test part with a handful of positives judges nothing.</summary>
internal sealed class FewPositives : IReviewRule
{
    private const int Enough = 100;

    public RuleCard Card { get; } = new(
        "LT0432", "Too few positives to judge by", Severity.Error, EvidenceKind.Split,
        "How many positives are in your test set, and how wide is the interval that follows?",
        "Positives in the test part: a warning below 100 (a share near one half then has a 95 % interval of ± 10 points), an "
        + "error below 10.",
        "Make the test part longer, or bring more history; do not read small differences off this one.")
    {
        For = DecisionUse.Conditions,
    };

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Count(SplitPart.Test) is not { } test || test.Positives >= Enough) { yield break; }
        var width = test.Positives == 0 ? 1 : Math.Min(1, 1.96 * Math.Sqrt(0.25 / test.Positives));
        yield return new(subject.Design.Split.At, "the test part holds too few positives to tell designs apart",
            $"{test.Positives} positives among {Measure.Number(test.Rows, 0)} test decisions; a recall near one half is known to ± "
            + Measure.Share(width))
        {
            Severity = test.Positives < 10 ? Severity.Error : Severity.Warning,
        };
    }
}
