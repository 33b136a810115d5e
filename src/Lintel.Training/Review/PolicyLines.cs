using Lintel.Design;
using Lintel.Design.Expressions;

namespace Lintel.Training.Review;

/// <summary>What a line of the policy asks.</summary>
internal static class PolicyLines
{
    /// <summary>Whether it asks a named list: those are empty where files are replayed.</summary>
    public static bool AsksList(PolicyRule line) => line is PolicyRule.When rule
        && ExpressionWalk.All(rule.Condition).Any(static e => e is Expression.ListMembership);
}
