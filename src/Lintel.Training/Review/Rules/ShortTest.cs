using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Training.Splits;

namespace Lintel.Training.Review.Rules;

/// <summary>A test part that misses a weekday misses what that day does.</summary>
internal sealed class ShortTest : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0476", "The test part is shorter than a week", Severity.Warning, EvidenceKind.Split,
        "Does your test period contain a weekend?",
        "Time from the first to the last test decision; a finding below six days, since people's weeks have seven.",
        "Let the test part span whole weeks.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Design.Split is not SplitDesign.ByTime split || subject.Evidence.Parts is not { } parts
            || Array.IndexOf(parts, SplitPart.Test) is not (>= 0 and var first))
        {
            yield break;
        }
        var times = subject.Times;
        var length = times[Array.LastIndexOf(parts, SplitPart.Test)] - times[first];
        if (length < 6.0 * TimeSpan.MicrosecondsPerDay)
        {
            yield return new(split.At, "not every day of the week is judged", $"test spans {Measure.Duration(length)}");
        }
    }
}
