using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions.Syntax;
using static Lintel.Design.Expressions.BinaryOperator;
using static Lintel.Design.Expressions.DataType;

namespace Lintel.Design.Expressions.Checking;

// rate(click, impression) by ad over 7d smoothed 20: a shorter way to say four counts
internal sealed partial class ExpressionChecker
{
    internal const string Rate = "rate";

    /// <summary>count(A) / count(B) by the keys; smoothed by m: (count(A) + m · r) / (count(B) + m), where r is the same share in the same
    /// window without keys. All are plain windows, so a rate is as free of the future as a count.</summary>
    private Expression CheckRate(SyntaxNode.Call node)
    {
        if (node.Arguments.Length != 2)
        {
            return Fault(FaultCodes.Aggregate, node, "'rate' counts one event over another", $"{node.Arguments.Length} arguments",
                "such as rate(click, impression) by ad over 7d smoothed 20");
        }
        var before = diagnostics.All.Count;
        var (part, whole) = (Count(node, 0, keyed: true), Count(node, 1, keyed: true));
        if (diagnostics.All.Count > before) { return new Expression.Constant(At(node), Missing, double.NaN); }
        if (node.Smoothed is not { } weight) { return Join(node, Divide, part, whole); }
        var usual = Join(node, Divide, Count(node, 0, keyed: false), Count(node, 1, keyed: false));
        var m = new Expression.Constant(At(node), Number, weight);
        return Join(node, Divide, Join(node, Add, part, Join(node, Multiply, m, usual)), Join(node, Add, whole, m));
    }

    private Expression Count(SyntaxNode.Call node, int argument, bool keyed) => CheckAggregate(
        node with { Function = "count", Arguments = [node.Arguments[argument]], By = keyed ? node.By : [], Smoothed = null },
        AggregateKind.Count);

    private Expression.Binary Join(SyntaxNode node, BinaryOperator op, Expression left, Expression right) =>
        new(At(node), Number, op, left, right);
}
