using Lintel.Design;
using Lintel.Events;
using Lintel.Retrieval.State;

namespace Lintel.Retrieval.Sources;

/// <summary>Reads a feed's interactions from a history.</summary>
public static class FeedReader
{
    /// <param name="until">What was known before this instant, microseconds.</param>
    /// <param name="leftOut">Rows of the event's table that do not count; null: all do.</param>
    /// <returns>In the order in which they became known.</returns>
    public static Interaction[] Read(EventHistory history, FeedDesign feed, long until, Func<int, bool>? leftOut = null)
    {
        var records = new FeedRecords(feed, history.Dictionaries, history.Design.TimeZone);
        var table = history.Tables[feed.Event.Number];
        var scratch = new double[feed.Event.Columns.Length];
        var interactions = new List<Interaction>();
        for (var row = 0; row < table.RowCount; row++)
        {
            var known = table.KnownOf(row);
            if (known >= until || leftOut?.Invoke(row) == true) { continue; }
            var record = history.Read(new(known, feed.Event.Number, row), scratch);
            if (records.TryRead(known, record.Values, out var interaction)) { interactions.Add(interaction); }
        }
        return [.. interactions.OrderBy(static i => i.Known)];
    }
}
