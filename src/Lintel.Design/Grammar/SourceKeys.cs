using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Grammar.Forms;

namespace Lintel.Design.Grammar;

/// <summary>Keys of everything that has files: how they are laid out, where they do not tell themselves.</summary>
internal static class SourceKeys
{
    private const string Latin = "latin-1";

    private static readonly (string Word, string Separator)[] Separators =
        [("tab", "\t"), ("space", " "), (",", ","), (";", ";"), ("|", "|"), ("::", "::")];

    private static readonly Key<ImmutableArray<LocatedText>> Columns = new("columns", new ListForm<LocatedText>(new TextForm("a name")),
        "Names of all columns, in their order, of text files without a header line.", Default: "the header line names them");

    private static readonly Key<string> Separator = new("separator", new ChoiceForm([.. Separators.Select(static s => s.Word)]),
        "What stands between the values of text files.", Default: "the one of , ; tab | that stands most often in the first line");

    private static readonly Key<string> Encoding = new("encoding", new ChoiceForm("utf-8", Latin),
        "How text files write letters.", Default: "utf-8");

    private static readonly Key<string> Unfold = new("unfold", new ChoiceForm("last"),
        "The last of `columns` goes on to the end of the line, and each of its values is a row: a user, and then all items.",
        Default: "a line is a row");

    public static readonly ImmutableArray<Key> All = [Columns, Separator, Encoding, Unfold];

    /// <summary>The layout; null: files tell themselves.</summary>
    /// <param name="source">What the section says of files; null: it has none.</param>
    public static FileLayout? Bind(SectionValues values, string? source, string name, BindingContext context)
    {
        if (All.FirstOrDefault(values.Has) is not { } first) { return null; }
        if (source is null || source.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
        {
            context.Error(FaultCodes.Conflict, values.AtOfKey(first),
                source is null ? $"'{first.Name}' describes files, and '{name}' has none"
                    : $"'{first.Name}' describes text files, and '{name}' has Parquet, which tells itself",
                null, "source: text files such as ratings.csv", source is null ? "add 'source', or remove it" : "remove it");
            return null;
        }
        var columns = values.Get(Columns, []);
        foreach (var again in columns.GroupBy(static c => c.Text, StringComparer.OrdinalIgnoreCase).Where(static g => g.Count() > 1))
        {
            context.Error(FaultCodes.Duplicate, again.Last().At, $"column '{again.Key}' is listed twice", null, null, "rename one of them");
        }
        if (values.Has(Unfold) && (columns.Length < 2 || !values.Has(Separator)))
        {
            context.Error(FaultCodes.Conflict, values.AtOfKey(Unfold), "'unfold' needs to know the columns, and what parts them", null,
                "columns: [user, item], separator: space", "add them");
        }
        return new()
        {
            Columns = [.. columns.Select(static c => c.Text)],
            Separator = values.TryGet(Separator, out var word) ? Array.Find(Separators, s => s.Word == word).Separator : null,
            IsLatin1 = values.Get(Encoding, "utf-8") == Latin,
            Unfolds = values.Has(Unfold),
        };
    }
}
