using Lintel.Design;
using Lintel.Design.Expressions;

namespace Lintel.Training.Review;

/// <summary>Walks checked expressions.</summary>
internal static class ExpressionTree
{
    /// <summary>Every node of a kind, the root first, from left to right; inside aggregates too.</summary>
    public static IEnumerable<T> Of<T>(Expression? root) where T : Expression =>
        root is null ? [] : ExpressionWalk.All(root).OfType<T>();

    /// <summary>Conditions of a policy, with the rule each stands in.</summary>
    public static IEnumerable<PolicyRule.When> Conditions(this SystemDesign design) => design.Policy.OfType<PolicyRule.When>();
}
