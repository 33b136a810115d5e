using Lintel.Decisions.Promises;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Features;

namespace Lintel.Decisions;

/// <summary>The policy of a design, compiled: ordered rules, the first that matches decides. Immutable and thread-safe.</summary>
public sealed class PolicyProgram
{
    private readonly CompiledRule[] _rules;

    private PolicyProgram(CompiledRule[] rules) => _rules = rules;

    /// <summary>Of a regression: the steps that make its promise; null: the policy gives outcomes, or a ranking's page is made of
    /// <see cref="Pages.PageProgram"/>.</summary>
    public PromiseProgram? Promise { get; private init; }

    /// <summary>The rules in order.</summary>
    public IReadOnlyList<CompiledRule> Rules => _rules;

    /// <summary>Compiles the rules; their aggregates join the plan.</summary>
    /// <exception cref="DesignException">A rule uses a threshold in a way that cannot be solved, or gives an
    /// outcome that the design does not declare.</exception>
    public static PolicyProgram Compile(SystemDesign design, FeaturePlanBuilder builder)
    {
        var diagnostics = new DiagnosticBag();
        var rules = new List<CompiledRule>();
        if (design.Decision.Ranking is not null) { return new([]); }        // its lines are a page's steps
        if (design.Decision.Kind == DecisionKind.Regression)
        {
            var promise = PromiseProgram.Compile(design, builder, diagnostics);
            diagnostics.ThrowIfErrors();
            return new([]) { Promise = promise };
        }
        foreach (var rule in design.Policy)
        {
            var (name, condition) = rule switch
            {
                PolicyRule.When conditional => (conditional.Outcome, conditional.Condition),
                PolicyRule.Otherwise otherwise => (otherwise.Outcome, (Expression?)null),
                _ => throw new InvalidOperationException($"{rule.At}: unknown rule {rule.GetType().Name}"),
            };
            var outcome = design.Outcomes.IndexOf(name);
            if (outcome < 0)
            {
                diagnostics.Error(
                    FaultCodes.Undeclared, rule.At, $"the rule gives outcome '{name}', which is not declared",
                    expected: string.Join(", ", design.Outcomes), fix: "add it to outcomes:, or correct the rule");
            }
            var threshold = condition is null ? null : RuleThreshold.Find(rule, condition, builder, diagnostics);
            if (threshold is { Segment: not null } && condition is not null
                && ExpressionWalk.All(condition).Any(static e => e is Expression.Aggregate { Source.IsDecision: true }))
            {
                diagnostics.Error(
                    FaultCodes.Conflict, threshold.Node.At,
                    "a rule that aggregates decisions has one threshold, not one by segment",
                    got: $"'{rule.Text}'", fix: "write a rule for each segment: OUTCOME if CONDITION and score >= threshold(…) and …");
            }
            rules.Add(new(rule, outcome, condition is null ? null : builder.Add(condition), threshold)
            {
                Cost = rule.ExpectedCost is { } cost ? builder.Add(cost) : null,
            });
        }
        if (rules.Count > 0 && rules[^1].Condition is not null)
        {
            diagnostics.Error(
                FaultCodes.PolicyOpen, rules[^1].Rule.At, "the policy leaves decisions without an outcome",
                fix: $"end it with a line that takes everything, e.g. '{design.Outcomes.FirstOrDefault("allow")}'");
        }
        diagnostics.ThrowIfErrors();
        return new([.. rules]);
    }

    /// <summary>Index of the first rule that matches. The last rule of a checked design always matches; −1 for a design without
    /// a policy, whose answer is its score.</summary>
    /// <param name="registers">Complete: scores, thresholds and lists are filled in.</param>
    /// <param name="without">A rule that is passed over, not the last; −1: none.</param>
    public int Decide(ReadOnlySpan<double> registers, int without = -1)
    {
        for (var i = 0; i < _rules.Length - 1; i++)
        {
            if (i == without) { continue; }
            if (_rules[i].Condition is not { } condition || condition.Holds(registers)) { return i; }
        }
        return _rules.Length - 1;
    }

    /// <summary>Whether one rule's condition holds, whatever the rules before it said: the policy trace.</summary>
    public bool Holds(int rule, ReadOnlySpan<double> registers) => _rules[rule].Condition?.Holds(registers) ?? true;

    /// <summary>Index into <see cref="SystemDesign.Outcomes"/> of a rule's outcome; −1 for no rule.</summary>
    public int OutcomeOf(int rule) => rule < 0 ? -1 : _rules[rule].Outcome;
}

/// <summary>A rule, ready to run.</summary>
/// <param name="Outcome">Index into the design's outcomes.</param>
/// <param name="Condition">Null: it takes everything.</param>
/// <param name="Threshold">The threshold that it compares a score with, to be solved from data; null: none.</param>
public sealed record CompiledRule(PolicyRule Rule, int Outcome, ExpressionProgram? Condition, RuleThreshold? Threshold)
{
    /// <summary>What the outcome costs in expectation, of a rule that decides by cost; else null.</summary>
    public ExpressionProgram? Cost { get; init; }

    /// <summary>Whether the condition aggregates what the policy decided before.</summary>
    public bool ReadsDecisions { get; } = Rule.ReadsDecisions;
}
