using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Expressions.Checking;
using Lintel.Design.Grammar.Forms;
using Lintel.Design.Kinds;

namespace Lintel.Design.Grammar;

/// <summary><c>candidates:</c> the sources of a ranking.</summary>
internal static class CandidatesSection
{
    public static ImmutableArray<CandidateDesign> Bind(
        NamedEntries<CandidateForm.Reading> named, CatalogueDesign of, EventDesign decided, BindingContext context) =>
        [.. named.Entries.Select(entry => Bind(entry, of, decided, context)).OfType<CandidateDesign>()];

    private static CandidateDesign? Bind(
        Named<CandidateForm.Reading> entry, CatalogueDesign of, EventDesign decided, BindingContext context)
    {
        var (keys, values) = (entry.Value.Keys, entry.Value.Values);
        if (context.Catalogues.Any(c => c.Name == entry.Name.Text) || context.Events.Any(e => e.Name == entry.Name.Text))
        {
            context.Error(FaultCodes.Duplicate, entry.At, $"'{entry.Name.Text}' is an event or a catalogue already", null,
                $"a name of its own: {entry.Name.Text}.rank would mean two things", "rename the source");
            return null;
        }
        FeedDesign? feed = null;
        if (keys.Kind.Feed != FeedNeed.None && (feed = BindFeed(keys, values, of, decided, context)) is null) { return null; }
        return new(
            entry.Name.Text, entry.At, keys.Kind.Name, keys.Parameters.Create(keys.Parameters.Given(values)),
            (int)values.Get(CandidateKeys.Take, 1), feed)
        {
            OffersKnown = values.Get(CandidateKeys.Known, "left out") == "offered",
        };
    }

    private static FeedDesign? BindFeed(
        CandidateKeys keys, SectionValues values, CatalogueDesign of, EventDesign decided, BindingContext context)
    {
        if (values.Text(keys.From) is not { } from || context.BrokenEvents.Contains(from.Text)) { return null; }
        if (context.Events.FirstOrDefault(e => e.Name == from.Text) is not { } told)
        {
            context.Error(FaultCodes.Undeclared, from.At, $"there is no event '{from.Text}'", null, null,
                Suggestion.Fix(from.Text, context.Events.Select(static e => e.Name)));
            return null;
        }
        var item = told.FindKey(of.Name);
        if (item < 0)
        {
            context.Error(FaultCodes.Conflict, from.At, $"event '{told.Name}' names no {of.Name}", null,
                $"an event with a key '{of.Name}'", $"add '{of.Name}' to its keys, or learn from another event");
            return null;
        }
        var named = values.Text(CandidateKeys.For);
        var entity = named?.Text ?? decided.Columns
            .FirstOrDefault(c => c.Kind == ColumnKind.Key && told.FindKey(c.Domain!) >= 0)?.Domain;
        if (entity is null || told.FindKey(entity) < 0 || decided.FindKey(entity) < 0)
        {
            context.Error(FaultCodes.Conflict, named?.At ?? from.At,
                $"'{told.Name}' and '{decided.Name}' have no key {(entity is null ? "in common" : $"'{entity}' in common")}", null,
                $"a key of both, so that {decided.Name} finds what {told.Name} told", "add the key to both events");
            return null;
        }
        var segment = values.Text(CandidateKeys.By) is { } by ? BindSegment(by, told, decided, context) : null;
        if (values.TryGet(CandidateKeys.Over, out var over))
        {
            Bounds.AboveZero(over > TimeSpan.Zero, values, CandidateKeys.Over, context);
        }
        return new(
            told, Check(values, CandidateKeys.Where, told, context, DataType.Bool),
            Check(values, CandidateKeys.Weight, told, context, DataType.Number), entity, told.FindKey(entity),
            decided.FindKey(entity), item, values.TryGet(CandidateKeys.Over, out var window) ? window : null, segment);
    }

    private static (int Event, int Asked)? BindSegment(
        LocatedText by, EventDesign told, EventDesign decided, BindingContext context)
    {
        var (ofEvent, asked) = (told.Find(by.Text), decided.Find(by.Text));
        // an event about the decided one has what that one has
        if (ofEvent < 0) { ofEvent = told.Find($"{decided.Name}.{by.Text}"); }
        if (ofEvent >= 0 && asked >= 0 && told.Columns[ofEvent].Domain == decided.Columns[asked].Domain)
        {
            return (ofEvent, asked);
        }
        context.Error(FaultCodes.Undeclared, by.At, $"'{told.Name}' and '{decided.Name}' do not both have '{by.Text}'", null,
            "a key or field of both", ofEvent < 0 ? $"add it to '{told.Name}', or to what it is about" : $"add it to '{decided.Name}'");
        return null;
    }

    private static Expression? Check(
        SectionValues values, Key<LocatedText> key, EventDesign told, BindingContext context, DataType type) =>
        values.Text(key) is { } text
            ? ExpressionChecker.Check(text, new()
            {
                Place = $"'{key.Name}' of a source",
                Zone = context.Zone,
                Events = context.Events,
                Row = told,
                IsAggregate = true,
            }, context.Diagnostics, [type])
            : null;
}
