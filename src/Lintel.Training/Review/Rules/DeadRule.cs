using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Training.Review.Rules;

/// <summary>The first match decides, so a later rule may never be asked.</summary>
internal sealed class DeadRule : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0483", "A rule that can never match", Severity.Warning, EvidenceKind.Design,
        "In which order do your rules run, and which one of them has never fired?",
        "Rules behind an unconditional one, rules whose condition an earlier rule repeats, and score rules whose bound lies inside "
        + "an earlier rule's.",
        "Reorder the rules, loosen the later bound, or take the rule out.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var rules = subject.Design.Policy;
        for (var later = 1; later < rules.Length; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                if (WhyCovered(rules[earlier], rules[later]) is not { } why) { continue; }
                yield return new(rules[later].At, $"rule {later + 1} ('{rules[later].Text}') can never match",
                    $"rule {earlier + 1} of {rules.Length} ('{rules[earlier].Text}') comes first: {why}");
                break;
            }
        }
    }

    private static string? WhyCovered(PolicyRule earlier, PolicyRule later) => (earlier, later) switch
    {
        (PolicyRule.Otherwise, _) => "it matches everything",
        (PolicyRule.When a, PolicyRule.When b) when Condition(a) == Condition(b) => "it has the same condition",
        (PolicyRule.When a, PolicyRule.When b) => Narrower(a.Condition, b.Condition),
        _ => null,
    };

    private static string Condition(PolicyRule.When rule) => rule.ExpectedCost is not null
        ? rule.Text
        : rule.Text[(rule.Text.IndexOf(" if ", StringComparison.Ordinal) + 4)..].Trim();

    private static string? Narrower(Expression earlier, Expression later)
    {
        if (Bound(earlier) is not { } first || Bound(later) is not { } second || first.Left != second.Left) { return null; }
        if (Segment(first.Right) != Segment(second.Right)) { return null; }
        return (first.Right, second.Right) switch
        {
            (Expression.Constant a, Expression.Constant b) when b.Value > a.Value || (b.Value == a.Value && (first.Included || !second.Included)) =>
                $"its bound {Measure.Number(a.Value, 4)} is no higher than {Measure.Number(b.Value, 4)}",
            (Expression.Threshold { Goal: ThresholdGoal.Precision a }, Expression.Threshold { Goal: ThresholdGoal.Precision b })
                when b.Share >= a.Share => $"precision {Measure.Share(b.Share)} is asked behind {Measure.Share(a.Share)}",
            (Expression.Threshold { Goal: ThresholdGoal.Recall a }, Expression.Threshold { Goal: ThresholdGoal.Recall b })
                when b.Share <= a.Share => $"recall {Measure.Share(b.Share)} is asked behind {Measure.Share(a.Share)}",
            _ => null,
        };
    }

    /// <summary>Thresholds by segment are compared only where the segments are the same.</summary>
    private static string? Segment(Expression bound) =>
        bound is Expression.Threshold { Segment: { } by } ? ExpressionPrinter.Print(by) : null;

    /// <summary>A lower bound on one score or column: <c>name &gt;= x</c>.</summary>
    private static (string Left, Expression Right, bool Included)? Bound(Expression condition)
    {
        if (condition is not Expression.Binary { Operator: BinaryOperator.GreaterOrEqual or BinaryOperator.Greater } b) { return null; }
        var left = b.Left switch
        {
            Expression.Score s => $"score {s.Model} {s.Form}",
            Expression.Column c => $"column {c.ColumnIndex}",
            Expression.Feature f => $"feature {f.Name}",
            _ => null,
        };
        return left is null ? null : (left, b.Right, b.Operator == BinaryOperator.GreaterOrEqual);
    }
}
