using System.Globalization;
using System.Text;

namespace Lintel.Design.Expressions;

/// <summary>Prints a bound expression as canonical text: the same meaning gives the same text, and reading that text in
/// the same place gives the same expression. Reports show it, and hashes are taken over it.</summary>
/// <remarks>Columns inside an aggregate carry their event's name; durations stand in their largest whole unit; instants
/// are UTC; compound operands stand in parentheses where the language would read them otherwise.</remarks>
public static class ExpressionPrinter
{
    private const int ConditionalPower = 0;
    private const int NotPower = 3;
    private const int ComparisonPower = 4;
    private const int CoalescePower = 5;
    private const int NegatePower = 8;
    private const int PrimaryPower = 9;

    public static string Print(Expression expression)
    {
        var text = new StringBuilder();
        Write(text, expression, ConditionalPower, qualified: false);
        return text.ToString();
    }

    /// <summary>An operator as it is written.</summary>
    public static string Symbol(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.Equal => "=",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.And => "and",
        BinaryOperator.Or => "or",
        BinaryOperator.Coalesce => "??",
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "not an operator of the language"),
    };

    private static void Write(StringBuilder text, Expression expression, int power, bool qualified)
    {
        var own = PowerOf(expression);
        if (own < power) { text.Append('('); }
        WriteBare(text, expression, own, qualified);
        if (own < power) { text.Append(')'); }
    }

    private static void WriteBare(StringBuilder text, Expression expression, int own, bool qualified)
    {
        switch (expression)
        {
            case Expression.Constant constant:
                text.Append(Literal(constant));
                break;
            case Expression.TextConstant constant:
                text.Append(Quote(constant.Value));
                break;
            case Expression.Column column:
                text.Append(qualified ? $"{column.Event.Name}." : "")
                    .Append(column.Event.Columns[column.ColumnIndex].Name);
                break;
            case Expression.Feature feature:
                text.Append(feature.Name);
                break;
            case Expression.Score score:
                text.Append(score.Model);
                break;
            case Expression.Unary unary:
                text.Append(unary.Operator == UnaryOperator.Not ? "not " : "-");
                Write(text, unary.Operand, own, qualified);
                break;
            case Expression.Binary binary:
                // ?? joins to the right, comparisons not at all, the others to the left
                Write(text, binary.Left, own is CoalescePower or ComparisonPower ? own + 1 : own, qualified);
                text.Append(' ').Append(Symbol(binary.Operator)).Append(' ');
                Write(text, binary.Right, own is CoalescePower ? own : own + 1, qualified);
                break;
            case Expression.Conditional conditional:
                text.Append("if ");
                Write(text, conditional.Condition, ConditionalPower, qualified);
                text.Append(" then ");
                Write(text, conditional.Then, ConditionalPower, qualified);
                text.Append(" else ");
                Write(text, conditional.Else, ConditionalPower, qualified);
                break;
            case Expression.Membership membership:
                Write(text, membership.Value, ComparisonPower + 1, qualified);
                text.Append(" in [");
                WriteList(text, membership.Items, CoalescePower, qualified);
                text.Append(']');
                break;
            case Expression.ListMembership membership:
                Write(text, membership.Value, ComparisonPower + 1, qualified);
                text.Append(" in ").Append(membership.List);
                break;
            case Expression.Call call:
                text.Append(call.Function.Name).Append('(');
                WriteList(text, call.Arguments, ConditionalPower + 1, qualified);
                text.Append(')');
                break;
            case Expression.Hashed hashed:
                text.Append("cross(");
                WriteList(text, hashed.Parts, ConditionalPower + 1, qualified);
                text.Append(CultureInfo.InvariantCulture, $") hashed {hashed.Bits} bits");
                break;
            case Expression.Member member:
                text.Append(CultureInfo.InvariantCulture,
                    $"{member.Catalogue.Name}.{member.Catalogue.Fields[member.Field].Name}[{member.Index + 1}]");
                break;
            case Expression.Known known:
                text.Append(known.Catalogue.Name).Append('.').Append(known.Catalogue.Fields[known.Field].Name);
                break;
            case Expression.Aggregate aggregate:
                WriteAggregate(text, aggregate);
                break;
            case Expression.Threshold threshold:
                text.Append("threshold(").Append(Goal(threshold.Goal));
                if (threshold.Segment is { } segment)
                {
                    text.Append(" by ");
                    Write(text, segment, 0, qualified);
                }
                text.Append(')');
                break;
            default:
                throw new InvalidOperationException($"expression {expression.GetType().Name} is not of this language");
        }
    }

    private static void WriteList(StringBuilder text, IReadOnlyList<Expression> items, int power, bool qualified)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0) { text.Append(", "); }
            Write(text, items[i], power, qualified);
        }
    }

    private static void WriteAggregate(StringBuilder text, Expression.Aggregate aggregate)
    {
        text.Append(aggregate.Kind.ToString().ToLowerInvariant()).Append('(');
        if (aggregate.Value is null) { text.Append(aggregate.Source.Name); }
        else { Write(text, aggregate.Value, ConditionalPower, qualified: true); }
        if (aggregate.Where is not null)
        {
            text.Append(" where ");
            Write(text, aggregate.Where, ConditionalPower, qualified: true);
        }
        text.Append(')');
        if (!aggregate.SourceKeys.IsEmpty)
        {
            text.Append(" by ").AppendJoin(", ", aggregate.SourceKeys.Select(k => aggregate.Source.Columns[k].Name));
        }
        if (aggregate.WindowMicroseconds is { } window) { text.Append(" over ").Append(Units.Print(window)); }
    }

    private static int PowerOf(Expression expression) => expression switch
    {
        Expression.Conditional => ConditionalPower,
        Expression.Unary { Operator: UnaryOperator.Not } => NotPower,
        Expression.Unary => NegatePower,
        Expression.Membership or Expression.ListMembership => ComparisonPower,
        // a list of keys that no window ends would swallow what follows a comma
        Expression.Aggregate { SourceKeys.IsEmpty: false, WindowMicroseconds: null } => ConditionalPower,
        Expression.Constant { Value: < 0 } => NegatePower,
        Expression.Binary binary => binary.Operator switch
        {
            BinaryOperator.Or => 1,
            BinaryOperator.And => 2,
            BinaryOperator.Coalesce => CoalescePower,
            BinaryOperator.Add or BinaryOperator.Subtract => 6,
            BinaryOperator.Multiply or BinaryOperator.Divide => 7,
            _ => ComparisonPower,
        },
        _ => PrimaryPower,
    };

    private static string Literal(Expression.Constant constant) => constant.Type switch
    {
        _ when double.IsNaN(constant.Value) => "missing",
        DataType.Bool => constant.Value != 0 ? "true" : "false",
        DataType.Duration => Units.Print((long)constant.Value),
        DataType.Time => Instant(constant.Value),
        _ => constant.Value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Instant(double microseconds)
    {
        var time = DateTime.UnixEpoch.AddTicks((long)microseconds * TimeSpan.TicksPerMicrosecond);
        return time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
    }

    private static string Goal(ThresholdGoal goal) => goal switch
    {
        ThresholdGoal.Precision precision => $"precision {Percent(precision.Share)}",
        ThresholdGoal.Recall recall => $"recall {Percent(recall.Share)}",
        ThresholdGoal.Top top => $"top {top.Count.ToString("R", CultureInfo.InvariantCulture)}/{Period(top)}",
        _ => throw new InvalidOperationException($"goal {goal.GetType().Name} is not of this language"),
    };

    private static string Period(ThresholdGoal.Top top) =>
        Array.Find(Units.Periods, p => p.Microseconds == top.PeriodMicroseconds && p.Unit.Length > 1).Unit;

    private static string Percent(double share) =>
        $"{((decimal)share * 100).ToString("0.############", CultureInfo.InvariantCulture)}%";

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\t", "\\t")}\"";
}
