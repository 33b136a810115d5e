using System.Globalization;
using Lintel.Design.Expressions;

namespace Lintel.Features.Tests.Oracle;

/// <summary>Writes an aggregate as a DuckDB window over the log of all events: the oracle.</summary>
/// <remarks>The log has one row a record: case_, place, type, known, and one column for each name of an event's columns. A payment's
/// window never holds its own row: files leave out the whole instant (EXCLUDE GROUP), live order ends one place before it.</remarks>
internal static class WindowSql
{
    /// <summary>Above the number of places in any case.</summary>
    public const long Places = 100_000;

    public static string Of(Expression.Aggregate aggregate, InstantOrder order)
    {
        var condition = $"type = {aggregate.Source.Number}"
            + (aggregate.Where is { } where ? $" AND {Scalar(where)}" : "");
        var value = aggregate.Value is { } v ? Scalar(v) : "NULL";
        var exact = $"CAST(round({value} * {(aggregate.Value?.Type == DataType.Bool ? 1 : 1_000_000)}) AS BIGINT)";
        var function = aggregate.Kind switch
        {
            AggregateKind.Count => "count(*)",
            AggregateKind.Sum => $"sum({exact})",
            AggregateKind.Mean => $"avg({value})",
            AggregateKind.Std => $"stddev_samp({value})",
            AggregateKind.Min => $"min({value})",
            AggregateKind.Max => $"max({value})",
            AggregateKind.Last => $"arg_max({value}, place)",
            AggregateKind.First => $"arg_min({value}, place)",
            AggregateKind.Distinct => $"count(DISTINCT {value})",
            _ => "max(known)",
        };
        if (aggregate.Kind is AggregateKind.Last or AggregateKind.First) { condition += $" AND {value} IS NOT NULL"; }
        var partition = string.Join(", ",
            aggregate.SourceKeys.Select(k => Name(aggregate.Source.Columns[k].Name)).Prepend("case_"));
        return $"{function} FILTER (WHERE {condition}) OVER (PARTITION BY {partition} {Frame(aggregate.WindowMicroseconds, order)})";
    }

    private static string Frame(long? window, InstantOrder order) => order == InstantOrder.Together
        ? $"ORDER BY known RANGE BETWEEN {(window is { } w ? $"{w} PRECEDING" : "UNBOUNDED PRECEDING")} AND CURRENT ROW EXCLUDE GROUP"
        // the per-row bound: places of the window's first instant and later, up to the row before
        : $"ORDER BY known * {Places} + place RANGE BETWEEN "
            + (window is { } l ? $"(place + {l} * CAST({Places} AS BIGINT)) PRECEDING" : "UNBOUNDED PRECEDING") + " AND 1 PRECEDING";

    /// <summary>The few forms that the tests' values and conditions take.</summary>
    private static string Scalar(Expression expression) => expression switch
    {
        Expression.Constant c => c.Value.ToString("R", CultureInfo.InvariantCulture),
        Expression.Column c => Name(c.Event.Columns[c.ColumnIndex].Name),
        Expression.Binary { Operator: BinaryOperator.Multiply } b => $"({Scalar(b.Left)} * {Scalar(b.Right)})",
        Expression.Binary { Operator: BinaryOperator.Greater } b => $"({Scalar(b.Left)} > {Scalar(b.Right)})",
        Expression.Binary { Operator: BinaryOperator.Less } b => $"({Scalar(b.Left)} < {Scalar(b.Right)})",
        _ => throw new NotSupportedException($"the oracle cannot write {expression}"),
    };

    // an inherited column (payment.amount) is the subject's own
    public static string Name(string column) => $"\"{column.Split('.')[^1]}\"";
}
