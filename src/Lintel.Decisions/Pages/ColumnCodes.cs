using Lintel.Events.Catalogues;

namespace Lintel.Decisions.Pages;

/// <summary>What a column holds for a candidate, as codes that can be compared: one for a text, key or number, one for
/// each member of a list. Missing is none.</summary>
internal readonly struct ColumnCodes(PageColumn column, CatalogueTable items)
{
    public PageColumn Column { get; } = column;

    public bool IsList => Column.IsList;

    /// <summary>Of a column that is no list; NaN: missing.</summary>
    public double Value(Page page, int candidate) => page.Registers(candidate)[Column.Register];

    /// <summary>Of a list.</summary>
    public ReadOnlySpan<int> Members(Page page, int candidate) => items.List(Column.Field, page.Items[candidate]);

    /// <summary>Likeness of two candidates, 0 to 1: of lists Jaccard's, the members that both have over those that one
    /// has; of others 1 when they are equal. With a missing value 0.</summary>
    public double Similarity(Page page, int a, int b)
    {
        if (!IsList) { return Value(page, a) == Value(page, b) ? 1 : 0; }
        var one = Members(page, a);
        var other = Members(page, b);
        var both = 0;
        foreach (var member in one)
        {
            if (other.Contains(member)) { both++; }
        }
        return both == 0 ? 0 : (double)both / (one.Length + other.Length - both);
    }
}
