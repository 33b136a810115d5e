using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Training.Splits;

namespace Lintel.Training.Review.Rules;

/// <summary>Rows at random let the model see the future of its own test rows.</summary>
internal sealed class RandomSplit : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0441", "Random split", Severity.Error, EvidenceKind.Design,
        "Why would a figure from a random split hold on the day after deployment?",
        "Whether rows are parted by chance, and with records the share of test decisions that have a training decision later "
        + "than themselves: in production it is zero.",
        "Split by time with a gap as long as the label's delay. Where a published protocol demands it, say 'because:'.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Design.Split is not SplitDesign.AtRandom split) { yield break; }
        yield return new(
            split.At,
            "rows are parted at random, so that the model is fitted on decisions later than those that judge it",
            Evidence(subject, split))
        {
            Because = split.Because,
        };
    }

    private static string Evidence(ReviewSubject subject, SplitDesign.AtRandom split)
    {
        if (subject.Evidence.Parts is not { } parts || Array.LastIndexOf(parts, SplitPart.Train) is not (>= 0 and var last))
        {
            return $"{Measure.Share(split.Test)} of the rows judge, wherever they stand in time";
        }
        var tests = parts.Count(static p => p == SplitPart.Test);
        var before = parts.AsSpan(0, last).Count(SplitPart.Test);
        return $"{Measure.Share((double)before / Math.Max(tests, 1))} of {Measure.Number(tests, 0)} test decisions come before a training decision";
    }
}
