using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Training.Review.Rules;

/// <summary>A feature that nothing reads costs memory and latency all the same.</summary>
internal sealed class UnusedFeature : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0455", "A feature that nothing reads", Severity.Warning, EvidenceKind.Design,
        "Who uses this feature, and what does it cost to keep?",
        "Features that no model, other feature, rule, slice, baseline or cost names.",
        "Add it to a model's 'uses:', or take it out; each window keeps state for every key.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var design = subject.Design;
        var read = design.Models.SelectMany(static m => m.Uses).ToHashSet(StringComparer.Ordinal);
        read.UnionWith(design.Models.Select(static m => m.ResidualOver?.Feature).Append(design.Range?.By).OfType<string>());
        var expressions = design.Features.Select(static f => f.Value)
            .Concat(design.Conditions().Select(static r => r.Condition))
            .Concat(design.Evaluate.Slices.Select(static s => s.Condition))
            .Concat(design.Evaluate.Baselines.Select(static b => b.Value).OfType<Expression>())
            .Concat(design.Requirements.Costs.Select(static c => c.Value))
            .Append(design.Evaluate.Where);
        read.UnionWith(expressions.SelectMany(static e => ExpressionTree.Of<Expression.Feature>(e)).Select(static f => f.Name));
        foreach (var feature in design.Features.Where(f => !read.Contains(f.Name)))
        {
            var windows = ExpressionTree.Of<Expression.Aggregate>(feature.Value).Count();
            yield return new(
                feature.At,
                $"nothing reads the feature '{feature.Name}'",
                $"0 readers; it keeps {windows} windows for each key");
        }
    }
}
