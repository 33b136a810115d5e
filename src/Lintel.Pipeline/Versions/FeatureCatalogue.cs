using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Features;

namespace Lintel.Pipeline.Versions;

/// <summary>What a system's features are, and who uses them.</summary>
/// <param name="Type">number, bool, key, …</param> <param name="Keys">Keys that its aggregates ask for.</param>
/// <param name="Inputs">Keys and fields of the decided event that must be given.</param>
/// <param name="Windows">Lengths of its windows, the shortest first; an aggregate over all time adds none.</param>
/// <param name="Freshness">What the design claims; null: nothing.</param>
/// <param name="MissingShare">On train; null: the version says nothing of it.</param>
/// <param name="Low">1st percentile on train; live values far outside [low, high] have drifted.</param>
/// <param name="High">99th percentile on train.</param>
/// <param name="Importance">Mean absolute contribution to the margin on test.</param>
public sealed record FeatureEntry(
    string Name, string Expression, string Type, IReadOnlyList<string> Keys, IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Windows, string? Freshness, double? MissingShare, double? Mean, double? Low, double? High,
    double? Importance, FeatureUsers UsedBy);

public sealed record FeatureUsers(
    IReadOnlyList<string> Models, IReadOnlyList<string> Rules, IReadOnlyList<string> Slices, IReadOnlyList<string> Features);

/// <summary>The feature store's catalogue: from the design, with what training measured.</summary>
public static class FeatureCatalogue
{
    /// <param name="manifest">Null: figures are left out.</param>
    public static IReadOnlyList<FeatureEntry> Of(SystemDesign design, VersionManifest? manifest)
    {
        var inputs = design.Features.ToDictionary(static f => f.Name, f => FeatureInputs.Of(design, f));
        var measured = manifest?.Features.ToDictionary(static f => f.Name);
        return [.. design.Features.Select(feature =>
        {
            var own = inputs[feature.Name];
            var figures = measured?.GetValueOrDefault(feature.Name);
            return new FeatureEntry(
                feature.Name, feature.Text, feature.Value.Type.ToString().ToLowerInvariant(), own.Keys,
                [.. own.Columns.Select(c => design.Decision.Each.Columns[c].Name)], [.. own.Windows.Select(Units.Print)],
                design.Requirements.Freshness is { } fresh ? Units.Print((long)fresh.TotalMicroseconds) : null,
                figures?.MissingShare, figures?.Mean, figures?.Low ?? figures?.Min, figures?.High ?? figures?.Max,
                figures?.Importance,
                new(
                    [.. design.Models.Where(m => m.Uses.Contains(feature.Name)).Select(static m => m.Name)],
                    [.. design.Policy.Where(r => Names(r, feature.Name)).Select(static r => r.Text)],
                    [.. design.Evaluate.Slices.Where(s => Names(s.Condition, feature.Name)).Select(static s => s.Name)],
                    [.. design.Features.Where(f => inputs[f.Name].Features.Contains(feature.Name)).Select(static f => f.Name)]));
        })];
    }

    private static bool Names(PolicyRule rule, string feature) =>
        rule.Formulas.Any(f => Names(f, feature));

    private static bool Names(Expression expression, string feature) =>
        ExpressionWalk.All(expression).OfType<Expression.Feature>().Any(f => f.Name == feature);
}
