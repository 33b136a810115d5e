using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Features;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Fitting;

/// <summary>How features and scores are distributed on the test part: what a running version's are compared with. The test and no other
/// part, since nothing was fitted on it: scores of rows that a model has seen are more certain than live ones.</summary>
internal static class TestDistributions
{
    public static JudgedDistributions Of(Preparation prepared, Examples examples, ScoringGraph graph, ScoredRows test)
    {
        var plan = prepared.Compiled.Plan;
        var values = new double[test.Rows.Length];
        var features = new List<ValueDistribution>(plan.FeatureCount);
        for (var f = 0; f < plan.FeatureCount; f++)
        {
            if (!CanDrift(plan.Design, plan.Design.Features[f])) { continue; }
            for (var i = 0; i < values.Length; i++) { values[i] = examples.Features[(test.Rows[i] * examples.FeatureCount) + f]; }
            features.Add(plan.Design.Features[f].Id is { } id
                ? ValueDistribution.OfIds(plan.FeatureNames[f], values, Texts(plan, id.Domain))
                : ValueDistribution.OfNumbers(plan.FeatureNames[f], values));
        }
        var scores = Enumerable.Range(0, graph.Nodes.Length)
            .Where(node => plan.Design.Models[node].IsEstimate)
            .Select(node => ValueDistribution.OfNumbers(graph.Nodes[node].Name, test.Margins[node]));
        return new(test.Rows.Length, Day(test.Days.Min()), Day(test.Days.Max()), features, [.. scores]);
    }

    /// <summary>The clock does not drift, though a Monday is no week; and what ranges are moved by is there to move.</summary>
    private static bool CanDrift(SystemDesign design, FeatureDesign feature) =>
        !IsOfTheClock(design, feature.Value) && design.Range?.Ends.Any(e => e.Shift == feature.Name) != true;

    private static bool IsOfTheClock(SystemDesign design, Expression value) => ExpressionWalk.All(value).All(part => part switch
    {
        // its own time: since when its subject was asked for is no clock's
        Expression.Column column => column.ColumnIndex < column.Event.InheritedFrom
            && column.Event.Columns[column.ColumnIndex].Kind is (ColumnKind.Time or ColumnKind.Known),
        Expression.Feature other => IsOfTheClock(design, design.Features.First(f => f.Name == other.Name).Value),
        Expression.Aggregate or Expression.ListMembership or Expression.Score => false,
        _ => true,
    });

    private static Func<int, string>? Texts(FeaturePlan plan, string? domain) => domain is null ? null : plan.Dictionaries[domain].Text;

    private static string Day(int day) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day).ToString("O");
}
