using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Expressions.Syntax;
using Lintel.Design.Grammar.Forms;

namespace Lintel.Design.Grammar;

/// <summary><c>events:</c> what happens, and when it becomes known.</summary>
internal static class EventsSection
{
    private static readonly Key<LocatedText> Source =
        new("source", new TextForm("files such as payments/*.parquet or payments.csv.gz"),
        "Files that hold the records, relative to the data folder; wildcards allowed. Live, the records arrive at " +
        "POST /v1/events.", Default: "no files: records only arrive live");

    private static readonly Key<LocatedText> Id = new("id", new TextForm("a column of the source"),
        "Column that identifies a record. `source_row` is one that every source has without writing it: the row's position in it, from 0.",
        Default: "its position in the source");

    private static readonly Key<LocatedText> About =
        new("about", new ExpressionForm("EVENT by COLUMN, such as payment by transaction_id"),
        "The event this one is about, and the column that holds that one's id (left out without a source; `source_row` where both stand in " +
        "the same row of one source). Its columns are read as if they were this event's own.");

    private static readonly Key<LocatedText> From =
        new("from", new NameForm("an event"),
        "The records are made from another event's: one begins with the first of them after a pause. Live they arrive by themselves.");

    private static readonly Key<LocatedText> By =
        new("by", new NameForm("an entity"), "Whose records are made, of an event with 'from': its only key.");

    private static readonly Key<TimeSpan> Pause =
        new("pause", new DurationForm(), "What parts two of them, of an event with 'from'.", Default: "30m");

    private static readonly Key<LocatedText> Time =
        new("time", new ExpressionForm("a column, a source expression, or position"),
        "When it happened. `position` stands for a source without a clock: the row order is the time. Required with a " +
        "source.");

    private static readonly Key<LocatedText> Known =
        new("known", new ExpressionForm("a column, a source expression, or a delay such as 7d"),
        "When a record of a file became known. Live, that is the moment of acceptance.", Default: "at its time");

    private static readonly Key<LocatedText> Where =
        new("where", new ExpressionForm("a condition over the source's columns"),
        "Rows of the source that count.", Default: "all rows");

    private static readonly Key<NamedEntries<LocatedText>> Keys = new("keys",
        new NamedForm<LocatedText>("an entity", new ExpressionForm("a column or a source expression")),
        "The entities that a record belongs to, each with its column: { card: customer_id }.");

    private static readonly Key<NamedEntries<LocatedText>> Fields = new("fields",
        new NamedForm<LocatedText>("a field",
            new ExpressionForm("TYPE [in UNIT] [from EXPRESSION] [known EXPRESSION]")),
        "The values of a record. Types: number, bool, text, time. `in 0.01` is the unit of exact sums, `from` a " +
        "column or source " +
        "expression of another name, `known` the instant at which this field becomes known after its record.");

    public static readonly Section Section =
        new("an event", "A type of record: what happens, and when it becomes known.",
        [Source, .. SourceKeys.All, Id, About, From, By, Pause, Time, Known, Where, Keys, Fields]);

    public static readonly NamedForm<SectionValues> Form = new("an event type", Section);

    /// <summary>Binds every event into the context; those that cannot be are told there too.</summary>
    public static void Bind(NamedEntries<SectionValues> named, BindingContext context)
    {
        var entries = named.Entries;
        var bound = new EventDesign?[entries.Length];
        var open = new HashSet<int>();
        for (var i = 0; i < entries.Length; i++) { BindEvent(named, i, bound, open, context); }
        context.Events = [.. bound.OfType<EventDesign>()];
        context.BrokenEvents =
            [.. named.Faulty.Select(static f => f.Text), .. entries.Where((_, i) => bound[i] is null)
                .Select(static e => e.Name.Text)];
    }

