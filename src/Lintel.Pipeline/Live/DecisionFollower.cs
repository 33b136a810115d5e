using Lintel.Events.Archive;
using Lintel.Events.Log;

namespace Lintel.Pipeline.Live;

/// <summary>Follows a log for its decisions alone: it needs no windows, so it begins at any segment. Not thread-safe.</summary>
public sealed class DecisionFollower
{
    private readonly string _logFolder;
    private readonly long _since;
    private readonly DecisionRecord _decision = new();

    // a scan that a fault ends is begun again
    private long _taken = -1;

    /// <param name="since">Decisions given from this instant on count, microseconds since 1970 UTC.</param>
    public DecisionFollower(string logFolder, long since)
    {
        (_logFolder, _since) = (logFolder, since);
        Place = LogSegments.Before(logFolder, since);
    }

    /// <summary>Place of the log where it goes on.</summary>
    public long Place { get; private set; }

    /// <summary>When the latest one that was read was given, microseconds since 1970 UTC.</summary>
    public long LastKnown { get; private set; } = long.MinValue;

    /// <summary>Takes what stands before a place.</summary>
    /// <param name="to">A place up to which the log is durable.</param>
    /// <param name="until">Decisions given later are left out, microseconds since 1970 UTC.</param>
    /// <param name="visit">Told of each; the record is used again for the next one.</param>
    /// <param name="taken">Told behind each record of the log; may wait.</param>
    /// <exception cref="InvalidDataException">The log was altered.</exception>
    public void Follow(long to, long until, Action<DecisionRecord> visit, Action? taken = null)
    {
        if (to <= Place) { return; }
        var from = Place;
        var scan = AppendLogReader.Scan(_logFolder, from, (in LogRecord record) =>
        {
            if (record.Type == LiveRecordType.Decision && record.Place >= from && record.Place < to && record.Place > _taken)
            {
                _taken = record.Place;
                _decision.Read(record.Payload);
                if (_decision.Given >= _since && _decision.Given <= until)
                {
                    LastKnown = Math.Max(LastKnown, _decision.Given);
                    visit(_decision);
                }
            }
            taken?.Invoke();
        });
        Place = Math.Min(to, scan.End);
    }
}
