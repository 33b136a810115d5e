using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>The same record twice is one event counted twice.</summary>
internal sealed class DuplicateIds : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0446", "Ids that stand twice in the source", Severity.Warning, EvidenceKind.Records,
        "What happens when the same event arrives twice?",
        "Rows whose id another row of the same event already has.",
        "Let the source write each event once, or choose an id that tells them apart. A correction has the same id and a later place.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.History is not { } history) { yield break; }
        foreach (var finding in history.Report.Findings.Where(Means))
        {
            var rows = history.Report.Counts.Where(c => c.Event == finding.Event).Sum(static c => c.Rows);
            yield return new(
                BadRows.At(subject.Design, finding.Event),
                $"'{finding.Event}' has rows with an id that was there before",
                $"{Measure.Number(finding.Count, 0)} of {Measure.Number(rows, 0)} rows"
                + (finding.Examples.Count > 0 ? $", first at line {finding.Examples[0].Line}: {finding.Examples[0].Value}" : ""));
        }
    }

    internal static bool Means(Events.SourceFinding finding) =>
        finding.Reason.Contains("duplicate", StringComparison.OrdinalIgnoreCase);
}
