using Lintel.Design.Diagnostics;

namespace Lintel.Design.Grammar;

/// <summary>Finds a decided event that is chosen, timed or keyed by what nobody knew at its time.</summary>
internal static class SourceLeaks
{
    /// <summary>The <c>where:</c> of the decided event may read only columns that are known at its time: not those of a field with a
    /// <c>known</c> of its own, and not those that carry the label in the same source.</summary>
    public static void Check(DecisionDesign decision, BindingContext context)
    {
        if (decision.Each.Where is not { } where) { return; }
        foreach (var name in where.Columns)
        {
            var late = decision.Each.Columns.FirstOrDefault(c => c.KnownAt is not null && c.Source?.Columns.Contains(name) == true);
            if (late is not null)
            {
                context.Error(FaultCodes.LateValue, where.At, $"'where' chooses decisions by '{name}', which becomes known later (field '{late.Name}')",
                    $"'{where.Text}'", "columns that are known at the event's time", "to judge a part of the decisions, use 'evaluate: where'");
                continue;
            }
            var label = decision.Label.FirstOrDefault(l => l.Event.Source == decision.Each.Source && l.Event.Known is not null
                && l.Event.Columns.Take(l.Event.InheritedFrom).Any(c => c.Kind == ColumnKind.Field && c.Source?.Columns.Contains(name) == true));
            if (label is not null)
            {
                context.Error(FaultCodes.LabelLeak, where.At, $"'where' chooses decisions by '{name}', which carries the label '{label.Event.Name}'",
                    $"'{where.Text}'", "columns that are known at the event's time", "to judge a part of the decisions, use 'evaluate: where'");
            }
        }
    }
}
