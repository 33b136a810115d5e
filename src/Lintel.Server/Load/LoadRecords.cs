using Lintel.Events;
using Lintel.Server.Verification;

namespace Lintel.Server.Load;

/// <summary>Bodies of decisions to send: the latest decided records of the data, each under an id that nobody had.</summary>
internal sealed class LoadRecords
{
    private readonly EventHistory _history;
    private readonly LogEntry[] _entries;
    private int _next = -1;
    private int _id = -1;

    /// <param name="limit">Most records taken, from the end of the log.</param>
    internal LoadRecords(EventHistory history, int limit)
    {
        _history = history;
        var decided = history.Design.Decision.Each.Number;
        _entries = [.. history.Order.Where(e => e.Type == decided).TakeLast(limit)];
        if (_entries.Length == 0) { throw new InvalidDataException("the data hold no decided record to send"); }
    }

    /// <summary>The next record, round and round. Thread-safe.</summary>
    internal ReadOnlyMemory<byte> Next() => Body(Entry());

    /// <summary>One record under two ids.</summary>
    internal (ReadOnlyMemory<byte> First, ReadOnlyMemory<byte> Second) Twice()
    {
        var entry = Entry();
        return (Body(entry), Body(entry));
    }

    private LogEntry Entry() => _entries[(int)((uint)Interlocked.Increment(ref _next) % (uint)_entries.Length)];

    private byte[] Body(in LogEntry entry)
    {
        using var batch = new RecordBatch(_history);
        batch.Begin();
        batch.Add(entry, $"load-{Interlocked.Increment(ref _id)}");
        batch.End();
        return batch.Body.ToArray();
    }
}
