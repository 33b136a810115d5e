using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Features;

namespace Lintel.Decisions;

/// <summary>The threshold of a rule: what is compared with it, and what it must reach.</summary>
/// <param name="Node">Its place in the rule's condition; the plan names its register by it.</param>
/// <param name="Score">What is compared with it.</param>
/// <param name="ScoreName">The model's name, or the text of the compared expression.</param>
/// <param name="Segment">One threshold is solved for each of its values; null: one for all.</param>
/// <param name="Strict"><c>&gt;</c> stands instead of <c>&gt;=</c>: a score equal to the threshold does not fire.</param>
public sealed record RuleThreshold(
    Expression.Threshold Node, ExpressionProgram Score, string ScoreName, ExpressionProgram? Segment, bool Strict)
{
    /// <summary>The one threshold of a condition; null: it has none, or a fault was reported.</summary>
    internal static RuleThreshold? Find(
        PolicyRule rule, Expression condition, FeaturePlanBuilder builder, DiagnosticBag diagnostics)
    {
        var found = new List<(Expression.Threshold Node, Expression? Score, bool Strict)>();
        Walk(condition, found);
        if (found.Count == 0) { return null; }
        if (found.Count > 1)
        {
            diagnostics.Error(
                FaultCodes.Conflict, found[1].Node.At, $"the rule '{rule.Text}' has {found.Count} thresholds",
                expected: "one a rule: they are solved rule by rule, in order", fix: "make it two rules with the same outcome");
            return null;
        }
        var (node, score, strict) = found[0];
        if (score is null)
        {
            diagnostics.Error(
                FaultCodes.Conflict, node.At, $"the threshold in '{rule.Text}' is not what a score must reach",
                expected: "score >= threshold(…) or score > threshold(…)",
                fix: "compare the score with the threshold from above");
            return null;
        }
        return new(
            node, builder.Add(score), score is Expression.Score s ? s.Model : TextOf(rule, score, node),
            node.Segment is { } segment ? builder.Add(segment) : null, strict);
    }

    private static void Walk(Expression expression, List<(Expression.Threshold, Expression?, bool)> found)
    {
        switch (expression)
        {
            case Expression.Binary
            {
                Operator: BinaryOperator.GreaterOrEqual or BinaryOperator.Greater, Right: Expression.Threshold right,
            } b:
                found.Add((right, b.Left, b.Operator == BinaryOperator.Greater));
                Walk(b.Left, found);
                break;
            case Expression.Binary
            {
                Operator: BinaryOperator.LessOrEqual or BinaryOperator.Less, Left: Expression.Threshold left,
            } b:
                found.Add((left, b.Right, b.Operator == BinaryOperator.Less));
                Walk(b.Right, found);
                break;
            case Expression.Threshold bare:
                found.Add((bare, null, false));
                break;
            case Expression.Binary b:
                Walk(b.Left, found);
                Walk(b.Right, found);
                break;
            case Expression.Unary { Operator: UnaryOperator.Not } not:
                var inside = new List<(Expression.Threshold Node, Expression? Score, bool Strict)>();
                Walk(not.Operand, inside);                    // turned round: no longer what a score must reach
                found.AddRange(inside.Select(static i => (i.Node, (Expression?)null, i.Strict)));
                break;
            case Expression.Unary u:
                Walk(u.Operand, found);
                break;
            case Expression.Conditional c:
                Walk(c.Condition, found);
                Walk(c.Then, found);
                Walk(c.Else, found);
                break;
            case Expression.Call call:
                foreach (var argument in call.Arguments) { Walk(argument, found); }
                break;
            case Expression.Membership m:
                Walk(m.Value, found);
                foreach (var item in m.Items) { Walk(item, found); }
                break;
        }
    }

    // the rule's own words: "block if fraud - 1 >= threshold(…)" gives "fraud - 1"
    private static string TextOf(PolicyRule rule, Expression score, Expression.Threshold node)
    {
        var start = score.At.Column - rule.At.Column;
        var end = node.At.Column - rule.At.Column;
        return start >= 0 && end > start && end <= rule.Text.Length
            ? rule.Text[start..end].TrimEnd(' ', '>', '=') : rule.Text;
    }
}
