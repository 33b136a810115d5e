using Lintel.Events;
using Lintel.Server.Verification;

namespace Lintel.Server.Load;

/// <summary>Bodies of decisions to send: the latest decided records of the data, each under an id that nobody had.</summary>
internal sealed class LoadRecords
{
    private readonly LogEntry[] _entries;
    private int _next = -1;
    private int _id = -1;

    /// <param name="limit">Most records taken, from the end of the log.</param>
    internal LoadRecords(EventHistory history, int limit)
    {
        var decided = history.Design.Decision.Each.Number;
        _entries = [.. history.Order.Where(e => e.Type == decided).TakeLast(limit)];
        if (_entries.Length == 0) { throw new InvalidDataException("the data hold no decided record to send"); }
    }

    /// <summary>The next record, round and round. Thread-safe.</summary>
    internal LogEntry Next() => _entries[(int)((uint)Interlocked.Increment(ref _next) % (uint)_entries.Length)];

    /// <summary>A record's body under a new id.</summary>
    /// <param name="scratch">The caller's own; the body is valid until its next use.</param>
    internal ReadOnlyMemory<byte> Body(RecordBatch scratch, in LogEntry entry)
    {
        scratch.Begin();
        scratch.Add(entry, $"load-{Interlocked.Increment(ref _id)}");
        scratch.End();
        return scratch.Body;
    }
}
