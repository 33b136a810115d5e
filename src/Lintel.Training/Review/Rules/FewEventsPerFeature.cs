using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;
using Lintel.Training.Splits;

namespace Lintel.Training.Review.Rules;

/// <summary>More columns than evidence.</summary>
internal sealed class FewEventsPerFeature : IReviewRule
{
    private const int Enough = 10;

    public RuleCard Card { get; } = new(
        "LT0464", "Few positives for each feature", Severity.Warning, EvidenceKind.Split,
        "With this many positives, how many features can you afford?",
        "Positives in train divided by the features of the widest model; a finding below 10 (Peduzzi and others, 1996).",
        "Use fewer features, a stronger prior (depth, min child weight, l2), or more history.")
    {
        For = DecisionUse.Conditions,
    };

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var widest = subject.Design.Models.MaxBy(static m => m.Uses.Length);
        if (widest is null || widest.Uses.IsEmpty || subject.Count(SplitPart.Train) is not { Positives: > 0 } train) { yield break; }
        var each = (double)train.Positives / widest.Uses.Length;
        if (each < Enough)
        {
            yield return new(widest.At, $"'{widest.Name}' reads many features for the positives that there are",
                $"{train.Positives} positives for {widest.Uses.Length} features: {Measure.Number(each, 1)} each; {Enough} expected");
        }
    }
}
