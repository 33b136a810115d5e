using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Design.Grammar;

/// <summary>Costs that a line of the policy reads: they must be named, and known when it decides.</summary>
internal static class RequiredCosts
{
    /// <param name="reader">The line's kind, as a message names it.</param> <param name="purpose">Behind the cost in the message; may be empty.</param>
    /// <returns>Null: it is not there or known too late, which is told.</returns>
    public static Expression? Find(
        LocatedText line, string reader, string name, string purpose, RequirementsDesign requirements, BindingContext context)
    {
        if (requirements.Costs.FirstOrDefault(c => c.Name == name)?.Value is not { } cost)
        {
            context.Error(FaultCodes.Undeclared, line.At, $"{reader} needs the cost '{name}'{purpose}", null, $"requirements: costs: {name}",
                "declare it");
            return null;
        }
        var late = ExpressionWalk.Columns(cost).FirstOrDefault(static c => c.Event.Columns[c.ColumnIndex].KnownAt is not null);
        if (late is null) { return cost; }
        context.Error(FaultCodes.LateValue, late.At,
            $"{reader} reads the cost '{name}', and '{late.Event.Columns[late.ColumnIndex].Name}' is known too late", null,
            "a cost over what is known at the decision");
        return null;
    }
}
