using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Expressions.Checking;
using Lintel.Design.Expressions.Syntax;
using Lintel.Design.Grammar.Forms;

namespace Lintel.Design.Grammar;

/// <summary><c>features:</c> one expression each, ordered so that each comes after those it reads.</summary>
internal static class FeaturesSection
{
    public static readonly NamedForm<LocatedText> Form = new("a feature; braces expand on both sides",
        new ExpressionForm("an expression over the decided event, other features, and aggregates"),
        "^[A-Za-z_{][A-Za-z0-9_{},. ]*$");

    private sealed record Draft(string Name, LocatedText Text, SourceSpan At, SyntaxNode? Node);

    public static ImmutableArray<FeatureDesign> Bind(NamedEntries<LocatedText> named, BindingContext context)
    {
        foreach (var name in named.Faulty) { Break(name, context); }
        var drafts = Expand(named.Entries, context);
        var scope = context.AtDecision("a feature");
        var bound = ImmutableArray.CreateBuilder<FeatureDesign>();
        var order = Order(drafts, context);
        foreach (var draft in drafts.Except(order)) { context.Features[draft.Name] = new(DataType.Missing, null); }
        foreach (var draft in order)
        {
            var value = draft.Node is null || context.Decided is null ? null : Check(draft, scope, context);
            var domain = value is null
                ? null
                : new ExpressionChecker(draft.Text, scope, context.Diagnostics).DomainOf(value);
            context.Features[draft.Name] = new(value?.Type ?? DataType.Missing, domain);
            if (value is not null) { bound.Add(new(draft.Name, draft.At, draft.Text.Text, value)); }
        }
        return bound.ToImmutable();
    }

    private static Expression? Check(Draft draft, ExpressionScope scope, BindingContext context)
    {
        var before = context.Diagnostics.All.Count;
        var value = new ExpressionChecker(draft.Text, scope, context.Diagnostics).Check(draft.Node!);
        if (context.Diagnostics.All.Count > before) { return null; }
        var column = context.Row!.Find(draft.Name);
        if (column >= 0 && !(value is Expression.Column same && same.ColumnIndex == column))
        {
            context.Error(FaultCodes.Duplicate, draft.At,
                $"'{draft.Name}' is a value of the decided event, declared at " +
                $"{context.Row.Columns[column].At}; as a feature it would mean another",
                $"'{draft.Text.Text}'", $"{draft.Name}: {draft.Name}", "rename the feature");
            return null;
        }
        if (value.Type == DataType.List)
        {
            context.Error(FaultCodes.TypeMismatch, draft.At, $"feature '{draft.Name}' is a list", $"'{draft.Text.Text}'", "one value",
                "group an aggregate by it, such as count(rating) by user, movie.genres");
            return null;
        }
        if (value.Type == DataType.Missing && !context.Diagnostics.HasErrors)
        {
            context.Error(FaultCodes.TypeMismatch, draft.At, $"feature '{draft.Name}' is always missing",
                $"'{draft.Text.Text}'", "a value");
            return null;
        }
        return value;
    }

    private static List<Draft> Expand(ImmutableArray<Named<LocatedText>> entries, BindingContext context)
    {
        var drafts = new List<Draft>();
        var seen = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var expanded = BraceExpansion.Expand(entry.Name, entry.Value, context.Diagnostics).ToList();
            if (expanded.Count == 0) { Break(entry.Name, context); }
            foreach (var (name, text) in expanded)
            {
                if (!NameForm.Check(name, context.Diagnostics)) { continue; }
                if (!seen.TryAdd(name.Text, entry.At))
                {
                    context.Error(FaultCodes.Duplicate, entry.At,
                        $"feature '{name.Text}' is already declared at {seen[name.Text]}",
                        null, null, "rename one of them");
                    continue;
                }
                drafts.Add(new(name.Text, text, entry.At, ExpressionParser.Parse(text, context.Diagnostics)));
            }
        }
        return drafts;
    }

    /// <summary>A faulty feature stays as names that fit everywhere.</summary>
    private static void Break(LocatedText name, BindingContext context)
    {
        foreach (var one in BraceExpansion.Names(name)) { context.Features[one] = new(DataType.Missing, null); }
    }

    private static List<Draft> Order(List<Draft> drafts, BindingContext context)
    {
        var byName = drafts.ToDictionary(static d => d.Name, StringComparer.Ordinal);
        return DependencyOrder.Sort(drafts, ReadBy, cycle =>
            context.Error(FaultCodes.Cycle, cycle[0].At, "features read each other in a circle",
                string.Join(" → ", cycle.Append(cycle[0]).Select(static d => d.Name)),
                "features that can be computed one after the other",
                "break the circle"));

        // a name of the decided event means that, even where a feature is called the same
        IEnumerable<Draft> ReadBy(Draft draft) => draft.Node is null || context.Row is not { } row
            ? []
            : SyntaxWalk.NamesOutsideAggregates(draft.Node)
                .Where(n => row.Find(n.Value) < 0)
                .Select(n => byName.GetValueOrDefault(n.Value)).OfType<Draft>().Distinct();
    }
}
