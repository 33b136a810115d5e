using Lintel.Design;
using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>Rows that could not be read are not missing at random.</summary>
internal sealed class BadRows : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0445", "Rows of the sources were left out", Severity.Warning, EvidenceKind.Records,
        "How much of your data did the loader drop, and what did those rows have in common?",
        "Share of rows that did not become records, by reason; a note below 0.1 %, a warning from there.",
        "Look at the first examples, mend the source or its 'where:', and read again.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.History is not { } history) { yield break; }
        foreach (var worst in history.Report.Findings
            .Where(static f => f.Dropped && !DuplicateIds.Means(f))
            .GroupBy(static f => f.Event)
            .Select(static g => g.MaxBy(static f => f.Count)!))
        {
            var rows = history.Report.Counts.Where(c => c.Event == worst.Event).Sum(static c => c.Rows);
            var dropped = history.Report.Findings
                .Where(f => f.Event == worst.Event && f.Dropped && !DuplicateIds.Means(f)).Sum(static f => f.Count);
            var share = rows == 0 ? 1 : (double)dropped / rows;
            yield return new(
                At(subject.Design, worst.Event),
                $"rows of '{worst.Event}' were left out, most of them for: {worst.Reason}",
                $"{Measure.Number(dropped, 0)} of {Measure.Number(rows, 0)} rows ({Measure.Share(share)})")
            {
                Severity = share < 0.001 ? Severity.Note : Severity.Warning,
            };
        }
    }

    internal static SourceSpan At(SystemDesign design, string name) =>
        design.Events.FirstOrDefault(e => e.Name == name)?.At ?? default;
}
