using Lintel.Design;
using Lintel.Design.Expressions;

namespace Lintel.Training.Review;

/// <summary>Which rules of a policy send a case to people: those whose outcome is a review.</summary>
internal static class Reviews
{
    public static IEnumerable<PolicyRule.When> Rules(SystemDesign design) =>
        design.Conditions().Where(r =>
            design.OutcomeDesigns.Any(o => o.Name == r.Outcome && o.Role == OutcomeRole.Reviewed));

    /// <summary>Sum of the <c>top n/day</c> goals of the review rules, cases a day; by a condition both its values ask, by more values
    /// this is the least that is asked.</summary>
    public static double AskedPerDay(SystemDesign design) => Rules(design)
        .SelectMany(static r => ExpressionTree.Of<Expression.Threshold>(r.Condition))
        .Sum(static t => t.Goal is ThresholdGoal.Top top
            ? top.Count * TimeSpan.MicrosecondsPerDay / top.PeriodMicroseconds * (t.Segment is { Type: DataType.Bool } ? 2 : 1)
            : 0);
}
