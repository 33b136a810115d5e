using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>A silent stretch empties every window.</summary>
internal sealed class GapsInTheClock : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0448", "The record falls silent", Severity.Warning, EvidenceKind.Records,
        "Is every day of your history there?",
        "The longest time without a decision: a finding when it exceeds one day and is at least 20 times the 99th percentile of the pauses.",
        "Find the missing files; or begin train after the silence, since windows are empty behind it.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var times = subject.Times;
        if (times.Length < 100) { yield break; }
        var pauses = times.Zip(times.Skip(1), static (a, b) => b - a).ToArray();
        var longest = Array.IndexOf(pauses, pauses.Max());
        var (pause, from) = (pauses[longest], times[longest]);
        Array.Sort(pauses);
        var usual = Measure.Quantile(pauses, 0.99);
        if (pause > TimeSpan.MicrosecondsPerDay && pause >= 20 * usual)
        {
            yield return new(
                subject.Design.Decision.Each.At,
                $"no '{subject.Design.Decision.Each.Name}' for a long stretch",
                $"{Measure.Duration(pause)} of silence from {Measure.Instant(from)}; p99 of the pauses is {Measure.Duration(usual)}");
        }
    }
}
