using System.Globalization;
using System.Text;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions.Syntax;

namespace Lintel.Design.Expressions;

/// <summary>Writes an expression over a source's columns as DuckDB SQL. A subset of the language: no events, no
/// aggregates, no named lists. Calendar functions and dates mean the file's own clock. Missing is NULL, and <c>x /
/// 0</c> is NULL.</summary>
internal sealed class SourceSql(LocatedText source, DiagnosticBag diagnostics)
{
    private readonly StringBuilder _sql = new();
    private readonly SortedSet<string> _columns = new(StringComparer.Ordinal);

    /// <summary>Functions with their SQL; {0} and on are the arguments.</summary>
    private static readonly Dictionary<string, string> Sql = new(StringComparer.Ordinal)
    {
        ["hour"] = "hour({0})",
        ["minute"] = "minute({0})",
        ["weekday"] = "isodow({0})",
        ["monthday"] = "day({0})",
        ["yearday"] = "dayofyear({0})",
        ["month"] = "month({0})",
        ["year"] = "year({0})",
        ["day"] = "date_trunc('day', {0})",
        ["date"] = "make_timestamp(CAST({0} AS BIGINT), CAST({1} AS BIGINT), CAST({2} AS BIGINT), 0, 0, 0)",
        ["seconds"] = "(epoch_us({0}) / 1e6)",
        ["minutes"] = "(epoch_us({0}) / 6e7)",
        ["hours"] = "(epoch_us({0}) / 3.6e9)",
        ["days"] = "(epoch_us({0}) / 8.64e10)",
        ["abs"] = "abs({0})",
        ["sign"] = "sign({0})",
        ["log"] = "ln(CASE WHEN {0} > 0 THEN {0} END)",
        ["exp"] = "exp({0})",
        ["sqrt"] = "sqrt(CASE WHEN {0} >= 0 THEN {0} END)",
        ["min"] = "CASE WHEN {0} <= {1} THEN {0} WHEN {1} < {0} THEN {1} END",
        ["max"] = "CASE WHEN {0} >= {1} THEN {0} WHEN {1} > {0} THEN {1} END",
        ["round"] = "round({0})",
        ["floor"] = "floor({0})",
        ["ceiling"] = "ceil({0})",
        ["present"] = "({0} IS NOT NULL)",
    };

    /// <summary>Parses and writes; null after a fault.</summary>
    public static SourceExpression? Read(LocatedText source, DiagnosticBag diagnostics) =>
        ExpressionParser.Parse(source, diagnostics) is { } node ? Write(source, node, diagnostics) : null;

    /// <summary>Writes an expression that a parser has read from a longer text.</summary>
    public static SourceExpression? Write(LocatedText source, SyntaxNode node, DiagnosticBag diagnostics)
    {
        var writer = new SourceSql(source, diagnostics);
        return writer.Write(node)
            ? new(source.SpanOf(node.Start, node.End), source.Text[node.Start..node.End], writer._sql.ToString(),
                [.. writer._columns])
            : null;
    }

    /// <summary>A duration as SQL.</summary>
    public static string Interval(double microseconds) =>
        $"to_microseconds({((long)microseconds).ToString(CultureInfo.InvariantCulture)})";

