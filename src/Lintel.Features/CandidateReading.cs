using System.Collections.Immutable;
using Lintel.Design;
using Lintel.Design.Expressions;

namespace Lintel.Features;

/// <summary>Tells what of a ranking's row differs between the candidates of one request.</summary>
/// <param name="candidateStart">The first column of a candidate.</param>
public sealed class CandidateReading(SystemDesign design, int candidateStart)
{
    private readonly Dictionary<string, bool> _features = new(StringComparer.Ordinal);

    /// <summary>Whether one of an aggregate's keys is the candidate's.</summary>
    public bool Differs(ImmutableArray<int> decisionKeys) => decisionKeys.Any(key => key >= candidateStart);

    /// <summary>Whether an expression over the row can differ between candidates; scores do.</summary>
    public bool Differs(Expression expression) => expression switch
    {
        Expression.Column column => column.ColumnIndex >= candidateStart,
        Expression.Aggregate aggregate => Differs(aggregate.DecisionKeys),
        Expression.Score => true,
        Expression.Feature feature => FeatureDiffers(feature.Name),
        Expression.ListMembership list => Differs(list.Value),
        _ => ExpressionWalk.Children(expression).Any(Differs),
    };

    private bool FeatureDiffers(string name)
    {
        if (!_features.TryGetValue(name, out var differs))
        {
            differs = Differs(design.Features.First(f => f.Name == name).Value);
            _features.Add(name, differs);
        }
        return differs;
    }
}
