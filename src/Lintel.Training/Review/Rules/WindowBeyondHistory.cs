using Lintel.Design.Diagnostics;
using Lintel.Training.Splits;

namespace Lintel.Training.Review.Rules;

/// <summary>A window that reaches before the first record is shorter than it says.</summary>
internal sealed class WindowBeyondHistory : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0456", "A window reaches before the first record", Severity.Warning, EvidenceKind.Split,
        "On the first day of training, how full is your longest window?",
        "The longest window (with the median label delay, where it reads labels) against the time from the first record to the first training decision.",
        "Let train begin later, so that what comes before fills the windows ('warm up: 30d' in 'split'); or shorten the window.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.LongestWindow is not { } longest || subject.Evidence.Parts is not { } parts
            || Array.IndexOf(parts, SplitPart.Train) is not (>= 0 and var first))
        {
            yield break;
        }
        var times = subject.Times;
        var history = times[first] - times[0];
        var labels = subject.Design.Decision.Label.Any(l => l.Event.Number == longest.Aggregate.Source.Number);
        var needed = longest.Aggregate.WindowMicroseconds!.Value
            + (labels && subject.LabelDelays is { Length: > 0 } delays ? Measure.Quantile(delays, 0.5) : 0);
        if (needed > history)
        {
            var last = times[Array.LastIndexOf(parts, SplitPart.Train)];
            var cold = Math.Clamp((times[0] + needed - times[first]) / Math.Max(last - times[first], 1), 0, 1);
            yield return new(longest.Feature.At, $"'{longest.Feature.Name}' has not filled up when train begins",
                $"needs {Measure.Duration(needed)}, finds {Measure.Duration(history)}; {Measure.Share(cold)} of train's time sees it half empty");
        }
    }
}
