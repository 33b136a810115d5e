namespace Lintel.Events.Log;

/// <summary>The append-only log: records get their place in the order of <see cref="Append"/>, and are durable once
/// <see cref="WaitAsync"/> completes. One writer thread takes whatever has gathered, writes it in one call and syncs:
/// group commit. Safe for many threads.</summary>
/// <remarks>A failed write or sync closes the log for good: the page cache may have dropped the pages, so a second try
/// could acknowledge what is not there. Everyone who waits is told, later appends are refused.</remarks>
public sealed class AppendLog : IDisposable
{
    private const int FirstBufferBytes = 1 << 20;

    /// <summary>Records of a batch from which on the next one is waited for: fewer come from few clients, who would wait in vain.</summary>
    private const int CrowdRecords = 16;

    /// <summary>Longest wait for a batch to gather, from the last sync's end; under a crowd it saves more than it costs.</summary>
    private static readonly TimeSpan GatherTime = TimeSpan.FromMilliseconds(1);

    /// <summary>Bytes that may gather before appenders wait for the disk.</summary>
    private const int MaxGatheredBytes = 32 << 20;

    private readonly Lock _door = new();
    private readonly object _gate = new();
    private readonly string _folder;
    private readonly LogOptions _options;
    private readonly SegmentList _segments;
    private readonly FileStream _guard;
    private readonly Thread _writer;
    private SegmentWriter _segment;
    private byte[] _gathering = new byte[FirstBufferBytes];
    private byte[] _writing = new byte[FirstBufferBytes];
    private int _gathered;
    private int _records;
    private int _wanted = 1;
    private long _gatheringFrom;
    private long _gatheringSegment;
    private bool _rolls;
    private bool _segmentIsEmpty;
    private (byte Type, byte[] Payload)? _preamble;
    private long _durable;
    private TaskCompletionSource _gatheringDone = NewBatch();
    private Task _writingDone = Task.CompletedTask;
    private Exception? _fault;
    private bool _closing;
    private bool _disposed;

