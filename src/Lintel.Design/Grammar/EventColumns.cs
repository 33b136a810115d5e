using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Expressions.Syntax;
using Lintel.Design.Grammar.Forms;

namespace Lintel.Design.Grammar;

/// <summary>Lays out an event's columns: time, known, own keys, own fields, then all of its subject's.</summary>
internal static class EventColumns
{
    private static readonly (string Word, DataType Type)[] Types =
        [("number", DataType.Number), ("bool", DataType.Bool), ("text", DataType.Text), ("time", DataType.Time)];

    public static ImmutableArray<ColumnDesign> Bind(
        NamedEntries<LocatedText> keys, NamedEntries<LocatedText> fields,
        SourceExpression time, SourceExpression? known, SubjectDesign? subject, SourceSpan at, BindingContext context)
    {
        var columns = ImmutableArray.CreateBuilder<ColumnDesign>();
        columns.Add(new("time", ColumnKind.Time, DataType.Time, null, time, null, ColumnDesign.DefaultScale, time.At));
        columns.Add(new("known", ColumnKind.Known, DataType.Time, null, known
            ?? time, null, ColumnDesign.DefaultScale, known?.At ?? at));
        foreach (var key in keys.Entries)
        {
            if (!IsNew(key, columns, context)) { continue; }
            columns.Add(new(key.Name.Text, ColumnKind.Key, DataType.Key, key.Name.Text,
                SourceSql.Read(key.Value, context.Diagnostics),
                null, ColumnDesign.DefaultScale, key.At));
        }
        foreach (var field in fields.Entries)
        {
            // a faulty field stays as a name that fits everywhere, so that its readers are not faulted too
            if (IsNew(field, columns, context))
            {
                columns.Add(BindField(field, context) ?? Broken(field.Name.Text, field.At));
            }
        }
        foreach (var name in fields.Faulty.Concat(keys.Faulty)) { columns.Add(Broken(name.Text, name.At)); }
        foreach (var column in subject?.Event.Columns ?? [])
        {
            columns.Add(column with { Name = $"{subject!.Event.Name}.{column.Name}", Source = null });
        }
        return columns.ToImmutable();
    }

    private static ColumnDesign Broken(string name, SourceSpan at) =>
        new(name, ColumnKind.Field, DataType.Missing, null, null, null, ColumnDesign.DefaultScale, at);

    private static bool IsNew(Named<LocatedText> entry, IEnumerable<ColumnDesign> columns, BindingContext context)
    {
        if (columns.FirstOrDefault(c => c.Name == entry.Name.Text) is not { } first) { return true; }
        var builtIn = first.Kind is ColumnKind.Time or ColumnKind.Known;
        context.Error(builtIn ? FaultCodes.BadName : FaultCodes.Duplicate, entry.At,
            builtIn ? $"every event has a '{first.Name}' of its own"
                : $"'{first.Name}' is already declared at {first.At}",
            null, null, "rename one of them");
        return false;
    }

    /// <summary>Reads <c>number in 0.01 from TX_AMOUNT known settled_at</c>.</summary>
    private static ColumnDesign? BindField(Named<LocatedText> field, BindingContext context)
    {
        var text = field.Value;
        var parser = new ExpressionParser(text, context.Diagnostics);
        var word = parser.Peek;
        var type = Array.Find(Types, t => word.Kind == TokenKind.Name && t.Word == word.Text);
        if (type.Word is null)
        {
            context.Error(FaultCodes.WrongForm, text.SpanOf(word.Start, Math.Max(word.End, word.Start + 1)),
                $"'{field.Name.Text}' has an unknown type",
                $"'{text.Text[word.Start..word.End]}'", string.Join(" | ", Types.Select(static t => t.Word)),
                Suggestion.Nearest(word.Text, Types.Select(static t => t.Word)) is { } near
                    ? $"did you mean '{near}'?"
                    : null);
            return null;
        }
        parser.Take();
        var scale = ColumnDesign.DefaultScale;
        if (parser.TryTake("in"))
        {
            if (type.Type != DataType.Number || parser.Peek.Kind != TokenKind.Number
                || parser.Peek.Number is < 1e-12 or > 1e12)
            {
                parser.Unexpected("a unit of exact sums for a number, such as 0.01");
                return null;
            }
            scale = parser.Take().Number;
        }
        SourceExpression? source =
            new(field.Name.At, field.Name.Text, SourceSql.Quote(field.Name.Text), [field.Name.Text]);
        if (parser.TryTake("from"))
        {
            source = parser.ParseExpression() is { } node ? SourceSql.Write(text, node, context.Diagnostics) : null;
            if (source is null) { return null; }
        }
        SourceExpression? late = null;
        if (parser.TryTake("known"))
        {
            late = parser.ParseExpression() is { } node ? SourceSql.Write(text, node, context.Diagnostics) : null;
            if (late is null) { return null; }
        }
        return parser.ExpectEnd()
            ? new(field.Name.Text, ColumnKind.Field, type.Type, type.Type == DataType.Text
                ? ColumnDesign.TextDomain
                : null,
                source, late, scale, field.At)
            : null;
    }
}
