using System.Collections.Immutable;
using System.Globalization;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Expressions.Syntax;
using Lintel.Design.Grammar.Forms;

namespace Lintel.Design.Grammar;

/// <summary><c>features:</c> one expression each, ordered so that each comes after those it reads.</summary>
internal static class FeaturesSection
{
    public static readonly NamedForm<LocatedText> Form = new("a feature; braces expand on both sides",
        new ExpressionForm("an expression over the decided event, other features, and aggregates"),
        "^[A-Za-z_{][A-Za-z0-9_{},. ]*$");

    /// <param name="Space">Name of what its ids are of: a list's members share the name that was written.</param>
    /// <param name="Member">Which of a list's members it is, from 0.</param>
    private sealed record Draft(
        string Name, string Space, int Member, LocatedText Text, SourceSpan At, FeatureSentence? Sentence);

    public static ImmutableArray<FeatureDesign> Bind(NamedEntries<LocatedText> named, BindingContext context)
    {
        foreach (var name in named.Faulty) { Break(name, context); }
        var drafts = Expand(named.Entries, context);
        var binding = new FeatureBinding(context);
        var bound = ImmutableArray.CreateBuilder<FeatureDesign>();
        var order = Order(drafts, context);
        foreach (var draft in drafts.Except(order)) { context.Features[draft.Name] = new(DataType.Missing, null); }
        foreach (var draft in order)
        {
            var feature = draft.Sentence is null || context.Decided is null
                ? null
                : binding.Bind(draft.Name, draft.Space, draft.Member, draft.Text, draft.At, draft.Sentence);
            context.Features[draft.Name] = feature?.Type ?? new(DataType.Missing, null);
            if (feature is var (design, _)) { bound.Add(design); }
        }
        return bound.ToImmutable();
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
                var sentence = FeatureSentence.Parse(text, context.Diagnostics);
                for (var member = 0; member < Math.Max(1, sentence?.Most ?? 0); member++)
                {
                    var own = sentence is { Most: > 0 } ? string.Create(CultureInfo.InvariantCulture, $"{name.Text}_{member + 1}") : name.Text;
                    if (!seen.TryAdd(own, entry.At))
                    {
                        context.Error(FaultCodes.Duplicate, entry.At,
                            $"feature '{own}' is already declared at {seen[own]}",
                            null, null, "rename one of them");
                        continue;
                    }
                    drafts.Add(new(own, name.Text, member, text, entry.At, sentence));
                }
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
        IEnumerable<Draft> ReadBy(Draft draft) => draft.Sentence is null || context.Row is not { } row
            ? []
            : draft.Sentence.Parts.SelectMany(SyntaxWalk.NamesOutsideAggregates)
                .Where(n => row.Find(n.Value) < 0)
                .Select(n => byName.GetValueOrDefault(n.Value)).OfType<Draft>().Distinct();
    }
}
