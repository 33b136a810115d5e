using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>Events of one instant have no order that a file could tell.</summary>
internal sealed class TiesInTime : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0447", "Decisions that share their instant", Severity.Note, EvidenceKind.Records,
        "Two records in the same second: which one sees the other in its features?",
        "Share of decisions whose time another decision has too. In files these do not see each other; live, the order of acceptance decides.",
        "Nothing to mend where the share is small. Bring a finer clock where velocity features depend on it.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var times = subject.Times;
        var tied = 0;
        for (var row = 0; row < times.Length; row++)
        {
            if ((row > 0 && times[row - 1] == times[row]) || (row + 1 < times.Length && times[row + 1] == times[row])) { tied++; }
        }
        if (tied > 0)
        {
            yield return new(
                subject.Design.Decision.Each.At,
                $"some '{subject.Design.Decision.Each.Name}' records share their instant and do not see each other",
                $"{Measure.Share((double)tied / times.Length)} of {Measure.Number(times.Length, 0)} decisions");
        }
    }
}
