using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Design.Grammar.Steps;

/// <summary>What a step that names an event means by it: the one who asks had such an event with the item.</summary>
internal static class SeenItems
{
    /// <summary>The slot that holds the condition.</summary>
    public const string Slot = "condition";

    /// <summary><c>count(EVENT) by WHO, ITEM over WINDOW &gt; 0</c>, WHO the first key of the decided event that the event has, too; null
    /// after a fault.</summary>
    public static Expression? Condition(
        LocatedText line, string name, TimeSpan? window, RankingDesign ranking, BindingContext context)
    {
        if (context.Events.FirstOrDefault(e => e.Name == name) is not { } seen) { return null; }
        var who = -1;
        for (var c = ranking.CandidateStart - 1; c >= 0; c--)
        {
            var column = ranking.Row.Columns[c];
            if (column.Kind == ColumnKind.Key && seen.FindKey(column.Domain!) >= 0) { who = c; }
        }
        var item = seen.FindKey(ranking.Of.Name);
        if (who < 0 || item < 0)
        {
            context.Error(FaultCodes.Conflict, line.At,
                $"event '{seen.Name}' does not say {(item < 0 ? $"of which {ranking.Of.Name}" : "whose")} it is", $"'{line.Text}'",
                $"an event with a key '{ranking.Of.Name}' and one that '{context.Decided?.Name}' has",
                $"add the key to '{seen.Name}', or make it about an event that has it");
            return null;
        }
        var count = new Expression.Aggregate(
            line.At, DataType.Number, AggregateKind.Count, seen, null,
            [seen.FindKey(ranking.Row.Columns[who].Domain!), item], [who, ranking.CandidateStart],
            window is { } over ? over.Ticks / TimeSpan.TicksPerMicrosecond : null, null);
        return new Expression.Binary(
            line.At, DataType.Bool, BinaryOperator.Greater, count, new Expression.Constant(line.At, DataType.Number, 0));
    }
}
