using Microsoft.Win32.SafeHandles;

namespace Lintel.Events.Log;

/// <summary>The append-only log: records get their place in the order of <see cref="Append"/>, and are durable once
/// <see cref="WaitAsync"/> completes. One writer thread takes whatever has gathered, writes it in one call and syncs:
/// group commit. Safe for many threads.</summary>
/// <remarks>A failed write or sync closes the log for good: the page cache may have dropped the pages, so a second try
/// could acknowledge what is not there. Everyone who waits is told, later appends are refused.</remarks>
public sealed class AppendLog : IDisposable
{
    private const int FirstBufferBytes = 1 << 20;

    /// <summary>Zeros that stand ready behind the end: a sync that changes no length writes no journal, which halves its time. Small, so
    /// that the write that renews them is no pause. The log's end is where they start; closing cuts them off.</summary>
    private const int ReadyBytes = 1 << 20;

    /// <summary>Records of a batch from which on the next one is waited for: fewer come from few clients, who would wait in vain.</summary>
    private const int CrowdRecords = 16;

    /// <summary>Longest wait for a batch to gather, from the last sync's end; under a crowd it saves more than it costs.</summary>
    private static readonly TimeSpan GatherTime = TimeSpan.FromMilliseconds(1);

    private static readonly byte[] Zeros = new byte[ReadyBytes];

    /// <summary>Bytes that may gather before appenders wait for the disk.</summary>
    private const int MaxGatheredBytes = 32 << 20;

    private readonly Lock _door = new();
    private readonly object _gate = new();
    private readonly SafeFileHandle _file;
    private readonly FileStream _guard;
    private readonly Action<SafeFileHandle> _sync;
    private readonly Thread _writer;
    private readonly string _path;
    private readonly long _firstPlace;
    private byte[] _gathering = new byte[FirstBufferBytes];
    private byte[] _writing = new byte[FirstBufferBytes];
    private int _gathered;
    private int _records;
    private int _wanted = 1;
    private long _ready;
    private long _gatheringFrom;
    private long _durable;
    private TaskCompletionSource _gatheringDone = NewBatch();
    private Task _writingDone = Task.CompletedTask;
    private Exception? _fault;
    private bool _closing;
    private bool _disposed;

    private AppendLog(string path, SafeFileHandle file, FileStream guard, long firstPlace, LogScan recovered,
        Action<SafeFileHandle> sync)
    {
        (_path, _file, _guard, _firstPlace, _sync) = (path, file, guard, firstPlace, sync);
        Recovered = recovered;
        _gatheringFrom = _durable = recovered.End;
        _writer = new(Write) { IsBackground = true, Name = "lintel log" };
        _writer.Start();
    }

    /// <summary>What opening found; torn bytes were cut off.</summary>
    public LogScan Recovered { get; }

    /// <summary>Places below this are on disk.</summary>
    public long Durable => Volatile.Read(ref _durable);

    /// <summary>Why the log refuses records; null while it takes them.</summary>
    public Exception? Fault => Volatile.Read(ref _fault);

    /// <summary>Told after each batch: records' bytes, and how long write and sync took.</summary>
    public Action<int, TimeSpan>? BatchWritten { get; set; }

    /// <summary>Opens a folder's log, or begins one; visits every record that is there; cuts a torn end off.</summary>
    /// <exception cref="InvalidDataException">A record was altered; the message gives its position. Nothing is changed
    /// then.</exception>
    /// <exception cref="IOException">Another process has the log open.</exception>
    public static AppendLog Open(string folder, LogVisitor visit) => Open(folder, 0, visit);

    /// <summary>Opens a folder's log and visits the records from a place on: what stands before it is known already.</summary>
    /// <param name="from">Place of a record, or an end that was reached before.</param>
    public static AppendLog Open(string folder, long from, LogVisitor visit) =>
        Open(folder, visit, static file => RandomAccess.FlushToDisk(file), from);

