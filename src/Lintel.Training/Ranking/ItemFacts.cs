using Lintel.Design.Expressions;
using Lintel.Events.Catalogues;

namespace Lintel.Training.Ranking;

/// <summary>What metrics of pages need to know of the items beside who liked them. Columns are by item code, 0 to Count
/// − 1.</summary>
public sealed class ItemFacts
{
    /// <summary>The catalogue; null: nothing is known of the items, and figures that need their tags are
    /// undefined.</summary>
    public CatalogueTable? Table { get; init; }

    /// <summary>Interactions of each item in train, [n].</summary>
    public required int[] Popularity { get; init; }

    /// <summary>Distinct users who had to do with each item in train, [n].</summary>
    public required int[] UsersInTrain { get; init; }

    /// <summary>Distinct users in train.</summary>
    public required int TrainUserCount { get; init; }

    /// <summary>Items that could be had at some time of the judged period, [n].</summary>
    public required bool[] Available { get; init; }

    /// <summary>Field of <see cref="Table"/> by which items are alike; −1: none, see
    /// <see cref="TagFieldOf"/>.</summary>
    public int TagField { get; init; } = -1;

    public int Count => Popularity.Length;

    public bool HasTags => Table is not null && TagField >= 0;

    /// <summary>The catalogue's first list, or its first text that is not the only one of its item; −1: it has
    /// neither.</summary>
    public static int TagFieldOf(CatalogueTable table)
    {
        var fields = table.Design.Fields;
        for (var f = 0; f < fields.Length; f++)
        {
            if (fields[f].Type == DataType.List) { return f; }
        }
        for (var f = 0; f < fields.Length; f++)
        {
            if (fields[f].Type == DataType.Text && Repeats(table, f)) { return f; }
        }
        return -1;
    }

    /// <summary>Codes of an item's tags; empty where it has none.</summary>
    internal int[] TagsOf(int item)
    {
        if (!HasTags) { return []; }
        if (Table!.Design.Fields[TagField].Type == DataType.List) { return [.. Table.List(TagField, item)]; }
        var value = Table.Value(TagField, item);
        return double.IsNaN(value) ? [] : [(int)value];
    }

    private static bool Repeats(CatalogueTable table, int field)
    {
        var seen = new HashSet<double>();
        for (var code = 0; code < table.Count; code++)
        {
            var value = table.Value(field, code);
            if (!double.IsNaN(value) && !seen.Add(value)) { return true; }
        }
        return false;
    }

    /// <exception cref="ArgumentException">Columns differ in length.</exception>
    internal void Check()
    {
        if (UsersInTrain.Length != Count || Available.Length != Count)
        {
            throw new ArgumentException(
                $"{nameof(UsersInTrain)} has {UsersInTrain.Length} items, {nameof(Available)} {Available.Length}, "
                + $"{nameof(Popularity)} {Count}: one of each is expected for every item code");
        }
    }
}
