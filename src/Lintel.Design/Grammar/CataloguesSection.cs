using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Expressions.Syntax;
using Lintel.Design.Grammar.Forms;

namespace Lintel.Design.Grammar;

/// <summary><c>catalogues:</c> what is known of things, by their keys.</summary>
internal static class CataloguesSection
{
    private static readonly (string Word, DataType Type)[] Types =
    [
        ("number", DataType.Number), ("bool", DataType.Bool), ("text", DataType.Text), ("time", DataType.Time),
        ("list", DataType.List),
    ];

    private static readonly Key<LocatedText> Source =
        new("source", new TextForm("files such as movies.parquet or movies.csv"),
        "Files that hold a row for each thing, relative to the data folder; wildcards allowed.",
        Default: "no files: the things that events name, without fields");

    private static readonly Key<LocatedText> KeyColumn =
        new("key", new ExpressionForm("a column or a source expression"),
        "What identifies a row; the same key as the entity's in events. Required with a source.");

    private static readonly Key<LocatedText> From =
        new("from", new ExpressionForm("a column or a source expression that is a time"),
        "From when on a thing can be a candidate.",
        Default: "always; without a source, from the first event that names it");

    private static readonly Key<LocatedText> Until =
        new("until", new ExpressionForm("a column or a source expression that is a time"),
        "From when on it can be none any more.", Default: "never");

    private static readonly Key<NamedEntries<LocatedText>> Fields = new("fields",
        new NamedForm<LocatedText>("a field", new ExpressionForm("TYPE [from EXPRESSION], or list of COLUMN, COLUMN")),
        "What is known of a thing. Types: number, bool, text, time, and list: a list column, or a text whose members stand " +
        "between `|`. `list of a, b` holds the names of those columns that are 1 or true.");

    public static readonly Section Section =
        new("a catalogue", "What is known of each thing of an entity; read as ENTITY.FIELD.",
        [Source, .. SourceKeys.All, KeyColumn, From, Until, Fields]);

    public static readonly NamedForm<SectionValues> Form = new("an entity", Section);

    public static ImmutableArray<CatalogueDesign> Bind(NamedEntries<SectionValues> named, BindingContext context) =>
        [.. named.Entries.Select(entry => Bind(entry, context)).OfType<CatalogueDesign>()];

    private static CatalogueDesign? Bind(Named<SectionValues> entry, BindingContext context)
    {
        var (name, values) = (entry.Name.Text, entry.Value);
        if (context.Events.FirstOrDefault(e => e.Name == name) is { } same)
        {
            context.Error(FaultCodes.Duplicate, entry.At, $"'{name}' is an event already, declared at {same.At}", null,
                "the name of an entity that events have a key of", "rename one of them");
            return null;
        }
        foreach (var key in values.Has(Source) ? [] : new Key[] { KeyColumn, From, Until, Fields })
        {
            if (!values.Has(key)) { continue; }
            context.Error(FaultCodes.Conflict, values.AtOfKey(key),
                $"'{key.Name}' describes files, and catalogue '{name}' has none", null, "source: FILES",
                "add 'source', or remove it");
            return null;
        }
        if (values.Has(Source) && !values.Has(KeyColumn))
        {
            context.Error(FaultCodes.MissingKey, values.At, $"catalogue '{name}' has a source and lacks 'key'", null,
                $"key: {KeyColumn.Form.Expected}", "add it: what identifies a row");
            return null;
        }
        var domain = new CatalogueDesign { Name = name, At = entry.At, Source = "", Fields = [] };
        return new()
        {
            Name = name,
            At = entry.At,
            Source = values.Text(Source)?.Text ?? "",
            Layout = SourceKeys.Bind(values, values.Text(Source)?.Text, name, context),
            Key = Read(values, KeyColumn, context),
            From = Read(values, From, context),
            Until = Read(values, Until, context),
            Fields = [.. values.Get(Fields, NamedEntries<LocatedText>.None).Entries
                .Select(f => BindField(domain, f, context)).OfType<ColumnDesign>()],
        };
    }

    private static SourceExpression? Read(SectionValues values, Key<LocatedText> key, BindingContext context) =>
        values.Text(key) is { } text ? SourceSql.Read(text, context.Diagnostics) : null;

    /// <summary>A list told by flags: the names of the columns that are 1.</summary>
    private static SourceExpression? ReadFlags(SourceSpan at, ExpressionParser parser)
    {
        var columns = ImmutableArray.CreateBuilder<string>();
        do
        {
            if (parser.Peek.Kind is not (TokenKind.Name or TokenKind.QuotedName))
            {
                parser.Unexpected("a column that is 1 where a row has the member");
                return null;
            }
            columns.Add(parser.Take().Text);
        }
        while (parser.TryTake(","));
        var members = columns.Select(static c =>
            $"CASE WHEN TRY_CAST({SourceSql.Quote(c)} AS DOUBLE) = 1 THEN '{c.Replace("'", "''")}' END");
        return new(at, $"of {string.Join(", ", columns)}", $"concat_ws('|', {string.Join(", ", members)})", columns.ToImmutable());
    }

    private static ColumnDesign? BindField(CatalogueDesign catalogue, Named<LocatedText> field, BindingContext context)
    {
        if (field.Name.Text is "from" or "until")
        {
            context.Error(FaultCodes.BadName, field.At, $"every catalogue has a '{field.Name.Text}' of its own", null, null,
                "rename the field");
            return null;
        }
        var text = field.Value;
        var parser = new ExpressionParser(text, context.Diagnostics);
        var word = parser.Peek;
        var type = Array.Find(Types, t => word.Kind == TokenKind.Name && t.Word == word.Text);
        if (type.Word is null)
        {
            context.Error(FaultCodes.WrongForm, text.SpanOf(word.Start, Math.Max(word.End, word.Start + 1)),
                $"'{field.Name.Text}' has an unknown type", $"'{text.Text[word.Start..word.End]}'",
                string.Join(" | ", Types.Select(static t => t.Word)),
                Suggestion.Nearest(word.Text, Types.Select(static t => t.Word)) is { } near ? $"did you mean '{near}'?" : null);
            return null;
        }
        parser.Take();
        SourceExpression? source =
            new(field.Name.At, field.Name.Text, SourceSql.Quote(field.Name.Text), [field.Name.Text]);
        if (type.Type == DataType.List && parser.TryTake("of")) { source = ReadFlags(field.Name.At, parser); }
        else if (parser.TryTake("from"))
        {
            source = parser.ParseExpression() is { } node ? SourceSql.Write(text, node, context.Diagnostics) : null;
        }
        return source is not null && parser.ExpectEnd()
            ? new(field.Name.Text, ColumnKind.Field, type.Type, type.Type switch
            {
                DataType.Text => ColumnDesign.TextDomain,
                DataType.List => catalogue.DomainOf(field.Name.Text),
                _ => null,
            }, source, null, ColumnDesign.DefaultScale, field.At)
            : null;
    }
}
