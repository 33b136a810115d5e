using Lintel.Design;
using Lintel.Events.Archive;
using Lintel.Events.Catalogues;
using Lintel.Native.DuckDb;

namespace Lintel.Events.Sources;

/// <summary>Reads the files that a design names, and what its log accepted, into an <see cref="EventHistory"/>.</summary>
/// <remarks>CSV (plain or gzip, a header line) and Parquet through one DuckDB scan for each source, shared by all events that name it.
/// Rows may come in any order. Cost: about 1 µs a row.</remarks>
public static class HistoryReader
{
    /// <param name="dataFolder">What relative sources start from.</param>
    /// <param name="dictionaries">Codes of keys and texts; new ones are added in the order of the files.</param>
    /// <exception cref="Design.Diagnostics.DesignException">A file is missing or unreadable, a column is not there or of another type,
    /// or more rows are unusable than <paramref name="options"/> allow.</exception>
    public static EventHistory Read(
        SystemDesign design, string dataFolder, CodeDictionaries dictionaries, HistoryOptions? options = null)
    {
        options ??= new();
        var coders = new Dictionary<string, KeyCoder>(StringComparer.Ordinal);
        var rows = design.Events.Select(e => new EventRows(e, dictionaries, coders)).ToList();
        var things = design.Catalogues
            .Select(c => c.Source.Length == 0 ? null : CatalogueRows.Open(c, dictionaries, coders)).ToList();
        using (var connection = DuckDbConnection.Open(new()
        {
            Threads = options.Threads,
            MemoryLimitBytes = options.MemoryLimitBytes,
            TemporaryFolder = options.TemporaryFolder,
        }))
        {
            connection.Execute("SET TimeZone = 'UTC'");
            foreach (var source in things.OfType<EventRows>().Concat(rows.Where(static r => r.Event.HasSource))
                .GroupBy(static r => (r.Event.Source, r.Event.Layout)))
            {
                new SourceScan(connection, dataFolder, [.. source], options).Run();
            }
        }
        var logTo = 0L;
        var logged = new List<SourceCount>();
        if (options.Log is { } log)
        {
            var events = AcceptedEvents.Read(log.Folder, log.To);
            LoggedRows.Append(events, [.. rows.Where(static r => !r.Event.IsDecision)]);
            logTo = events.To;
            logged.AddRange(rows.Where(static r => r.Places.Count > 0)
                .Select(static r => new SourceCount(r.Event.Name, "the log", r.Places.Count, r.Places.Count)));
        }
        var tables = new EventTable[rows.Count];
        // an event's subject is read before it, whatever the order of declaration
        foreach (var own in rows.OrderBy(static r => Depth(r.Event)))
        {
            tables[own.Event.Number] = own.Event.Visits is null
                ? EventTableBuilder.Build(own, tables)
                : VisitBuilder.Build(own, tables, dictionaries);
        }
        var catalogues = design.Catalogues
            .Select((c, i) => CatalogueBuilder.Build(c, things[i], tables, dictionaries)).ToList();
        foreach (var own in things.OfType<EventRows>()) { SourceScan.CheckLimit(own.Faults, options); }
        var order = LogOrder.Of(tables);
        return new()
        {
            Design = design,
            Dictionaries = dictionaries,
            Tables = tables,
            Catalogues = catalogues,
            Order = order,
            Report = new(
                [.. rows.Concat(things.OfType<EventRows>()).SelectMany(static r => r.Faults.Findings)],
                [
                    .. rows.Select(r => new SourceCount(
                        r.Event.Name, r.Event.Visits is { } made ? $"made from {made.From.Name}" : r.Event.Source, r.Faults.Rows,
                        tables[r.Event.Number].RowCount - r.Places.Count)),
                    .. things.OfType<EventRows>().Select(static r => new SourceCount(
                        r.Event.Name, r.Event.Source, r.Faults.Rows, CatalogueBuilder.CountOf(r))),
                    .. logged,
                ]),
            LogTo = logTo,
            Fingerprint = HistoryFingerprint.Of(tables, order, dictionaries, catalogues),
        };
    }

    private static int Depth(EventDesign design) =>
        (design.About?.Event ?? design.Visits?.From) is { } before ? 1 + Depth(before) : 0;
}
