using System.Collections.Immutable;

namespace Lintel.Design.Expressions.Syntax;

/// <summary>Finds names in a syntax tree; the parser bounded its depth.</summary>
internal static class SyntaxWalk
{
    /// <summary>Every name, inside aggregates too.</summary>
    public static IEnumerable<SyntaxNode.Name> Names(SyntaxNode node)
    {
        if (node is SyntaxNode.Name name) { return [name]; }
        return Children(node).SelectMany(Names);
    }

    /// <summary>Names that mean something at the decision itself: what stands inside an aggregate means the aggregated
    /// event.</summary>
    public static IEnumerable<SyntaxNode.Name> NamesOutsideAggregates(SyntaxNode node)
    {
        if (node is SyntaxNode.Name name) { return [name]; }
        var isAggregate = node is SyntaxNode.Call call
            && (call.HasClauses || call.Function == Checking.ExpressionChecker.Rate
                || (call.Arguments.Length == 1 && Checking.ExpressionChecker.AggregateNames.Contains(call.Function)));
        return isAggregate ? [] : Children(node).SelectMany(NamesOutsideAggregates);
    }

    private static ImmutableArray<SyntaxNode> Children(SyntaxNode node) => node switch
    {
        SyntaxNode.Unary unary => [unary.Operand],
        SyntaxNode.Binary binary => [binary.Left, binary.Right],
        SyntaxNode.Conditional conditional => [conditional.Condition, conditional.Then, conditional.Else],
        SyntaxNode.Membership membership => [membership.Value, .. membership.Items],
        SyntaxNode.ListMembership membership => [membership.Value],
        SyntaxNode.Call call => call.Where is null ? call.Arguments : [.. call.Arguments, call.Where],
        SyntaxNode.Threshold { Segment: { } segment } => [segment],
        _ => [],
    };
}
