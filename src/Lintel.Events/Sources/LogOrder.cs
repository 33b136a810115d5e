namespace Lintel.Events.Sources;

/// <summary>The order of the log of files: by known instant, then type as declared, then row.</summary>
internal static class LogOrder
{
    internal static LogEntry[] Of(IReadOnlyList<EventTable> tables)
    {
        var instants = tables.Select(static t => Enumerable.Range(0, t.RowCount).Select(t.KnownOf).ToArray()).ToArray();
        var orders = instants.Select(static known => EventTableBuilder.StableOrder(known)).ToArray();
        var next = new int[tables.Count];
        var log = new LogEntry[tables.Sum(static t => t.RowCount)];
        for (var i = 0; i < log.Length; i++)
        {
            var best = -1;
            var bestKnown = long.MaxValue;
            for (var t = 0; t < orders.Length; t++)
            {
                if (next[t] == orders[t].Length) { continue; }
                var known = instants[t][orders[t][next[t]]];
                if (best < 0 || known < bestKnown) { (best, bestKnown) = (t, known); }
            }
            log[i] = new(bestKnown, best, orders[best][next[best]++]);
        }
        return log;
    }
}
