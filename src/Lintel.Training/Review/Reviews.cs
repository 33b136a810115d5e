using Lintel.Design;
using Lintel.Design.Expressions;

namespace Lintel.Training.Review;

/// <summary>Which rules of a policy send a case to people: those whose outcome is a review by name.</summary>
internal static class Reviews
{
    public static IEnumerable<PolicyRule.When> Rules(SystemDesign design) =>
        design.Conditions().Where(static r => r.Outcome.Contains("review", StringComparison.OrdinalIgnoreCase));

    /// <summary>Sum of the <c>top n/day</c> goals of the review rules, cases a day.</summary>
    public static double AskedPerDay(SystemDesign design) => Rules(design)
        .SelectMany(static r => ExpressionTree.Of<Expression.Threshold>(r.Condition))
        .Select(static t => t.Goal)
        .OfType<ThresholdGoal.Top>()
        .Sum(static top => top.Count * TimeSpan.MicrosecondsPerDay / top.PeriodMicroseconds);
}
