using System.Collections.Immutable;
using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Events;
using Lintel.Events.Catalogues;

namespace Lintel.Pipeline.Ranking;

/// <summary>What people call an item: the first text of its catalogue, in the file's order. Immutable, so that any thread may
/// read it while new keys enter the dictionaries.</summary>
public sealed class ItemTitles
{
    private readonly Dictionary<string, string> _titles;

    private ItemTitles(Dictionary<string, string> titles) => _titles = titles;

    public static ItemTitles None { get; } = new([]);

    /// <param name="names">Keys by code.</param>
    internal static ItemTitles Of(RankingDesign ranking, CatalogueTable items, ImmutableArray<string> names, CodeDictionaries dictionaries)
    {
        for (var f = 0; f < ranking.Of.Fields.Length; f++)
        {
            if (ranking.Of.Fields[f] is not { Type: DataType.Text, Domain: { } domain }) { continue; }
            var texts = dictionaries[domain];
            var titles = new Dictionary<string, string>(names.Length, StringComparer.Ordinal);
            for (var code = 0; code < names.Length; code++)
            {
                if (items.Value(f, code) is >= 0 and var text) { titles[names[code]] = texts.Text((int)text); }
            }
            return new(titles);
        }
        return None;
    }

    /// <returns>Null: the catalogue has no text, or none for this item.</returns>
    public string? Of(string item) => _titles.GetValueOrDefault(item);
}