    private AppendLog(
        string folder, SegmentList segments, SegmentWriter segment, FileStream guard, LogScan recovered, LogOptions options)
    {
        (_folder, _segments, _segment, _guard, _options) = (folder, segments, segment, guard, options);
        Recovered = recovered;
        _gatheringFrom = _durable = recovered.End;
        _gatheringSegment = segment.FirstPlace;
        _segmentIsEmpty = AppendLogReader.ReadFirst(segment.File, out _) is null;
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

    /// <summary>First place that is still there; earlier ones were deleted.</summary>
    public long FirstPlace
    {
        get { lock (_segments) { return _segments.First(0); } }
    }

    /// <summary>Opens a folder's log, or begins one; visits every record that is there; cuts a torn end off.</summary>
    /// <exception cref="InvalidDataException">A record was altered; the message gives its position. Nothing is changed
    /// then.</exception>
    /// <exception cref="IOException">Another process has the log open, or the folder cannot be written.</exception>
    public static AppendLog Open(string folder, LogVisitor visit) => Open(folder, 0, visit);

    /// <summary>Opens a log and visits what stands from a place on, and before it the first record of the segment that
    /// holds the place.</summary>
    /// <param name="from">A border between records; 0: everything that is still there.</param>
    public static AppendLog Open(string folder, long from, LogVisitor visit, LogOptions? options = null)
    {
        options ??= new();
        var guard = LogGuard.Take(folder);
        SegmentWriter? segment = null;
        try
        {
            var segments = SegmentList.Of(folder);
            segments.Check(folder);
            var scan = AppendLogReader.Scan(segments, from, visit);
            try { segment = Continue(folder, segments, scan.End, options.Disk); }
            catch (IOException fault) { throw LogGuard.CannotWrite(folder, fault); }
            return new(folder, segments, segment, guard, scan, options);
        }
        catch
        {
            segment?.Dispose();
            guard.Dispose();
            throw;
        }
    }

    /// <summary>Gives the record that every segment starts with from now on; where it must hold for the next record already,
    /// roll too.</summary>
    public void StartSegmentsWith(byte type, ReadOnlySpan<byte> payload)
    {
        lock (_gate) { _preamble = (type, payload.ToArray()); }
    }

    /// <summary>The next record begins a new segment; it waits until the ones before it are written.</summary>
    public void Roll()
    {
        lock (_gate) { _rolls |= !_segmentIsEmpty; }
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
            // a batch stands in one segment: before the next one begins, what gathers is written
            while (_fault is null && !_closing && _gathered > 0 && (_rolls || _gathered + bytes > MaxGatheredBytes))
            {
                Monitor.Wait(_gate);
            }
            ThrowIfClosed();
            var first = _gathered == 0;
            if (first) { BeginBatch(type, payload); }
            var place = Gather(type, payload);
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
    /// <exception cref="InvalidDataException">Nothing whole stands there, or its segment was deleted.</exception>
    public byte[] Read(long place, out byte type)
    {
        var (path, first) = SegmentOf(place);
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        var at = place - first + LogFormat.HeaderBytes;
        return AppendLogReader.ReadRecord(file, at, out type) ?? throw new InvalidDataException(
            $"{path}: no whole record at byte {at} (place {place}); the file was altered or cut short.");
    }

    /// <summary>The record that the segment of a place starts with.</summary>
    /// <param name="firstPlace">The segment's first place: what holds for all of its records.</param>
    public byte[] ReadFirst(long place, out long firstPlace)
    {
        (var path, firstPlace) = SegmentOf(place);
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        return AppendLogReader.ReadFirst(file, out _) ?? throw new InvalidDataException(
            $"{path}: its first record is not whole; the file was altered or cut short.");
    }

    /// <summary>Deletes closed segments that end at or before a place.</summary>
    /// <returns>How many.</returns>
    public int DeleteBefore(long place)
    {
        var deleted = 0;
        lock (_segments)
        {
            while (_segments.End(0) is { } end && end <= place)
            {
                _options.Disk.Delete(_segments[0]);
                _segments.RemoveFirst();
                deleted++;
            }
        }
        if (deleted > 0) { _options.Disk.SyncFolder(_folder); }
        return deleted;
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
            _segment.Dispose();
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
            long from, segment;
            lock (_gate)
            {
                while (_gathered == 0 && !_closing) { Monitor.Wait(_gate); }
                if (_gathered == 0) { return; }
                AwaitCrowd(before.Records, before.Ended);
                (_gathering, _writing) = (_writing, _gathering);
                (length, _gathered) = (_gathered, 0);
                (before.Records, _records) = (_records, 0);
                (from, segment) = (_gatheringFrom, _gatheringSegment);
                _gatheringFrom += length;
                done = _gatheringDone;
                _writingDone = done.Task;
                _gatheringDone = NewBatch();
                Monitor.PulseAll(_gate);
            }
            var started = TimeProvider.System.GetTimestamp();
            try
            {
                if (segment != _segment.FirstPlace) { BeginSegment(segment); }
                _segment.Write(from, _writing.AsSpan(0, length));
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
    private void AwaitCrowd(int recordsBefore, long endedBefore)
    {
        _wanted = recordsBefore;
        while (recordsBefore >= CrowdRecords && _records < _wanted && !_closing)
        {
            if (TimeProvider.System.GetElapsedTime(endedBefore) >= GatherTime || !Monitor.Wait(_gate, GatherTime)) { break; }
        }
        _wanted = 1;
    }

    /// <summary>Starts the batch that the writer takes next: its mark, and where a segment begins the record that each
    /// starts with. The mark that ends the segment before has a place too.</summary>
    /// <param name="nextType">With its payload, the record that follows: one that is the segment's first itself stands once.</param>
    private void BeginBatch(byte nextType, ReadOnlySpan<byte> next)
    {
        if (_rolls || _gatheringFrom - _gatheringSegment >= _options.SegmentBytes)
        {
            _rolls = false;
            _segmentIsEmpty = true;
            _gatheringFrom += LogFormat.MarkBytes;
            _gatheringSegment = _gatheringFrom;
        }
        LogFormat.WriteMark(_gathering, _gatheringFrom);
        _gathered = LogFormat.MarkBytes;
        if (_segmentIsEmpty && _preamble is var (type, payload) && !(type == nextType && next.SequenceEqual(payload)))
        {
            Gather(type, payload);
        }
        _segmentIsEmpty = false;
    }

    /// <returns>The record's place.</returns>
    private long Gather(byte type, ReadOnlySpan<byte> payload)
    {
        var bytes = LogFormat.FrameBytes + payload.Length;
        if (_gathered + bytes > _gathering.Length)
        {
            Array.Resize(ref _gathering, Math.Max(2 * _gathering.Length, _gathered + bytes));
        }
        LogFormat.WriteRecord(_gathering.AsSpan(_gathered), type, payload);
        var place = _gatheringFrom + _gathered;
        _gathered += bytes;
        return place;
    }

    /// <summary>Ends the segment that is written and begins the next: a crash between the two leaves a whole segment, and
    /// the log goes on in it.</summary>
    private void BeginSegment(long firstPlace)
    {
        _segment.End(firstPlace - LogFormat.MarkBytes);
        var next = SegmentWriter.Create(_folder, firstPlace, _options.Disk);
        var before = _segment;
        lock (_segments) { _segments.Add(next.Path, firstPlace); }
        Volatile.Write(ref _segment, next);
        before.Dispose();
    }

    private (string Path, long First) SegmentOf(long place)
    {
        lock (_segments)
        {
            var index = _segments.Find(place);
            return index >= 0 ? (_segments[index], _segments.First(index)) : throw new InvalidDataException(
                $"{_folder}: place {place} is older than the log, which begins at place {_segments.First(0)}; what stood there is in "
                + "its days' Parquet files.");
        }
    }

    private void Close(Exception cause, TaskCompletionSource writing)
    {
        var fault = new LogClosedException(
            $"{_folder}: writing failed ({cause.Message}); the log takes no more records and nothing unsynced is acknowledged. "
            + "Free the disk or replace it, then start again: what was acknowledged is read back.", cause);
        TaskCompletionSource gathering;
        lock (_gate)
        {
            _fault = fault;
            gathering = _gatheringDone;
            Monitor.PulseAll(_gate);
        }
        // not on this thread: who waits may close the log, and closing waits for this thread
        ThreadPool.UnsafeQueueUserWorkItem(
            told =>
            {
                told.writing.SetException(fault);
                told.gathering.SetException(fault);
            },
            (writing, gathering), preferLocal: false);
    }

    private void ThrowIfClosed()
    {
        if (_fault is not null) { throw new LogClosedException(_fault.Message, _fault); }
        if (_closing) { throw new LogClosedException($"{_folder}: the log was closed; start again to append."); }
    }

    private void MarkEnd()
    {
        try { _segment.End(_gatheringFrom); }
        catch (IOException)
        {
            // nothing was acknowledged by this mark; without it the end reads as one that was not closed
        }
    }

    /// <summary>The segment to write: the last one behind its whole records, or the first of a new log.</summary>
    private static SegmentWriter Continue(string folder, SegmentList segments, long end, LogDisk disk)
    {
        if (segments.Count == 0)
        {
            var first = SegmentWriter.Create(folder, 0, disk);
            segments.Add(first.Path, 0);
            return first;
        }
        var last = SegmentWriter.Open(segments[segments.Count - 1], disk);
        try
        {
            last.CutBehind(end);
            return last;
        }
        catch
        {
            last.Dispose();
            throw;
        }
    }

    private static TaskCompletionSource NewBatch() => new();
}
