using System.Numerics;
using Lintel.Features;

namespace Lintel.Training.Ranking;

/// <summary>Features that only training knows: an item that was shown has them from the record that says so; candidates of a request have
/// the design's constants.</summary>
internal sealed class ShownValues(FeaturePlan plan)
{
    private readonly (int Feature, ExpressionProgram Value)[] _features = [.. Enumerable.Range(0, plan.Design.Features.Length)
        .Where(f => plan.Design.Features[f].Shown is not null)
        .Select(f => (f, ExpressionProgram.ForEvent(plan.Design.Features[f].Shown!, plan.Dictionaries, plan.Design.TimeZone)))];

    /// <summary>There are none.</summary>
    public bool IsEmpty => _features.Length == 0;

    /// <summary>Writes a shown item's over the constants.</summary>
    /// <param name="shown">Values of the record that says it was shown.</param> <param name="features">[feature count].</param>
    public void Fill<T>(ReadOnlySpan<double> shown, Span<T> features)
        where T : IFloatingPoint<T>
    {
        foreach (var (feature, value) in _features) { features[feature] = T.CreateTruncating(value.Evaluate(shown)); }
    }
}
