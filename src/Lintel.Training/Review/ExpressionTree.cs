using System.Collections.Immutable;
using Lintel.Design;
using Lintel.Design.Expressions;

namespace Lintel.Training.Review;

/// <summary>Walks checked expressions.</summary>
internal static class ExpressionTree
{
    /// <summary>Every node of a kind, the root first, from left to right; inside aggregates too.</summary>
    public static IEnumerable<T> Of<T>(Expression? root) where T : Expression
    {
        if (root is null) { yield break; }
        if (root is T hit) { yield return hit; }
        foreach (var child in Children(root))
        {
            foreach (var below in Of<T>(child)) { yield return below; }
        }
    }

    /// <summary>Conditions of a policy, with the rule each stands in.</summary>
    public static IEnumerable<PolicyRule.When> Conditions(this SystemDesign design) => design.Policy.OfType<PolicyRule.When>();

    private static ImmutableArray<Expression> Children(Expression node) => node switch
    {
        Expression.Unary u => [u.Operand],
        Expression.Binary b => [b.Left, b.Right],
        Expression.Conditional c => [c.Condition, c.Then, c.Else],
        Expression.Membership m => [m.Value, .. m.Items],
        Expression.ListMembership l => [l.Value],
        Expression.Call c => c.Arguments,
        Expression.Aggregate a => [.. new[] { a.Value, a.Where }.OfType<Expression>()],
        _ => [],
    };
}
