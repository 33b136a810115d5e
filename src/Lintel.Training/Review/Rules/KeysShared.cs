using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Training.Splits;

namespace Lintel.Training.Review.Rules;

/// <summary>A test on known keys says little of new ones.</summary>
internal sealed class KeysShared : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0449", "The test part knows its keys", Severity.Note, EvidenceKind.Split,
        "How does it do for a customer that it has never seen?",
        "Share of test decisions whose key already stood in train, for each key of the decided event; noted from one half on.",
        "Add a slice for new keys, e.g. 'card_payments_30d < 1', and read the figure there.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Evidence.Parts is not { } parts || subject.Decided is not { } table) { yield break; }
        for (var c = 0; c < table.Event.InheritedFrom; c++)
        {
            var column = table.Event.Columns[c];
            if (column.Kind != ColumnKind.Key) { continue; }
            var seen = new HashSet<double>();
            int tests = 0, known = 0;
            for (var row = 0; row < parts.Length; row++)
            {
                if (parts[row] == SplitPart.Train) { seen.Add(table.Columns[c][row]); }
            }
            for (var row = 0; row < parts.Length; row++)
            {
                if (parts[row] != SplitPart.Test) { continue; }
                tests++;
                if (seen.Contains(table.Columns[c][row])) { known++; }
            }
            var share = tests == 0 ? 0 : (double)known / tests;
            if (share >= 0.5)
            {
                yield return new(column.At, $"most test decisions are about a {column.Name} that train has seen",
                    $"{Measure.Share(share)} of {Measure.Number(tests, 0)} test decisions; train holds {Measure.Number(seen.Count, 0)} {column.Name} keys");
            }
        }
    }
}