    /// <summary>Binds an event after the one it is about; null when that fails, or turns in a circle.</summary>
    private static EventDesign? BindEvent(
        NamedEntries<SectionValues> named, int number, EventDesign?[] bound, HashSet<int> open, BindingContext context)
    {
        var entries = named.Entries;
        if (bound[number] is { } done) { return done; }
        var (name, values, at) = (entries[number].Name.Text, entries[number].Value, entries[number].At);
        if (!open.Add(number)) { return null; }
        SubjectDesign? subject = null;
        if (values.Text(About) is { } about)
        {
            subject = BindAbout(about, values.Has(Source), name, named, bound, open, number, context);
            if (subject is null || !CheckRow(subject, about, values.Text(Source)?.Text, context)) { return null; }
        }
        if (values.Has(From)) { return BindMade(named, number, bound, open, context); }
        if (!CheckStream(values, name, context) || BindTime(values, name, at, context) is not { } time) { return null; }
        var known = BindKnown(values, time, context);
        var where = values.Text(Where) is { } condition ? SourceSql.Read(condition, context.Diagnostics) : null;
        return bound[number] = new EventDesign
        {
            Number = number,
            Name = name,
            At = at,
            Source = values.Text(Source)?.Text ?? "",
            Layout = SourceKeys.Bind(values, values.Text(Source)?.Text, name, context),
            Id = values.Text(Id)?.Text,
            About = subject,
            Time = time,
            Known = known,
            Where = where,
            Columns = EventColumns.Bind(values.Get(Keys, NamedEntries<LocatedText>.None),
                values.Get(Fields, NamedEntries<LocatedText>.None), time, known, subject, at, context),
        };
    }

    /// <summary>An event whose records are made from another's.</summary>
    private static EventDesign? BindMade(
        NamedEntries<SectionValues> named, int number, EventDesign?[] bound, HashSet<int> open, BindingContext context)
    {
        var (name, values, at) = (named.Entries[number].Name.Text, named.Entries[number].Value, named.Entries[number].At);
        foreach (var key in (Key[])[Source, .. SourceKeys.All, Id, About, Time, Known, Where, Keys, Fields])
        {
            if (!values.Has(key)) { continue; }
            context.Error(FaultCodes.Conflict, values.AtOfKey(key), $"'{key.Name}' says nothing of records that are made from others", null,
                "from, by and pause alone", "remove it, or 'from'");
            return null;
        }
        if (values.Text(From) is not { } from) { return null; }
        var index = Array.FindIndex([.. named.Entries], e => e.Name.Text == from.Text);
        if (index < 0 || index == number)
        {
            context.Error(FaultCodes.Undeclared, from.At, $"there is no other event '{from.Text}'", null, null,
                Suggestion.Fix(from.Text, named.Entries.Select(static e => e.Name.Text).Where(n => n != name)));
            return null;
        }
        if (BindEvent(named, index, bound, open, context) is not { } source) { return null; }
        var entity = values.Text(By);
        var column = entity is null ? -1 : source.FindKey(entity.Text);
        if (column < 0)
        {
            context.Error(FaultCodes.MissingKey, entity?.At ?? values.At,
                entity is null ? $"event '{name}' lacks 'by'" : $"event '{source.Name}' has no key '{entity.Text}'", null,
                "by: ENTITY, a key of the event that they are made from", "say whose they are");
            return null;
        }
        if (values.TryGet(Pause, out var given)) { Bounds.AboveZero(given > TimeSpan.Zero, values, Pause, context); }
        var time = new SourceExpression(at, $"the first {source.Name}'s", "", []);
        return bound[number] = new()
        {
            Number = number,
            Name = name,
            At = at,
            Source = "",
            Time = time,
            Visits = new(source, values.TryGet(Pause, out var pause) ? pause : TimeSpan.FromMinutes(30)),
            Columns =
            [
                new("time", ColumnKind.Time, DataType.Time, null, time, null, ColumnDesign.DefaultScale, at),
                new("known", ColumnKind.Known, DataType.Time, null, time, null, ColumnDesign.DefaultScale, at),
                source.Columns[column] with { Name = entity!.Text, Source = null },
            ],
        };
    }

