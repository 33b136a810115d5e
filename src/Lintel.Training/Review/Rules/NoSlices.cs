using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>An average hides who pays for it.</summary>
internal sealed class NoSlices : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0472", "Slices are missing, or too small to judge", Severity.Warning, EvidenceKind.Design,
        "For whom does it work worse?",
        "The number of slices; and, with a test part, how many of them have the 100 positives that judging needs.",
        "Add slices for new keys, for the night, for large amounts: wherever a failure would have a face.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var slices = subject.Design.Evaluate.Slices;
        if (slices.IsEmpty)
        {
            yield return new(subject.Design.Evaluate.At, "figures are averages over everybody", "0 slices")
            {
                Fix = subject.Design.Decision.Ranking is null ? null
                    : "Add slices of visitors without a history ('user_events = 0') and of new or rarely chosen items.",
            };
            yield break;
        }
        foreach (var small in subject.Evidence.Slices.Where(static s => s.Positives < 100))
        {
            yield return new(slices.FirstOrDefault(s => s.Name == small.Name)?.At ?? subject.Design.Evaluate.At,
                $"the slice '{small.Name}' is shown and not judged",
                subject.HasValues ? $"{small.Rows} test decisions; 100 are needed"
                    : $"{small.Positives} positives of {Measure.Number(small.Rows, 0)} test decisions; 100 are needed")
            {
                Severity = Severity.Note,
                Fix = "Widen the slice, or the test part.",
            };
        }
    }
}
