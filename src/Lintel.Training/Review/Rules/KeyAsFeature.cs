using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Training.Review.Rules;

/// <summary>A model that reads an identity learns names.</summary>
internal sealed class KeyAsFeature : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0457", "A key or text code is read as a number", Severity.Warning, EvidenceKind.Design,
        "What does the model do with a customer number that it has never seen?",
        "Features whose value is a key or a text: their codes are numbers by order of first sight; with records, how many codes there are.",
        "Aggregate by the key instead ('count(…) by card over 7d'), or encode it.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        foreach (var feature in subject.Design.Features.Where(static f => f.Value.Type is DataType.Key or DataType.Text))
        {
            var readers = subject.Design.Models.Count(m => m.Uses.Contains(feature.Name));
            if (readers == 0) { continue; }
            var domain = ExpressionTree.Of<Expression.Column>(feature.Value)
                .Select(static c => c.Event.Columns[c.ColumnIndex].Domain).OfType<string>().FirstOrDefault();
            var codes = domain is not null && subject.History is { } history ? history.Dictionaries[domain].Count : (int?)null;
            yield return new(feature.At, $"'{feature.Name}' is a code without order, and {readers} models read it as a number",
                codes is { } count ? $"{Measure.Number(count, 0)} different codes" : $"type {feature.Value.Type.ToString().ToLowerInvariant()}");
        }
    }
}
