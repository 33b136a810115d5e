using System.Collections.Immutable;
using Lintel.Decisions;
using Lintel.Features;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Live;

/// <summary>Why a decision came out as it did: what each feature added to the margin, what each model said, and what
/// each rule of the policy saw.</summary>
/// <param name="Base">With the contributions it sums to the margin within 1e-9.</param>
/// <param name="Probability">Calibrated, beside the margin; it is not decomposed. NaN: the final model gives
/// none.</param>
/// <param name="Contributions">The largest magnitude first.</param>
public sealed record Explanation(
    double Base, double Margin, double Probability, ImmutableArray<Contribution> Contributions,
    ImmutableArray<ModelScore> Scores,
    ImmutableArray<RuleTrace> Policy)
{
    /// <summary>Of a regression: the answer's quantiles, the lowest first; the margin is the estimate. Null: it decides by outcomes.</summary>
    public ImmutableArray<QuantileValue>? Quantiles { get; init; }

    /// <summary>Of a regression: the promise behind each line of the policy; the last one is what was promised, and without a line the
    /// estimate is. Null: it decides by outcomes.</summary>
    public ImmutableArray<PromiseTrace>? Promise { get; init; }

    /// <summary>Explains complete registers.</summary>
    /// <exception cref="InvalidDataException">The registers were laid out by another plan.</exception>
    public static Explanation Of(SystemVersion version, ReadOnlySpan<double> registers)
    {
        var plan = version.Compiled.Plan;
        if (registers.Length != plan.RegisterCount)
        {
            throw new InvalidDataException(
                $"the record holds {registers.Length} registers, version {version.Number} has {plan.RegisterCount}; it cannot explain it.");
        }
        var features = registers.Slice(plan.FeatureStart, plan.FeatureCount);
        var parts = new double[plan.FeatureCount];
        var start = version.Graph.Explain(features, parts);
        var contributions = new Contribution[parts.Length];
        for (var f = 0; f < parts.Length; f++) { contributions[f] = new(plan.FeatureNames[f], features[f], parts[f], TextOf(plan, f, features[f])); }
        var scores = ImmutableArray.CreateBuilder<ModelScore>();
        var models = version.Design.Models;
        foreach (var node in version.Graph.Nodes)
        {
            if (models.Any(m => m.Name == node.Name && m.IsPart)) { continue; }
            var register = plan.ScoreRegister(node.Name);
            scores.Add(new(node.Name, registers[register], registers[register + 1],
                node.Reference?.Position(registers[register])));
        }
        return new(
            start, scores[^1].Margin, scores[^1].Probability,
            [.. contributions.OrderByDescending(static c => Math.Abs(c.Added))
                .ThenBy(static c => c.Feature, StringComparer.Ordinal)],
            scores.ToImmutable(), Trace(version, registers))
        {
            Quantiles = version.Estimate is { } answer ? Read(answer, registers) : null,
            Promise = version.Compiled.Policy.Promise is { } promise
                ? [.. promise.Trace(registers).Select((value, i) => new PromiseTrace(promise.StepText(i), value))] : null,
        };
    }

    private static string? TextOf(FeaturePlan plan, int feature, double value) =>
        plan.Design.Features[feature].Id?.Domain is { } domain && !double.IsNaN(value) ? plan.Dictionaries[domain].Text((int)value) : null;

    private static ImmutableArray<QuantileValue> Read(EstimateAnswer answer, ReadOnlySpan<double> registers)
    {
        var values = ImmutableArray.CreateBuilder<QuantileValue>();
        foreach (var quantile in answer.Quantiles) { values.Add(new(quantile.Level, registers[quantile.Register])); }
        return values.ToImmutable();
    }

    private static ImmutableArray<RuleTrace> Trace(SystemVersion version, ReadOnlySpan<double> registers)
    {
        var policy = version.Compiled.Policy;
        var decided = policy.Decide(registers);
        var trace = ImmutableArray.CreateBuilder<RuleTrace>();
        for (var r = 0; r < policy.Rules.Count; r++)
        {
            var rule = policy.Rules[r];
            double? threshold = null;
            double? margin = null;
            if (rule.Threshold is { } solved)
            {
                var place = version.Compiled.Plan.Thresholds.First(t => t.Threshold.Equals(solved.Node));
                threshold = registers[place.Register];
                margin = solved.Score.Evaluate(registers);
            }
            trace.Add(new(
                r, rule.Rule.Text, version.Design.Outcomes[rule.Outcome], policy.Holds(r, registers), r == decided,
                    threshold, margin)
            {
                Segment = Segment(version.Compiled.Plan, rule.Threshold, registers),
                ExpectedCost = rule.Cost is { } cost ? cost.Evaluate(registers) : null,
            });
        }
        return trace.ToImmutable();
    }

    private static string? Segment(FeaturePlan plan, RuleThreshold? threshold, ReadOnlySpan<double> registers) =>
        threshold?.Segment is { } segment
            ? ThresholdRegisters.TextOf(plan, threshold.Node, segment.Evaluate(registers)) ?? "missing"
            : null;
}

/// <param name="Value">As the models read it; NaN is missing.</param> <param name="Added">To the final margin.</param>
/// <param name="Text">What the code of a key or a text stands for; null: a number, or missing.</param>
public sealed record Contribution(string Feature, double Value, double Added, string? Text);

/// <param name="Level">0 to 1.</param> <param name="Value">In the label's unit.</param>
public sealed record QuantileValue(double Level, double Value);

/// <param name="Text">A line of the policy.</param> <param name="Promise">Behind it; NaN: nothing can be promised.</param>
public sealed record PromiseTrace(string Text, double Promise);

/// <param name="Probability">NaN for a model that gives none.</param>
/// <param name="Position">For a novelty model: the share of its training rows that are less unusual; null for others.</param>
public sealed record ModelScore(string Model, double Margin, double Probability, double? Position = null);

/// <summary>What one rule of the policy saw.</summary>
/// <param name="Matched">Its condition holds, whatever the rules before it said.</param>
/// <param name="Acted">It is the first that matched.</param>
/// <param name="Threshold">The solved margin; +∞: no margin reaches the goal, the rule is off. Null: it names
/// none.</param>
/// <param name="Margin">What the threshold is compared with.</param>
public sealed record RuleTrace(int Rule, string Text, string Outcome, bool Matched, bool Acted, double? Threshold,
    double? Margin)
{
    /// <summary>The value whose threshold it is, of a threshold by segment; else null.</summary>
    public string? Segment { get; init; }

    /// <summary>What the outcome was expected to cost, of a rule that decides by cost; else null. NaN: a value is missing.</summary>
    public double? ExpectedCost { get; init; }
}
