using Lintel.Events.Log;
using Lintel.Native.DuckDb;

namespace Lintel.Events.Archive;

/// <summary>Events that a log accepted, by type: taken record by record from the log, or read from its days.</summary>
public sealed class AcceptedEvents
{
    private readonly Dictionary<LoggedType, LoggedTable> _tables = new(SameType.Instance);
    private LoggedTable[] _now = [];

    /// <summary>Place behind the last record of the log that was looked at.</summary>
    public long To { get; private set; }

    public long Count => _tables.Values.Sum(static t => (long)t.RowCount);

    internal IEnumerable<LoggedTable> Tables => _tables.Values;

    /// <summary>Reads what a log has accepted: its days, and behind them its segments.</summary>
    /// <param name="logFolder">One that is not there has accepted nothing.</param>
    /// <param name="to">Records at this place and behind it are left out.</param>
    /// <exception cref="InvalidDataException">The log was altered.</exception>
    public static AcceptedEvents Read(string logFolder, long to = long.MaxValue)
    {
        var events = new AcceptedEvents();
        var compacted = ArchiveMark.Read(logFolder);
        var days = DayFiles.Of(ArchiveMark.Folder(logFolder), Math.Min(compacted, to));
        if (days.Count > 0)
        {
            using var connection = DuckDbConnection.Open();
            foreach (var day in days) { DayFiles.Read(connection, day, to, events.TableOf); }
        }
        events.To = Math.Min(compacted, to);
        if (to > compacted)
        {
            var end = LogSegments.Scan(logFolder, compacted, (in record) =>
            {
                if (record.Place < to) { events.Take(record); }
            });
            events.To = Math.Max(events.To, Math.Min(end, to));
        }
        return events;
    }

    /// <summary>Takes a record of the log; those that are neither event nor layout are passed over.</summary>
    /// <param name="record">Behind every one taken before.</param>
    public void Take(in LogRecord record)
    {
        if (record.Type == LiveRecordType.Layout)
        {
            _now = [.. LoggedLayout.Read(record.Payload).Types.Select(TableOf)];
        }
        else if (record.Type == LiveRecordType.Event)
        {
            var read = LoggedEvent.Read(record.Payload);
            if (read.Type >= _now.Length)
            {
                throw new InvalidDataException(
                    $"place {record.Place} of the log holds an event of type {read.Type}, its layout names {_now.Length}; "
                    + "restore the log from a backup.");
            }
            _now[read.Type].Add(record.Place, read);
        }
    }

    /// <summary>Writes the events by day; the same events give the same files.</summary>
    /// <param name="logFolder">Days go into a folder of it.</param>
    public void WriteDays(string logFolder)
    {
        foreach (var table in Tables) { DayFiles.Write(ArchiveMark.Folder(logFolder), table); }
    }

    private LoggedTable TableOf(LoggedType type)
    {
        if (!_tables.TryGetValue(type, out var table)) { _tables.Add(type, table = new(type)); }
        return table;
    }

    /// <summary>Types are the same when name and columns are; a key's texts are texts.</summary>
    private sealed class SameType : IEqualityComparer<LoggedType>
    {
        internal static readonly SameType Instance = new();

        public bool Equals(LoggedType? x, LoggedType? y) =>
            x!.Name == y!.Name && x.Columns.Length == y.Columns.Length
            && x.Columns.Zip(y.Columns).All(static c => c.First.Name == c.Second.Name && c.First.Holds(c.Second.Type));

        public int GetHashCode(LoggedType type) => StringComparer.Ordinal.GetHashCode(type.Name);
    }
}
