using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions.Syntax;
using static Lintel.Design.Expressions.BinaryOperator;
using static Lintel.Design.Expressions.DataType;

namespace Lintel.Design.Expressions.Checking;

// which types the operators take, and how texts find their dictionary
internal sealed partial class ExpressionChecker
{
    private Expression CheckBinary(SyntaxNode.Binary node)
    {
        if (node.Left is SyntaxNode.Threshold || node.Right is SyntaxNode.Threshold)
        {
            return CheckThreshold(node);
        }
        var (left, right) = Unify(Check(node.Left), Check(node.Right));
        CheckOutcome(node.Left, left);
        CheckOutcome(node.Right, right);
        var result = node.Operator switch
        {
            And or Or => Fits(left, Bool) && Fits(right, Bool) ? Bool : (DataType?)null,
            Equal or NotEqual => Agree(left, right) ? Bool : null,
            Less or LessOrEqual or Greater or GreaterOrEqual =>
                Agree(left, right) && IsOrdered(left.Type) && IsOrdered(right.Type) ? Bool : null,
            Coalesce => Agree(left, right) ? Either(left, right) : null,
            _ => Arithmetic(node.Operator, left.Type, right.Type),
        };
        if (result is { } type) { return new Expression.Binary(At(node), type, node.Operator, left, right); }
        var symbol = ExpressionPrinter.Symbol(node.Operator);
        return Fault(FaultCodes.TypeMismatch, node, $"'{symbol}' does not join these two",
            $"{Noun(left.Type)} {symbol} {Noun(right.Type)}", Rule(node.Operator), Hint(node.Operator, left, right));
    }

    /// <summary>A text that meets <c>outcome</c> is one that can be decided.</summary>
    private void CheckOutcome(SyntaxNode node, Expression value)
    {
        if (value is not Expression.TextConstant { Domain: DecisionEvent.OutcomeDomain } text
            || scope.Outcomes.Contains(text.Value))
        {
            return;
        }
        Fault(FaultCodes.Undeclared, node, $"'{text.Value}' is no declared outcome", null,
            string.Join(", ", scope.Outcomes), Suggestion.Fix(text.Value, scope.Outcomes));
    }

    private static DataType? Arithmetic(BinaryOperator op, DataType left, DataType right) => (op, left, right) switch
    {
        (_, Missing, Missing) => Missing,
        (_, Number or Missing, Number) or (_, Number, Missing) => Number,
        (Add, Time, Duration or Missing) or (Add, Duration or Missing, Time) => Time,
        (Subtract, Time, Duration) => Time,
        (Subtract, Time, Time) => Duration,
        (Subtract, Missing, Time) => Duration,
        (Subtract, Time, Missing) => Missing,
        (Add or Subtract, Duration or Missing, Duration) or (Add or Subtract, Duration, Missing) => Duration,
        (Multiply, Duration or Missing, Number) or (Multiply, Number, Duration or Missing) => Duration,
        (Multiply, Duration, Missing) or (Multiply, Missing, Duration) => Duration,
        (Divide, Duration, Number) => Duration,
        (Divide, Duration, Duration) => Number,
        (Divide, Duration, Missing) or (Divide, Missing, Duration) => Missing,
        _ => null,
    };

    private Expression CheckThreshold(SyntaxNode.Binary node)
    {
        if (!scope.IsPolicy)
        {
            return Fault(FaultCodes.NotHere, node, $"{scope.Place} cannot use a threshold", null, null,
                "thresholds are solved for rules of the policy");
        }
        if (node is not { Operator: GreaterOrEqual, Right: SyntaxNode.Threshold threshold })
        {
            return Fault(FaultCodes.Conflict, node, "a threshold is a lower bound of a score", $"'{Quote(node)}'",
                "score >= threshold(…)");
        }
        var left = Check(node.Left);
        if (left is not Expression.Score score)
        {
            return left.Type == Missing && left is Expression.Constant
                ? left
                : Fault(FaultCodes.TypeMismatch, node.Left, "only a model's score is compared with a threshold",
                    $"'{Quote(node.Left)}'", "the name of a model", Suggestion.Fix(Quote(node.Left), scope.Models));
        }
        var segment = CheckSegment(threshold.Segment);
        return new Expression.Binary(At(node), Bool, GreaterOrEqual, score with { Form = ScoreForm.Margin },
            new Expression.Threshold(
                At(threshold), threshold.Goal, segment, segment is null ? null : DomainOf(segment)));
    }

