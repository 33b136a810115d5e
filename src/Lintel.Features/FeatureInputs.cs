using Lintel.Design;
using Lintel.Design.Expressions;

namespace Lintel.Features;

/// <summary>What a feature is made of: the decided event's columns that it reads, the keys and windows of its aggregates,
/// other features. Found in the expression, through the features that it names.</summary>
/// <param name="Columns">Indices of the decided event's columns, rising; without time and known, which every question
/// has.</param>
/// <param name="Keys">Columns of its aggregates' keys, by name.</param>
/// <param name="Windows">Lengths in microseconds, rising; an aggregate over all time has none.</param>
/// <param name="Features">Features that the expression names itself.</param>
public sealed record FeatureInputs(
    IReadOnlyList<int> Columns, IReadOnlyList<string> Keys, IReadOnlyList<long> Windows, IReadOnlyList<string> Features)
{
    public static FeatureInputs Of(SystemDesign design, FeatureDesign feature)
    {
        var (columns, windows) = (new SortedSet<int>(), new SortedSet<long>());
        var (keys, named) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        Walk(feature.Value, direct: true);
        return new([.. columns], [.. keys], [.. windows], [.. named]);

        void Walk(Expression expression, bool direct)
        {
            switch (expression)
            {
                case Expression.Column column when design.Decision.Each.Columns[column.ColumnIndex].Kind
                    is ColumnKind.Key or ColumnKind.Field:
                    columns.Add(column.ColumnIndex);
                    break;
                case Expression.Aggregate aggregate:
                    // what stands inside it are columns of the aggregated event: they come with its records
                    foreach (var key in aggregate.DecisionKeys)
                    {
                        columns.Add(key);
                        keys.Add(design.Decision.Each.Columns[key].Name);
                    }
                    if (aggregate.WindowMicroseconds is { } window) { windows.Add(window); }
                    break;
                case Expression.Feature other:
                    if (direct) { named.Add(other.Name); }
                    Walk(design.Features.First(f => f.Name == other.Name).Value, direct: false);
                    break;
                default:
                    foreach (var child in ExpressionWalk.Children(expression)) { Walk(child, direct); }
                    break;
            }
        }
    }
}
