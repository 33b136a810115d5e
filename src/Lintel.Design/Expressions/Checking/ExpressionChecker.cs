using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions.Syntax;

namespace Lintel.Design.Expressions.Checking;

/// <summary>Gives every name its meaning and every expression its type. Total: a fault is reported where it stands and
/// its place is taken by a missing constant, which fits everywhere, so that one mistake is one diagnostic.</summary>
internal sealed partial class ExpressionChecker(LocatedText source, ExpressionScope scope, DiagnosticBag diagnostics)
{
    /// <summary>Parses and checks; null after any fault.</summary>
    /// <param name="accepted">Types that the place takes; empty: any.</param>
    public static Expression? Check(
        LocatedText source, ExpressionScope scope, DiagnosticBag diagnostics, params ReadOnlySpan<DataType> accepted)
    {
        var faults = new DiagnosticBag();
        Expression? bound = null;
        if (ExpressionParser.Parse(source, faults) is { } node)
        {
            bound = new ExpressionChecker(source, scope, faults).CheckAs(node, accepted);
        }
        foreach (var fault in faults.All) { diagnostics.Add(fault); }
        return faults.HasErrors ? null : bound;
    }

    public Expression CheckAs(SyntaxNode node, params ReadOnlySpan<DataType> accepted)
    {
        var bound = Check(node);
        if (accepted.Length > 0 && bound.Type != DataType.Missing && !accepted.Contains(bound.Type))
        {
            return Mismatch(node, scope.Place, bound.Type, string.Join(" or ", accepted.ToArray().Select(Noun)));
        }
        return bound;
    }

    public Expression Check(SyntaxNode node) => node switch
    {
        SyntaxNode.Literal literal => new Expression.Constant(At(node), literal.Type, literal.Value),
        SyntaxNode.Date date => new Expression.Constant(At(node), DataType.Time,
            Calendar.Instant(date.Value, date.Value.Kind == DateTimeKind.Utc ? TimeZoneInfo.Utc : scope.Zone)),
        SyntaxNode.Text text => new Expression.TextConstant(At(node), text.Value, ColumnDesign.TextDomain),
        SyntaxNode.Name name => CheckName(name),
        SyntaxNode.Unary unary => CheckUnary(unary),
        SyntaxNode.Binary binary => CheckBinary(binary),
        SyntaxNode.Conditional conditional => CheckConditional(conditional),
        SyntaxNode.Membership membership => CheckMembership(membership),
        SyntaxNode.ListMembership membership => CheckListMembership(membership),
        SyntaxNode.Call { Function: Rate } call => CheckRate(call),
        SyntaxNode.Call call => AggregateOf(call) is { } kind ? CheckAggregate(call, kind) : CheckCall(call),
        SyntaxNode.Threshold threshold => scope.IsPolicy
            ? Fault(FaultCodes.Conflict, node, "a threshold stands alone", null, "score >= threshold(…)",
                "compare a model's score with it")
            : Fault(FaultCodes.NotHere, node, $"{scope.Place} cannot use a threshold", null, null,
                "thresholds are solved for rules of the policy"),
        _ => throw new InvalidOperationException($"syntax {node.GetType().Name} is not of this language"),
    };

    private Expression CheckUnary(SyntaxNode.Unary node)
    {
        var operand = Check(node.Operand);
        if (node.Operator == UnaryOperator.Not)
        {
            return Fits(operand, DataType.Bool)
                ? new Expression.Unary(At(node), DataType.Bool, UnaryOperator.Not, operand)
                : Mismatch(node.Operand, "'not'", operand.Type, Noun(DataType.Bool));
        }
        return operand.Type is DataType.Number or DataType.Duration or DataType.Missing
            ? new Expression.Unary(At(node), operand.Type, UnaryOperator.Negate, operand)
            : Mismatch(node.Operand, "'-'", operand.Type, "a number or a duration");
    }

    private Expression CheckConditional(SyntaxNode.Conditional node)
    {
        var condition = Check(node.Condition);
        var (then, otherwise) = Unify(Check(node.Then), Check(node.Else));
        if (!Fits(condition, DataType.Bool))
        {
            return Mismatch(node.Condition, "'if'", condition.Type, Noun(DataType.Bool));
        }
        return Agree(then, otherwise)
            ? new Expression.Conditional(At(node), Either(then, otherwise), condition, then, otherwise)
            : Mismatch(node.Else, "'else'", otherwise.Type, $"{Noun(then.Type)}, as after 'then'");
    }

