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

    private static readonly Key<string> Kind = new("kind", new ChoiceForm("classification", "regression", "ranking"),
        "What is learnt: the probability of a condition, a value, or an order of many things.", Required: true);

    private static readonly Key<LocatedText> Of = new("of", new NameForm("a catalogue"),
        "What a ranking chooses from.");

    private static readonly Key<LocatedText> Shown = new("shown", new NameForm("an event"),
        "Of a ranking: the event that says which items were shown; they are what it learns from.",
        Default: "a sample of the candidates");

    private static readonly Key<LocatedText> Label = new("label",
        new ExpressionForm("EVENT.FIELD, such as verdict.fraud, or EVENT within DURATION; several joined with or"),
        "Which later record tells the truth. `within` bounds how soon it must happen after the decided event; of " +
        "several sources joined with `or`, one yes suffices, and a source that says nothing holds nobody back.");

    private static readonly Key<NamedEntries<LocatedText>> Labels = new("labels",
        new NamedForm<LocatedText>("a label", new ExpressionForm("as 'label'")),
        "Of a ranking: several truths by name; models say which they learn, and the first is judged.");

    private static readonly Key<LocatedText> Censored = new("censored", new NameForm("an event"),
        "Of a regression: the event that ends a decision without a label, such as a cancellation. What has a label counts by the inverse " +
        "of the chance of not having been ended before.");

    public static readonly Section Section =
        new("decision", "The ML formulation: what is decided at each event, and which later record tells the truth.",
        Each, Kind, Of, Shown, Label, Labels, Censored);

    /// <summary>What the section says is decided, whatever else is wrong in it; null: nothing.</summary>
    public static DecisionKind? KindOf(SectionValues? values) =>
        values is not null && values.TryGet(Kind, out var kind) ? Enum.Parse<DecisionKind>(kind, ignoreCase: true) : null;

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
        var kind = Enum.Parse<DecisionKind>(word, ignoreCase: true);
        foreach (var (key, owner) in new (Key, DecisionKind)[]
            { (Of, DecisionKind.Ranking), (Shown, DecisionKind.Ranking), (Labels, DecisionKind.Ranking), (Censored, DecisionKind.Regression) })
        {
            if (kind == owner || !values.Has(key)) { continue; }
            var name = owner.ToString().ToLowerInvariant();
            context.Error(FaultCodes.Conflict, values.AtOfKey(key), $"'{key.Name}' belongs to a {name}", $"kind: {word}", $"kind: {name}",
                $"remove it, or decide by {name}");
            return null;
        }
        var named = BindLabels(values, decided, kind, context, eventsAreWhole);
        if (named.IsEmpty) { return null; }
        context.LabelEvents = [.. named.SelectMany(static l => l.Sources).Select(static s => s.Event.Name)];
        var decision = new DecisionDesign(values.At, decided, kind, named[0].Sources) { Censored = BindCensored(values, decided, context) };
        return kind == DecisionKind.Ranking ? BindRanking(decision, values, named, context) : decision;
    }

    /// <summary>The labels by name; the only one of most designs has none.</summary>
    private static ImmutableArray<NamedLabel> BindLabels(
        SectionValues values, EventDesign decided, DecisionKind kind, BindingContext context, bool eventsAreWhole)
    {
        if (values.Has(Label) == values.Has(Labels))
        {
            context.Error(values.Has(Label) ? FaultCodes.Conflict : FaultCodes.MissingKey, values.At,
                values.Has(Label) ? "the decision has 'label' and 'labels'" : "the decision lacks 'label'", null,
                kind == DecisionKind.Ranking ? "label: …, or labels: { NAME: … }" : $"label: {Label.Form.Expected}",
                values.Has(Label) ? "keep one of them" : "add it: which later record tells the truth");
            return [];
        }
        var texts = values.Text(Label) is { } label
            ? [("label", label)]
            : values.Get(Labels, NamedEntries<LocatedText>.None).Entries.Select(static e => (e.Name.Text, e.Value)).ToArray();
        var labels = ImmutableArray.CreateBuilder<NamedLabel>();
        foreach (var (name, text) in texts)
        {
            if (BindLabel(text, decided, kind, context, eventsAreWhole) is not { } sources) { return []; }
            labels.Add(new(name, text.At, sources));
        }
        return labels.ToImmutable();
    }

    private static EventDesign? BindCensored(SectionValues values, EventDesign decided, BindingContext context)
    {
        if (values.Text(Censored) is not { } text || context.BrokenEvents.Contains(text.Text)) { return null; }
        var ends = context.Events.FirstOrDefault(e => e.Name == text.Text);
        if (ends is not null && (ends.About?.Event == decided || IsSibling(ends, decided))) { return ends; }
        context.Error(ends is null ? FaultCodes.Undeclared : FaultCodes.Conflict, text.At,
            ends is null ? $"there is no event '{text.Text}'" : $"event '{ends.Name}' is not about the decided event, nor about the same subject",
            null, $"an event with 'about: {decided.Name} by …'",
            ends is null ? Suggestion.Fix(text.Text, context.Events.Select(static e => e.Name)) : null);
        return null;
    }

    /// <summary>Whether two events are about the same subject: of several asks about one order, each is told by what becomes of the
    /// order.</summary>
    private static bool IsSibling(EventDesign design, EventDesign decided) =>
        design != decided && decided.About is { } about && design.About?.Event == about.Event;

    /// <summary>What a label reads that knows of the decision only through their subject: its own columns, then the decided event's.</summary>
    private static EventDesign Joined(EventDesign labelled, EventDesign decided) => labelled with
    {
        About = null,
        Columns = labelled.Columns.AddRange(decided.Columns.Take(decided.InheritedFrom)
            .Select(c => c with { Name = $"{decided.Name}.{c.Name}", Source = null })),
    };

    private static DecisionDesign? BindRanking(
        DecisionDesign decision, SectionValues values, ImmutableArray<NamedLabel> labels, BindingContext context)
    {
        var named = values.Text(Of);
        var of = named is null ? null : context.Catalogues.FirstOrDefault(c => c.Name == named.Text);
        if (of is null)
        {
            context.Error(named is null ? FaultCodes.MissingKey : FaultCodes.Undeclared, named?.At ?? values.At,
                named is null ? "a ranking lacks 'of'" : $"there is no catalogue '{named.Text}'", null, "of: a catalogue's name",
                context.Catalogues.IsEmpty ? "declare what is ranked under 'catalogues:'"
                    : Suggestion.Fix(named?.Text ?? "", context.Catalogues.Select(static c => c.Name)));
            return null;
        }
        foreach (var source in labels.SelectMany(static l => l.Sources))
        {
            if (!NamesItem(source.Event, of, source.At, context)) { return null; }
        }
        EventDesign? shown = null;
        if (values.Text(Shown) is { } text)
        {
            shown = context.Events.FirstOrDefault(e => e.Name == text.Text);
            if (shown is null || !TellsOf(shown, decision.Each))
            {
                context.Error(shown is null ? FaultCodes.Undeclared : FaultCodes.Conflict, text.At,
                    shown is null ? $"there is no event '{text.Text}'" : $"event '{shown.Name}' is not about '{decision.Each.Name}'", null,
                    $"an event about {decision.Each.Name} that names a {of.Name}");
                return null;
            }
            if (!NamesItem(shown, of, text.At, context)) { return null; }
        }
        return decision with { Ranking = new(of, shown, labels) { Candidates = [], Row = decision.Each, CandidateStart = 0 } };
    }

    private static bool NamesItem(EventDesign design, CatalogueDesign of, SourceSpan at, BindingContext context)
    {
        if (design.FindKey(of.Name) >= 0) { return true; }
        context.Error(FaultCodes.Conflict, at, $"event '{design.Name}' names no {of.Name}, so it cannot say which one it is of", null,
            $"an event with a key '{of.Name}', its own or of what it is about", $"add '{of.Name}' to its keys");
        return false;
    }

    /// <summary>Whether an event's records can be told to belong to one decided record.</summary>
    private static bool TellsOf(EventDesign design, EventDesign decided) =>
        design.IsAbout(decided) || decided.Visits?.From == design
            || (decided.Visits is { } visits && design.IsAbout(visits.From));

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
        var labelled = heads.Find(e => heads.TrueForAll(h => h == e || e.IsAbout(h)))
            ?? (kind == DecisionKind.Regression ? heads.Find(e => e != decided && heads.TrueForAll(h => h == e || h == decided || e.IsAbout(h))) : null);
        if (labelled is null)
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
        var joined = kind == DecisionKind.Regression && IsSibling(labelled, decided) ? Joined(labelled, decided) : null;
        if (joined is null && (kind == DecisionKind.Ranking ? !TellsOf(labelled, decided) : labelled.About?.Event != decided))
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
            if (kind != DecisionKind.Regression) { return new(at, labelled, null, within); }
            context.Error(FaultCodes.TypeMismatch, at, "a regression needs a value", $"'{whole}', an event",
                $"one of its fields, such as {whole}.{labelled.Columns[^1].Name}");
            return null;
        }
        var scope = new ExpressionScope
        {
            Place = "the label",
            Zone = context.Zone,
            Events = context.Events,
            Row = joined ?? labelled,
            AllowsLateValues = true,
        };
        var before = context.Diagnostics.All.Count;
        var checker = new ExpressionChecker(text, scope, context.Diagnostics);
        var value = kind switch
        {
            DecisionKind.Classification => checker.CheckAs(node, DataType.Bool),
            DecisionKind.Ranking => checker.CheckAs(node, DataType.Bool, DataType.Number),
            _ => checker.CheckAs(node, DataType.Number, DataType.Duration),
        };
        return context.Diagnostics.All.Count == before ? new(at, labelled, value, within) { Row = joined } : null;
    }
}