    /// <summary>A segment has few values: conditions, texts and keys do, numbers do not.</summary>
    private Expression? CheckSegment(SyntaxNode? segment)
    {
        if (segment is null) { return null; }
        var value = Check(segment);
        return value.Type is Bool or Text or Key or Missing
            ? value
            : Fault(FaultCodes.TypeMismatch, segment, "a segment is a condition, a text or a key",
                Noun(value.Type), "such as night, amount > 100 or country");
    }

    private static string Rule(BinaryOperator op) => op switch
    {
        And or Or => "two conditions",
        Equal or NotEqual or Coalesce => "two values of one type",
        Less or LessOrEqual or Greater or GreaterOrEqual => "two numbers, two times or two durations",
        Add or Subtract => "two numbers, two durations, or a time and a duration",
        Multiply => "two numbers, or a duration and a number",
        _ => "two numbers, a duration and a number, or two durations",
    };

    private static string? Hint(BinaryOperator op, Expression left, Expression right)
    {
        if (op is Less or LessOrEqual or Greater or GreaterOrEqual or Equal or NotEqual
            && (left.Type, right.Type) is (Duration, Number) or (Number, Duration))
        {
            return "write a duration such as 1h, or take its number: hours(…)";
        }
        if (op is Equal or NotEqual && left.Type == Key && right.Type == Key)
        {
            return "they are keys of different entities";
        }
        return op is not (And or Or) && (left.Type == Bool || right.Type == Bool)
            ? "write 'if … then 1 else 0' to count a condition"
            : null;
    }

    private static bool IsOrdered(DataType type) => type is Number or Time or Duration or Missing;

    private static bool Fits(Expression expression, DataType type) => expression.Type == type
        || expression.Type == Missing;

    private static DataType Either(Expression left, Expression right) => left.Type == Missing ? right.Type : left.Type;

    /// <summary>Of one type and, for texts and keys, of one dictionary.</summary>
    private bool Agree(Expression left, Expression right)
    {
        if (left.Type == Missing || right.Type == Missing) { return true; }
        return left.Type is Text or Key
            ? right.Type is Text or Key && DomainOf(left) == DomainOf(right)
            : left.Type == right.Type && left.Type != Id;
    }

    /// <summary>A text in quotes takes the dictionary of what it meets.</summary>
    private (Expression Left, Expression Right) Unify(Expression left, Expression right) => (left, right) switch
    {
        (Expression.TextConstant text, not Expression.TextConstant) when DomainOf(right) is { } domain =>
            (text with { Domain = domain }, right),
        (not Expression.TextConstant, Expression.TextConstant text) when DomainOf(left) is { } domain =>
            (left, text with { Domain = domain }),
        _ => (left, right),
    };

    /// <summary>The dictionary of a text's or key's codes; null for other types.</summary>
    internal string? DomainOf(Expression expression) => expression switch
    {
        Expression.TextConstant text => text.Domain,
        Expression.Column column => column.Event.Columns[column.ColumnIndex].Domain,
        Expression.Feature feature => scope.Features.TryGetValue(feature.Name, out var type) ? type.Domain : null,
        Expression.Conditional conditional => DomainOf(conditional.Then) ?? DomainOf(conditional.Else),
        Expression.Binary { Operator: Coalesce } binary => DomainOf(binary.Left) ?? DomainOf(binary.Right),
        Expression.Aggregate { Value: { } value, Type: Text or Key } => DomainOf(value),
        Expression.Member member => member.Domain,
        Expression.Known known => known.Domain,
        _ => null,
    };
}