    private static SubjectDesign? BindAbout(
        LocatedText text, bool hasSource, string name, NamedEntries<SectionValues> named, EventDesign?[] bound,
        HashSet<int> open, int number, BindingContext context)
    {
        var (entries, broken) = (named.Entries, named.Faulty);
        var parser = new ExpressionParser(text, context.Diagnostics);
        if (parser.ParseName() is not { } of) { return null; }
        var column = "";
        if (hasSource || parser.Peek.Is("by"))
        {
            if (!parser.Expect("by")) { return null; }
            if (parser.Peek.Kind is not (TokenKind.Name or TokenKind.QuotedName))
            {
                parser.Unexpected("the column that holds the subject's id");
                return null;
            }
            column = parser.Take().Text;
        }
        if (!parser.ExpectEnd()) { return null; }
        var index = -1;
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Name.Text == of.Value) { index = i; }
        }
        if (index < 0)
        {
            if (broken.Any(b => b.Text == of.Value)) { return null; }
            context.Error(FaultCodes.Undeclared, text.SpanOf(of.Start, of.End), $"there is no event '{of.Value}'", null,
                null, Suggestion.Fix(of.Value, entries.Select(static e => e.Name.Text)));
            return null;
        }
        if (index == number || (open.Contains(index) && bound[index] is null))
        {
            context.Error(FaultCodes.Cycle, text.At, $"events '{name}' and '{of.Value}' would be about each other",
                null, "an event that is about another one, and not back");
            return null;
        }
        return BindEvent(named, index, bound, open, context) is { } subject ? new(subject, column) : null;
    }

    /// <summary>A row number names a record of the same source, which is known by it.</summary>
    private static bool CheckRow(SubjectDesign subject, LocatedText about, string? source, BindingContext context)
    {
        if (subject.Column != SourceExpression.RowNumber) { return true; }
        var of = subject.Event;
        if (of.Source != source || !of.HasSource)
        {
            context.Error(FaultCodes.Conflict, about.At,
                $"'{SourceExpression.RowNumber}' names a row of this event's own source, and '{of.Name}' is read from another",
                of.HasSource ? $"source: {of.Source}" : "no source", source is null ? "one source for both" : $"source: {source}",
                "name a column that holds the id");
            return false;
        }
        if (of.Id == SourceExpression.RowNumber) { return true; }
        context.Error(FaultCodes.Conflict, about.At, $"'{of.Name}' is not known by its row", of.Id is null ? "no id" : $"id: {of.Id}",
            $"id: {SourceExpression.RowNumber}",
            of.Id is null ? $"give '{of.Name}' id: {SourceExpression.RowNumber}" : $"write about: {of.Name} by {of.Id}");
        return false;
    }

    /// <summary>What describes files means nothing for an event without them.</summary>
    private static bool CheckStream(SectionValues values, string name, BindingContext context)
    {
        foreach (var key in values.Has(Source) ? [] : new[] { Known, Where })
        {
            if (!values.Has(key)) { continue; }
            context.Error(FaultCodes.Conflict, values.AtOfKey(key),
                $"'{key.Name}' describes files, and event '{name}' has none", null,
                "an event without a source is known when it is accepted", "add 'source', or remove it");
            return false;
        }
        return true;
    }

    private static SourceExpression? BindTime(SectionValues values, string name, SourceSpan at, BindingContext context)
    {
        if (values.Text(Time) is { } text)
        {
            return text.Text.Trim() == "position"
                ? new(text.At, "position", "", [], IsPosition: true)
                : SourceSql.Read(text, context.Diagnostics);
        }
        if (!values.Has(Source)) { return new(at, "its acceptance", "", []); }
        if (!values.Has(Time))
        {
            context.Error(FaultCodes.MissingKey, values.At, $"event '{name}' has a source and lacks 'time'", null,
                $"time: {Time.Form.Expected}", "add it: when a record happened");
        }
        return null;
    }

    /// <summary>A delay alone, such as 7d, counts from the event's time.</summary>
    private static SourceExpression? BindKnown(SectionValues values, SourceExpression time, BindingContext context)
    {
        if (values.Text(Known) is not { } text || ExpressionParser.Parse(text, context.Diagnostics) is not { } node)
        {
            return null;
        }
        if (time.IsPosition)
        {
            context.Error(FaultCodes.Conflict, text.At,
                "a source without a clock cannot say when a record became known", $"'{text.Text}'",
                "known with its position: leave 'known:' out");
            return null;
        }
        return node is SyntaxNode.Literal { Type: DataType.Duration } delay
            ? new(text.At, $"{time.Text} + {text.Text.Trim()}", $"({time.Sql} + {SourceSql.Interval(delay.Value)})",
                time.Columns)
            : SourceSql.Write(text, node, context.Diagnostics);
    }
}
