using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Design.Grammar;

/// <summary><c>decide by cost</c>: the outcome of least expected cost, as one rule for each outcome whose condition is
/// that no other costs less.</summary>
/// <remarks>With p the calibrated probability: passing costs p · missed, refusing (1 − p) · blocked, a review what a
/// review costs (the reviewer finds the truth), a challenge its own cost and p · (1 − stops) · missed. Of equal costs
/// the mildest outcome wins; where a cost is missing, the mildest outcome is given. Source: Elkan, The Foundations of
/// Cost-Sensitive Learning, IJCAI 2001.</remarks>
internal static class CostRule
{
    public const string Line = "decide by cost";

    private static readonly (OutcomeRole Role, string[] Costs)[] Needs =
    [
        (OutcomeRole.Passed, ["missed"]), (OutcomeRole.Refused, ["blocked"]), (OutcomeRole.Reviewed, ["review"]),
        (OutcomeRole.Challenged, ["challenge", "missed"]),
    ];

    /// <summary>Whether a line that starts as this rule does is it; null: it is another rule. A wrong one is
    /// reported.</summary>
    public static bool? IsMeant(LocatedText line, BindingContext context)
    {
        if (line.Text == Line) { return true; }
        if (context.Outcomes.IsEmpty || context.Outcomes.Any(o => line.Text.StartsWith(o, StringComparison.Ordinal))
            || !line.Text.StartsWith("decide ", StringComparison.Ordinal))
        {
            return null;
        }
        var hasCondition = line.Text.StartsWith($"{Line} if ", StringComparison.Ordinal);
        context.Error(FaultCodes.WrongForm, line.At,
            hasCondition ? $"'{Line}' takes no condition: it decides everything that reaches it" : "this is no rule",
            $"'{line.Text}'", Line,
            hasCondition ? "make it the last line, behind the rules with conditions" : null);
        return false;
    }

    /// <summary>The rules that the line stands for, the hardest outcome first; empty after a fault.</summary>
    public static ImmutableArray<PolicyRule> Bind(
        LocatedText line, ImmutableArray<OutcomeDesign> outcomes, RequirementsDesign requirements, BindingContext context)
    {
        if (!CostsAreThere(line, outcomes, requirements, context) || context.FinalModel is not { } model) { return []; }
        var costs = outcomes.Select(o => ExpectedCost(line.At, o, model, requirements)).ToList();
        var rules = ImmutableArray.CreateBuilder<PolicyRule>(outcomes.Length);
        for (var i = outcomes.Length - 1; i >= 0; i--)
        {
            var text = $"{Line}: {outcomes[i].Name}";
            rules.Add(i == 0
                ? new PolicyRule.Otherwise(line.At, text, outcomes[i].Name) { ExpectedCost = costs[i] }
                : new PolicyRule.When(line.At, text, outcomes[i].Name, IsLeast(costs, i)) { ExpectedCost = costs[i] });
        }
        return rules.MoveToImmutable();
    }

    private static bool CostsAreThere(
        LocatedText line, ImmutableArray<OutcomeDesign> outcomes, RequirementsDesign requirements, BindingContext context)
    {
        var whole = true;
        foreach (var (role, needed) in Needs)
        {
            if (outcomes.FirstOrDefault(o => o.Role == role) is not { } outcome) { continue; }
            foreach (var name in needed)
            {
                whole &= RequiredCosts.Find(line, $"'{Line}'", name, $" for outcome '{outcome.Name}'", requirements, context) is not null;
            }
        }
        return whole;
    }

    private static Expression IsLeast(List<Expression> costs, int outcome)
    {
        Expression? condition = null;
        for (var other = 0; other < costs.Count; other++)
        {
            if (other == outcome) { continue; }
            var comparison = other < outcome ? BinaryOperator.Less : BinaryOperator.LessOrEqual;
            var holds = new Expression.Binary(
                costs[outcome].At, DataType.Bool, comparison, costs[outcome], costs[other]);
            condition = condition is null
                ? holds
                : new Expression.Binary(holds.At, DataType.Bool, BinaryOperator.And, condition, holds);
        }
        return condition ?? new Expression.Constant(costs[outcome].At, DataType.Bool, 1);
    }

    private static Expression ExpectedCost(
        SourceSpan at, OutcomeDesign outcome, string model, RequirementsDesign requirements)
    {
        var p = new Expression.Score(at, model, ScoreForm.Probability);
        return outcome.Role switch
        {
            OutcomeRole.Passed => Times(p, Cost("missed")),
            OutcomeRole.Refused => Times(Join(BinaryOperator.Subtract, Number(1), p), Cost("blocked")),
            OutcomeRole.Reviewed => Cost("review"),
            _ => Join(BinaryOperator.Add, Cost("challenge"), Times(Times(p, Number(1 - outcome.Stops)), Cost("missed"))),
        };

        Expression Cost(string name) => requirements.Costs.First(c => c.Name == name).Value;

        Expression.Constant Number(double value) => new(at, DataType.Number, value);

        Expression Times(Expression a, Expression b) => Join(BinaryOperator.Multiply, a, b);

        Expression.Binary Join(BinaryOperator op, Expression a, Expression b) => new(at, DataType.Number, op, a, b);
    }
}