    public static string Quote(string column) => $"\"{column.Replace("\"", "\"\"")}\"";

    private bool Write(SyntaxNode node)
    {
        switch (node)
        {
            case SyntaxNode.Literal literal:
                _sql.Append(Literal(literal));
                return true;
            case SyntaxNode.Date date:
                _sql.Append("TIMESTAMP '")
                    .Append(date.Value.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture))
                    .Append('\'');
                return true;
            case SyntaxNode.Text text:
                _sql.Append('\'').Append(text.Value.Replace("'", "''")).Append('\'');
                return true;
            case SyntaxNode.Name name:
                return WriteColumn(name);
            case SyntaxNode.Unary unary:
                return Around(unary.Operator == UnaryOperator.Not ? "(NOT " : "(-", ")", unary.Operand);
            case SyntaxNode.Binary binary:
                return WriteBinary(binary);
            case SyntaxNode.Conditional conditional:
                // a missing condition matches neither and gives missing
                return Around("CASE ", " WHEN TRUE THEN ", conditional.Condition)
                    && Around("", " WHEN FALSE THEN ", conditional.Then) && Around("", " END", conditional.Else);
            case SyntaxNode.Membership membership:
                return WriteMembership(membership);
            case SyntaxNode.Call call:
                return WriteCall(call);
            default:
                return Refuse(node, "this needs what only the running system has");
        }
    }

    private bool WriteColumn(SyntaxNode.Name name)
    {
        if (!name.Quoted && name.Tail.Length > 0)
        {
            return Refuse(name, $"'{name.Value}' is no column of a source");
        }
        _columns.Add(name.Value);
        _sql.Append(Quote(name.Value));
        return true;
    }

    private bool WriteBinary(SyntaxNode.Binary binary)
    {
        var (open, middle, close) = binary.Operator switch
        {
            BinaryOperator.Coalesce => ("coalesce(", ", ", ")"),
            BinaryOperator.Divide => ("(", " / nullif(", ", 0))"),
            BinaryOperator.NotEqual => ("(", " <> ", ")"),
            BinaryOperator.And => ("(", " AND ", ")"),
            BinaryOperator.Or => ("(", " OR ", ")"),
            _ => ("(", $" {ExpressionPrinter.Symbol(binary.Operator)} ", ")"),
        };
        return Around(open, middle, binary.Left) && Write(binary.Right) && Close(close);
    }

    private bool WriteMembership(SyntaxNode.Membership membership)
    {
        if (!Around("(", " IN (", membership.Value)) { return false; }
        for (var i = 0; i < membership.Items.Length; i++)
        {
            if (i > 0) { _sql.Append(", "); }
            if (!Write(membership.Items[i])) { return false; }
        }
        return Close("))");
    }

    private bool WriteCall(SyntaxNode.Call call)
    {
        if (call.HasClauses
            || (Functions.Find(call.Function) is null
            && Checking.ExpressionChecker.AggregateNames.Contains(call.Function)))
        {
            return Refuse(call, "an aggregate cannot stand in a source expression", "make it a feature");
        }
        if (Functions.Find(call.Function) is not { } function || !Sql.TryGetValue(call.Function, out var form))
        {
            diagnostics.Error(FaultCodes.Function, source.SpanOf(call.Start, call.End),
                $"there is no function '{call.Function}' for sources", null, null,
                Suggestion.Fix(call.Function, Sql.Keys));
            return false;
        }
        if (call.Arguments.Length != function.Parameters.Length)
        {
            diagnostics.Error(FaultCodes.Function, source.SpanOf(call.Start, call.End),
                $"'{call.Function}' takes {function.Parameters.Length} arguments", $"{call.Arguments.Length}",
                function.Example);
            return false;
        }
        var outer = _sql.ToString();
        var arguments = new object[call.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            _sql.Clear();
            if (!Write(call.Arguments[i])) { return false; }
            arguments[i] = _sql.ToString();
            // arguments that stand twice in nested calls double each time
            if (_sql.Length > 100_000) { return Refuse(call, "the expression is too long as SQL"); }
        }
        _sql.Clear().Append(outer).Append('(').AppendFormat(CultureInfo.InvariantCulture, form, arguments).Append(')');
        return true;
    }

    private bool Around(string open, string close, SyntaxNode node)
    {
        _sql.Append(open);
        return Write(node) && Close(close);
    }

    private bool Close(string text)
    {
        _sql.Append(text);
        return true;
    }

    private bool Refuse(SyntaxNode node, string message, string? fix = null)
    {
        diagnostics.Error(FaultCodes.NotHere, source.SpanOf(node.Start, node.End), message,
            $"'{source.Text[node.Start..Math.Min(node.End, node.Start + 60)]}'",
            "an expression over the source's columns", fix);
        return false;
    }

    private static string Literal(SyntaxNode.Literal literal) => literal.Type switch
    {
        DataType.Missing => "NULL",
        DataType.Bool => literal.Value != 0 ? "TRUE" : "FALSE",
        DataType.Duration => Interval(literal.Value),
        _ => literal.Value.ToString("R", CultureInfo.InvariantCulture),
    };
}
