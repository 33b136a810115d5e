using Lintel.Events;

namespace Lintel.Training.Ranking;

/// <summary>An item that was shown.</summary>
/// <param name="Row">Of the table of the event that says so.</param>
/// <param name="At">When, microseconds since 1970 UTC.</param>
internal readonly record struct ShownRecord(int Item, int Row, long At);

/// <summary>What was shown to each request, where the design names the event that says so.</summary>
internal sealed class ShownItems
{
    private readonly List<ShownRecord>?[] _items;

    private ShownItems(List<ShownRecord>?[] items) => _items = items;

    /// <summary>In the order in which it became known; an item that was shown twice stands twice.</summary>
    public IReadOnlyList<ShownRecord> Of(int request) => _items[request] ?? (IReadOnlyList<ShownRecord>)[];

    /// <returns>Null: the design names no such event.</returns>
    public static ShownItems? Read(EventHistory history)
    {
        var ranking = history.Design.Decision.Ranking!;
        if (ranking.Shown is not { } shown) { return null; }
        var table = history.Tables[shown.Number];
        var items = new List<ShownRecord>?[history.Tables[history.Design.Decision.Each.Number].RowCount];
        var column = shown.FindKey(ranking.Of.Name);
        var scratch = new double[shown.Columns.Length];
        for (var row = 0; row < table.RowCount; row++)
        {
            var request = PairLabels.RequestOf(history, shown, row);
            var item = history.Read(new(table.KnownOf(row), shown.Number, row), scratch).Values[column];
            if (request >= 0 && !double.IsNaN(item))
            {
                (items[request] ??= []).Add(new((int)item, row, (long)table.Columns[0][row]));
            }
        }
        return new(items);
    }
}