    internal static AppendLog Open(string folder, LogVisitor visit, Action<SafeFileHandle> sync, long from = 0)
    {
        Directory.CreateDirectory(folder);
        var guard = Guard(folder);
        SafeFileHandle? file = null;
        try
        {
            var segments = AppendLogReader.Segments(folder);
            if (segments.Count > 1)
            {
                throw new InvalidDataException(
                    $"{folder}: {segments.Count} segments, this program writes logs of one; use a newer Lintel.");
            }
            var path = segments.Count == 1 ? segments[0] : Path.Combine(folder, LogFormat.SegmentName(0));
            file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite,
                FileShare.ReadWrite | FileShare.Delete);
            // a header that was never completed precedes every acknowledgement: begin again
            if (RandomAccess.GetLength(file) < LogFormat.HeaderBytes) { Begin(file, sync); }
            var scan = AppendLogReader.Scan(file, path, visit, from);
            var first = long.Parse(Path.GetFileNameWithoutExtension(path));
            var end = scan.End - first + LogFormat.HeaderBytes;
            if (RandomAccess.GetLength(file) > end)
            {
                RandomAccess.SetLength(file, end);
                sync(file);
            }
            return new(path, file, guard, first, scan, sync);
        }
        catch
        {
            file?.Dispose();
            guard.Dispose();
            throw;
        }
    }

    /// <summary>Takes a record; the order of calls is the order of places.</summary>
    /// <param name="type">1 to 255.</param> <returns>The record's place.</returns>
    /// <exception cref="LogClosedException">The log takes no records any more; this one was not taken.</exception>
    public long Append(byte type, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfZero(type);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, LogFormat.MaxPayloadBytes);
        var bytes = LogFormat.FrameBytes + payload.Length;
        lock (_gate)
        {
            while (_fault is null && !_closing && _gathered > 0 && _gathered + bytes > MaxGatheredBytes)
            {
                Monitor.Wait(_gate);
            }
            ThrowIfClosed();
            var first = _gathered == 0;
            if (first)
            {
                LogFormat.WriteMark(_gathering, _gatheringFrom);
                _gathered = LogFormat.MarkBytes;
            }
            if (_gathered + bytes > _gathering.Length)
            {
                Array.Resize(ref _gathering, Math.Max(2 * _gathering.Length, _gathered + bytes));
            }
            LogFormat.WriteRecord(_gathering.AsSpan(_gathered), type, payload);
            var place = _gatheringFrom + _gathered;
            _gathered += bytes;
            if (++_records == _wanted || first) { Monitor.PulseAll(_gate); }
            return place;
        }
    }

    /// <summary>Completes when the record at a place is on disk.</summary>
    /// <exception cref="LogClosedException">Its write or sync failed: it must not be acknowledged.</exception>
    public ValueTask WaitAsync(long place)
    {
        if (place < Volatile.Read(ref _durable)) { return ValueTask.CompletedTask; }
        lock (_gate)
        {
            if (place < _durable) { return ValueTask.CompletedTask; }
            return new(place >= _gatheringFrom ? _gatheringDone.Task : _writingDone);
        }
    }

    /// <summary>Reads one durable record.</summary>
    /// <exception cref="InvalidDataException">Nothing whole stands there.</exception>
    public byte[] Read(long place, out byte type)
    {
        var at = place - _firstPlace + LogFormat.HeaderBytes;
        Span<byte> frame = stackalloc byte[LogFormat.FrameBytes];
        if (RandomAccess.Read(_file, frame, at) == frame.Length
            && BitConverter.ToInt32(frame) is >= 0 and <= LogFormat.MaxPayloadBytes and var length)
        {
            var record = new byte[LogFormat.FrameBytes + length];
            if (RandomAccess.Read(_file, record, at) == record.Length && LogFormat.TryRead(record, out _))
            {
                type = record[8];
                return record[LogFormat.FrameBytes..];
            }
        }
        throw new InvalidDataException($"{_path}: no whole record at byte {at} (place {place}); the file was altered or cut short.");
    }

    /// <summary>Writes what has gathered, marks the end, and closes the file.</summary>
    public void Dispose()
    {
        lock (_door)
        {
            if (_disposed) { return; }
            _disposed = true;
            lock (_gate)
            {
                _closing = true;
                Monitor.PulseAll(_gate);
            }
            _writer.Join();
            if (_fault is null) { MarkEnd(); }
            _file.Dispose();
            _guard.Dispose();
        }
    }

    private void Write()
    {
        var before = (Records: 0, Ended: 0L);
        while (true)
        {
            TaskCompletionSource done;
            int length;
            long from;
            lock (_gate)
            {
                while (_gathered == 0 && !_closing) { Monitor.Wait(_gate); }
                if (_gathered == 0) { return; }
                Gather(before.Records, before.Ended);
                (_gathering, _writing) = (_writing, _gathering);
                (length, _gathered) = (_gathered, 0);
                (before.Records, _records) = (_records, 0);
                from = _gatheringFrom;
                _gatheringFrom += length;
                done = _gatheringDone;
                _writingDone = done.Task;
                _gatheringDone = NewBatch();
                Monitor.PulseAll(_gate);
            }
            var started = TimeProvider.System.GetTimestamp();
            try
            {
                WriteBatch(from - _firstPlace + LogFormat.HeaderBytes, _writing.AsSpan(0, length));
            }
            catch (Exception fault)
            {
                Close(fault, done);
                return;
            }
            before.Ended = TimeProvider.System.GetTimestamp();
            Volatile.Write(ref _durable, from + length);
            // one work item for the whole batch: a wake-up for each of its waiters would cost more than what they do
            ThreadPool.UnsafeQueueUserWorkItem(static d => d.SetResult(), done, preferLocal: false);
            BatchWritten?.Invoke(length, TimeProvider.System.GetElapsedTime(started, before.Ended));
        }
    }

    /// <summary>Waits for as many records as the last batch held, when it was a crowd's and has just been told: its clients are about to
    /// come back, and one sync serves them all. Each sync less is processor time for the requests themselves.</summary>
    private void Gather(int recordsBefore, long endedBefore)
    {
        _wanted = recordsBefore;
        while (recordsBefore >= CrowdRecords && _records < _wanted && !_closing)
        {
            if (TimeProvider.System.GetElapsedTime(endedBefore) >= GatherTime || !Monitor.Wait(_gate, GatherTime)) { break; }
        }
        _wanted = 1;
    }

    private void WriteBatch(long at, ReadOnlySpan<byte> batch)
    {
        RandomAccess.Write(_file, batch, at);
        var end = at + batch.Length;
        if (end > _ready)
        {
            RandomAccess.Write(_file, Zeros, end);
            _ready = end + ReadyBytes;
        }
        _sync(_file);
    }

    private void Close(Exception cause, TaskCompletionSource writing)
    {
        var fault = new LogClosedException(
            $"{_path}: writing failed ({cause.Message}); the log takes no more records and nothing unsynced is acknowledged. "
            + "Free the disk or replace it, then start again: what was acknowledged is read back.", cause);
        TaskCompletionSource gathering;
        lock (_gate)
        {
            _fault = fault;
            gathering = _gatheringDone;
            Monitor.PulseAll(_gate);
        }
        writing.SetException(fault);
        gathering.SetException(fault);
    }

    private void ThrowIfClosed()
    {
        if (_fault is not null) { throw new LogClosedException(_fault.Message, _fault); }
        if (_closing) { throw new LogClosedException($"{_path}: the log was closed; start again to append."); }
    }

    /// <summary>A mark behind everything tells the next reader that all of it was synced.</summary>
    private void MarkEnd()
    {
        Span<byte> mark = stackalloc byte[LogFormat.MarkBytes];
        LogFormat.WriteMark(mark, _gatheringFrom);
        try
        {
            var at = _gatheringFrom - _firstPlace + LogFormat.HeaderBytes;
            RandomAccess.Write(_file, mark, at);
            RandomAccess.SetLength(_file, at + LogFormat.MarkBytes);
            _sync(_file);
        }
        catch (IOException)
        {
            // nothing was acknowledged by this mark; without it the end reads as one that was not closed
        }
    }

    private static void Begin(SafeFileHandle file, Action<SafeFileHandle> sync)
    {
        Span<byte> header = stackalloc byte[LogFormat.HeaderBytes];
        LogFormat.WriteHeader(header, 0);
        RandomAccess.SetLength(file, 0);
        RandomAccess.Write(file, header, 0);
        sync(file);
    }

    private static FileStream Guard(string folder)
    {
        var path = Path.Combine(folder, "lock");
        try { return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException fault)
        {
            throw new IOException(
                $"{folder}: another process has this log open ({fault.Message}); stop that server, or use another workspace.", fault);
        }
    }

    private static TaskCompletionSource NewBatch() => new();
}
