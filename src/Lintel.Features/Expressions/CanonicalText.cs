using System.Globalization;
using Lintel.Design.Expressions;

namespace Lintel.Features.Expressions;

/// <summary>One text for each meaning of an expression over an event's columns, whatever its place in the file: equal texts share
/// state, and the plan's hash is made of them.</summary>
internal static class CanonicalText
{
    internal static string Of(Expression? expression) => expression switch
    {
        null => "-",
        Expression.Constant c => $"{c.Type}:{BitConverter.DoubleToInt64Bits(c.Value).ToString("x", CultureInfo.InvariantCulture)}",
        Expression.TextConstant t => $"{t.Domain}:{t.Value.Length}:{t.Value}",
        Expression.Column c => $"{c.Event.Name}.{c.Event.Columns[c.ColumnIndex].Name}#{c.ColumnIndex}",
        Expression.Feature f => $"feature {f.Name}",
        Expression.Score s => $"{s.Form} of {s.Model}",
        Expression.Unary u => $"{u.Operator}({Of(u.Operand)})",
        Expression.Binary b => $"{b.Operator}({Of(b.Left)},{Of(b.Right)})",
        Expression.Conditional c => $"if({Of(c.Condition)},{Of(c.Then)},{Of(c.Else)})",
        Expression.Membership m => $"in({Of(m.Value)};{string.Join(',', m.Items.Select(Of))})",
        Expression.ListMembership l => $"in({Of(l.Value)};list {l.List})",
        Expression.Call c => $"{c.Function.Name}({string.Join(',', c.Arguments.Select(Of))})",
        Expression.Hashed h => $"hashed {h.Bits}({string.Join(',', h.Parts.Select(Of))})",
        Expression.Known k => $"field of {k.Catalogue.Name}.{k.Field}({Of(k.Key)})",
        Expression.Member m => $"member {m.Index} of {m.Catalogue.Name}.{m.Field}({Of(m.Key)})",
        Expression.Aggregate a => $"{a.Kind}({Of(a.Value)}) of {a.Source.Name} by {string.Join(',', a.SourceKeys)}"
            + $" for {string.Join(',', a.DecisionKeys)} in fields {string.Join(',', a.KeyFields)} over {a.WindowMicroseconds} where {Of(a.Where)}",
        Expression.Threshold t => $"threshold({t.Goal}{(t.Segment is { } s ? " by " + Of(s) : "")})",
        _ => throw new ArgumentException($"{expression.At}: {expression.GetType().Name} has no canonical text", nameof(expression)),
    };
}
