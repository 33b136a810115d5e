using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Training.Review.Rules;

/// <summary>A model that reads an identity as a number learns names, and an order that they do not have.</summary>
internal sealed class IdentityAsNumber : IReviewRule
{
    private const double Distinct = 0.5;

    public RuleCard Card { get; } = new(
        "LT0457", "A number that behaves like an identity", Severity.Warning, EvidenceKind.Records,
        "What does the model do with a customer number that it has never seen?",
        "Features that are a number field as it stands, where every value is a whole number and at least half of the rows have one "
        + "of their own.",
        "Declare it under 'keys:' and aggregate by it ('count(…) by card over 7d'), or leave it out.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        foreach (var (column, values) in subject.DecidedFields())
        {
            var present = values.Where(static v => !float.IsNaN(v)).ToArray();
            if (column.Type != DataType.Number || present.Length < 100 || !present.All(static v => v == MathF.Floor(v))) { continue; }
            var distinct = present.Distinct().Count();
            if (distinct < Distinct * present.Length) { continue; }
            foreach (var feature in subject.Design.Features.Where(f =>
                f.Value is Expression.Column c && c.Event.Columns[c.ColumnIndex].Name == column.Name))
            {
                yield return new(
                    feature.At,
                    $"'{feature.Name}' has nearly a value for each row, all of them whole: an identity, not an amount",
                    $"{Measure.Number(distinct, 0)} different whole numbers on {Measure.Number(present.Length, 0)} rows");
            }
        }
    }
}
