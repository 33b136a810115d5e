using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Design.Grammar;

/// <summary>Finds a decided event that is chosen, or described, by what nobody knew at its time.</summary>
internal static class SourceLeaks
{
    private const string Expected = "columns that are known at the event's time";

    /// <summary>The <c>where:</c> of the decided event may read only columns that are known at its time: not those of a
    /// field with a <c>known</c> of its own, and not those that carry the label in the same source. Its fields may not
    /// read the label's columns either.</summary>
    public static void Check(DecisionDesign decision, BindingContext context)
    {
        var each = decision.Each;
        foreach (var column in each.Columns.Take(each.InheritedFrom))
        {
            if (column is { Kind: ColumnKind.Field, KnownAt: null, Source: { } source })
            {
                CheckField(column.Name, source, decision, context);
            }
        }
        foreach (var name in each.Where?.Columns ?? []) { CheckWhere(name, each.Where!, decision, context); }
    }

    private static void CheckField(
        string field, SourceExpression source, DecisionDesign decision, BindingContext context)
    {
        foreach (var name in source.Columns)
        {
            if (LabelOf(name, decision) is not { } label) { continue; }
            context.Error(FaultCodes.LabelLeak, source.At,
                $"field '{field}' reads '{name}', which carries the label '{label.Event.Name}'", $"'{source.Text}'",
                Expected, "remove the field; the label is read through its own event");
            return;
        }
    }

    private static void CheckWhere(string name, SourceExpression where, DecisionDesign decision, BindingContext context)
    {
        const string Fix = "to judge a part of the decisions, use 'evaluate: where'";
        var late = decision.Each.Columns
            .FirstOrDefault(c => c.KnownAt is not null && c.Source?.Columns.Contains(name) == true);
        if (late is not null)
        {
            context.Error(FaultCodes.LateValue, where.At,
                $"'where' chooses decisions by '{name}', which becomes known later (field '{late.Name}')",
                $"'{where.Text}'", Expected, Fix);
        }
        else if (LabelOf(name, decision) is { } label)
        {
            context.Error(FaultCodes.LabelLeak, where.At,
                $"'where' chooses decisions by '{name}', which carries the label '{label.Event.Name}'",
                $"'{where.Text}'", Expected, Fix);
        }
    }

    /// <summary>The label that a column of the decided event's own source carries; null: none.</summary>
    private static LabelSource? LabelOf(string column, DecisionDesign decision) =>
        decision.Label.FirstOrDefault(label =>
            label.Event.HasSource
            && label.Event.Source == decision.Each.Source
            && label.Value is not null
            && ExpressionWalk.Columns(label.Value).Any(read => Carries(read, column)));

    private static bool Carries(Expression.Column read, string column)
    {
        var own = read.Event.Columns[read.ColumnIndex];
        return read.ColumnIndex < read.Event.InheritedFrom && own.Kind == ColumnKind.Field
            && own.Source?.Columns.Contains(column) == true;
    }
}
