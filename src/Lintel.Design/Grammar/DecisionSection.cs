using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Expressions.Checking;
using Lintel.Design.Expressions.Syntax;
using Lintel.Design.Grammar.Forms;

namespace Lintel.Design.Grammar;

/// <summary><c>decision:</c> the ML formulation.</summary>
internal static class DecisionSection
{
    private static readonly Key<LocatedText> Each =
        new("each", new NameForm("an event"), "The event at which a decision is taken.", Required: true);

    private static readonly Key<string> Kind = new("kind", new ChoiceForm("classification", "regression"),
        "What is learnt: the probability of a condition, or a value.", Required: true);

    private static readonly Key<LocatedText> Label = new("label",
        new ExpressionForm("EVENT.FIELD, such as verdict.fraud, or EVENT within DURATION; several joined with or"),
        "Which later record tells the truth. `within` bounds how soon it must happen after the decided event; of " +
        "several sources joined with `or`, one yes suffices, and a source that says nothing holds nobody back.", Required: true);

    public static readonly Section Section =
        new("decision", "The ML formulation: what is decided at each event, and which later record tells the truth.",
        Each, Kind, Label);

    /// <summary>Binds; null when a part is missing or faulty. The decided event is in the context even then, if it is
    /// known.</summary>
    public static DecisionDesign? Bind(SectionValues? values, BindingContext context)
    {
        var eventsAreWhole = context.BrokenEvents.IsEmpty && !context.Events.IsEmpty;
        if (values is null) { return null; }
        if (values.Text(Each) is { } each)
        {
            context.Decided = context.Events.FirstOrDefault(e => e.Name == each.Text);
            if (context.Decided is null && eventsAreWhole)
            {
                context.Error(FaultCodes.Undeclared, each.At, $"there is no event '{each.Text}'", null, null,
                    Suggestion.Fix(each.Text, context.Events.Select(static e => e.Name)));
            }
        }
        if (context.Decided is not { } decided || !values.TryGet(Kind, out var word)) { return null; }
        var kind = word == "regression" ? DecisionKind.Regression : DecisionKind.Classification;
        if (values.Text(Label) is not { } label
            || BindLabel(label, decided, kind, context, eventsAreWhole) is not { } sources)
        {
            return null;
        }
        context.LabelEvents = [.. sources.Select(static s => s.Event.Name)];
        return new(values.At, decided, kind, sources);
    }

    private static ImmutableArray<LabelSource>? BindLabel(
        LocatedText text, EventDesign decided, DecisionKind kind, BindingContext context, bool eventsAreWhole)
    {
        var parser = new ExpressionParser(text, context.Diagnostics);
        var sources = ImmutableArray.CreateBuilder<LabelSource>();
        do
        {
            if (parser.ParseAlternative() is not { } node) { return null; }
            TimeSpan? within = null;
            if (parser.TryTake("within"))
            {
                if (parser.Peek.Kind != TokenKind.Duration)
                {
                    parser.Unexpected("a duration such as 30m");
                    return null;
                }
                within = TimeSpan.FromTicks((long)parser.Take().Number * TimeSpan.TicksPerMicrosecond);
            }
            if (BindSource(text, node, within, decided, kind, context, eventsAreWhole) is not { } source)
            {
                return null;
            }
            sources.Add(source);
        } while (parser.TryTake("or"));
        return parser.ExpectEnd() ? sources.ToImmutable() : null;
    }

    private static LabelSource? BindSource(
        LocatedText text, SyntaxNode node, TimeSpan? within, EventDesign decided, DecisionKind kind,
        BindingContext context, bool eventsAreWhole)
    {
        var at = text.SpanOf(node.Start, node.End);
        var heads = SyntaxWalk.Names(node).Select(n => context.Events.FirstOrDefault(e => e.Name == n.Head))
            .OfType<EventDesign>().Distinct().ToList();
        if (heads.Find(e => heads.TrueForAll(h => h == e || e.IsAbout(h))) is not { } labelled)
        {
            if (eventsAreWhole)
            {
                var name = SyntaxWalk.Names(node).FirstOrDefault()?.Head ?? "";
                context.Error(FaultCodes.Undeclared, at, "the label names no event that could tell it",
                    $"'{text.Text[node.Start..node.End]}'",
                    $"a field of an event about {decided.Name}, such as verdict.fraud",
                    Suggestion.Fix(name, context.Events.Select(static e => e.Name)));
            }
            return null;
        }
        if (labelled.About?.Event != decided)
        {
            context.Error(FaultCodes.Conflict, at, $"event '{labelled.Name}' is not about the decided event", null,
                $"an event with 'about: {decided.Name} by …'", labelled == decided
                    ? "a label is a record of its own: declare an event about this one, with 'known:' saying when " +
                      "it became known"
                    : null);
            return null;
        }
        if (node is SyntaxNode.Name { Value: var whole } && whole == labelled.Name)
        {
            if (kind == DecisionKind.Classification) { return new(at, labelled, null, within); }
            context.Error(FaultCodes.TypeMismatch, at, "a regression needs a value", $"'{whole}', an event",
                $"one of its fields, such as {whole}.{labelled.Columns[^1].Name}");
            return null;
        }
        var scope = new ExpressionScope
        {
            Place = "the label",
            Zone = context.Zone,
            Events = context.Events,
            Row = labelled,
            AllowsLateValues = true,
        };
        var before = context.Diagnostics.All.Count;
        var checker = new ExpressionChecker(text, scope, context.Diagnostics);
        var value = kind == DecisionKind.Classification
            ? checker.CheckAs(node, DataType.Bool)
            : checker.CheckAs(node, DataType.Number, DataType.Duration);
        return context.Diagnostics.All.Count == before ? new(at, labelled, value, within) : null;
    }
}
