using System.Collections.Immutable;

namespace Lintel.Design.Expressions;

/// <summary>Walks bound expressions; the parser bounded their depth.</summary>
public static class ExpressionWalk
{
    /// <summary>The expression and everything inside it, aggregates' values and conditions too, outer ones
    /// first.</summary>
    public static IEnumerable<Expression> All(Expression expression) =>
        [expression, .. Children(expression).SelectMany(All)];

    /// <summary>Columns that an expression reads, wherever they stand in it.</summary>
    public static IEnumerable<Expression.Column> Columns(Expression expression) =>
        All(expression).OfType<Expression.Column>();

    public static ImmutableArray<Expression> Children(Expression expression) => expression switch
    {
        Expression.Unary unary => [unary.Operand],
        Expression.Binary binary => [binary.Left, binary.Right],
        Expression.Conditional conditional => [conditional.Condition, conditional.Then, conditional.Else],
        Expression.Membership membership => [membership.Value, .. membership.Items],
        Expression.ListMembership membership => [membership.Value],
        Expression.Call call => call.Arguments,
        Expression.Hashed hashed => hashed.Parts,
        Expression.Member member => [member.Key],
        Expression.Known known => [known.Key],
        Expression.Aggregate aggregate => [.. new[] { aggregate.Value, aggregate.Where }.OfType<Expression>()],
        Expression.Threshold { Segment: { } segment } => [segment],
        _ => [],
    };
}