    private Expression CheckMembership(SyntaxNode.Membership node)
    {
        var value = Check(node.Value);
        var items = ImmutableArray.CreateBuilder<Expression>(node.Items.Length);
        foreach (var itemNode in node.Items)
        {
            var (left, item) = Unify(value, Check(itemNode));
            value = left;
            CheckOutcome(itemNode, item);
            if (!Agree(value, item))
            {
                return Mismatch(itemNode, "'in'", item.Type, $"{Noun(value.Type)}, as before 'in'");
            }
            items.Add(item);
        }
        return new Expression.Membership(At(node), value, items.ToImmutable());
    }

    private Expression CheckListMembership(SyntaxNode.ListMembership node)
    {
        var value = Check(node.Value);
        if (!scope.IsPolicy)
        {
            return Fault(FaultCodes.NotHere, node, $"{scope.Place} cannot ask a named list", $"'{node.List}'", null,
                "ask the list in the policy: lists change beside the design");
        }
        return value.Type is DataType.Key or DataType.Text or DataType.Missing
            ? new Expression.ListMembership(At(node), value, node.List, DomainOf(value))
            : Mismatch(node.Value, $"'in {node.List}'", value.Type, "a key or a text");
    }

    private Expression CheckCall(SyntaxNode.Call node)
    {
        if (Functions.Find(node.Function) is not { } function)
        {
            if (node.Function == Grammar.FeatureSentence.Cross)
            {
                return Fault(FaultCodes.NotHere, node, "'cross' is a feature of its own", $"'{Quote(node)}'",
                    "NAME: cross(user, ad.creative) hashed 22 bits", "make it a feature; only models that read ids do anything with it");
            }
            return Fault(FaultCodes.Function, node, $"there is no function '{node.Function}'", null, null,
                Suggestion.Fix(node.Function, Functions.All.Select(static f => f.Name).Concat(AggregateNames).Append(Rate)));
        }
        if (node.HasClauses)
        {
            return Fault(FaultCodes.Function, node, $"'{node.Function}' takes no 'by', 'over' or 'where'", null,
                $"one of the aggregates: {string.Join(", ", AggregateNames)}");
        }
        if (node.Arguments.Length != function.Parameters.Length)
        {
            return Fault(FaultCodes.Function, node,
                $"'{node.Function}' takes {Count(function.Parameters.Length, "argument")}", $"{node.Arguments.Length}",
                function.Example);
        }
        var arguments = ImmutableArray.CreateBuilder<Expression>(node.Arguments.Length);
        var type = function.Result;
        for (var i = 0; i < node.Arguments.Length; i++)
        {
            var argument = Check(node.Arguments[i]);
            var wanted = function.Parameters[i];
            if (wanted != DataType.Missing && !Fits(argument, wanted))
            {
                return Mismatch(node.Arguments[i], $"'{node.Function}'", argument.Type,
                    $"{Noun(wanted)}, as in {function.Example}");
            }
            arguments.Add(argument);
        }
        return new Expression.Call(At(node), type, function, arguments.ToImmutable());
    }

    private SourceSpan At(SyntaxNode node) => source.SpanOf(node.Start, node.End);

    private Expression.Constant Fault(
        string code, SyntaxNode node, string message, string? got = null, string? expected = null, string? fix = null)
    {
        diagnostics.Error(code, At(node), message, got, expected, fix);
        return new(At(node), DataType.Missing, double.NaN);
    }

    private Expression.Constant Mismatch(SyntaxNode node, string place, DataType got, string expected) =>
        Fault(FaultCodes.TypeMismatch, node, $"{place} does not take {Noun(got)}", $"'{Quote(node)}', {Noun(got)}",
            expected);

    private string Quote(SyntaxNode node)
    {
        var text = source.Text[node.Start..node.End];
        return text.Length > 60 ? text[..60] + "…" : text;
    }

    private static string Count(int n, string noun) => n == 1 ? $"1 {noun}" : $"{n} {noun}s";

    internal static string Noun(DataType type) => type switch
    {
        DataType.Number => "a number",
        DataType.Bool => "a condition",
        DataType.Text => "a text",
        DataType.Time => "a time",
        DataType.Duration => "a duration",
        DataType.Key => "a key",
        DataType.List => "a list",
        DataType.Id => "an id",
        _ => "missing",
    };
}
