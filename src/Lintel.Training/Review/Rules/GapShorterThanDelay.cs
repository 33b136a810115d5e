using Lintel.Design;
using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>Labels that were not there on the last training day must not be trained on.</summary>
internal sealed class GapShorterThanDelay : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0443", "The gap is shorter than the label's delay", Severity.Error, EvidenceKind.Records,
        "On the morning that you would have trained this model, which labels did you have?",
        "Quantiles of known − time over all labels, against the split's gap: an error when the median exceeds it, a warning when "
        + "the 99th percentile does; of a label that is a value the 99.9th, since those that come late are the long ones.",
        "Set 'gap:' to the 99th percentile of the delay or more.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Design.Split is not SplitDesign.ByTime split || subject.LabelDelays is not { Length: > 0 } delays)
        {
            yield break;
        }
        var (median, high) = (Measure.Quantile(delays, 0.5), Measure.Quantile(delays, subject.HasValues ? 0.999 : 0.99));
        var gap = split.Gap.TotalMicroseconds;
        if (high <= gap) { yield break; }
        var late = (double)delays.Count(d => d > gap) / delays.Length;
        yield return new(
            split.At,
            "the last labels of train become known after the part that they should prepare for has begun",
            $"delay p50 {Measure.Duration(median)}, {(subject.HasValues ? "p99.9" : "p99")} {Measure.Duration(high)}; gap {Measure.Duration(split.Gap)}; "
            + $"{Measure.Share(late)} of labels arrive later than that")
        {
            Severity = median > gap ? Severity.Error : Severity.Warning,
            Because = split.Because,
            Fix = high < TimeSpan.MicrosecondsPerDay
                ? $"Set 'gap: {Math.Ceiling(high / TimeSpan.MicrosecondsPerHour)}h'."
                : $"Set 'gap: {Math.Ceiling(high / TimeSpan.MicrosecondsPerDay)}d'.",
        };
    }
}
