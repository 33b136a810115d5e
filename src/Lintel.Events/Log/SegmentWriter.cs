using Microsoft.Win32.SafeHandles;

namespace Lintel.Events.Log;

/// <summary>The segment that is written: one file from its header to the zeros that stand ready behind its end. The log's
/// writer thread owns it.</summary>
internal sealed class SegmentWriter : IDisposable
{
    /// <summary>Zeros that stand ready behind the end: a sync that changes no length writes no journal, which halves its
    /// time. Small, so that the write that renews them is no pause. The log's end is where they start; closing cuts
    /// them off.</summary>
    private const int ReadyBytes = 1 << 20;

    private static readonly byte[] Zeros = new byte[ReadyBytes];

    private readonly SafeFileHandle _file;
    private readonly LogDisk _disk;
    private long _ready;

    private SegmentWriter(string path, SafeFileHandle file, long firstPlace, LogDisk disk) =>
        (Path, _file, FirstPlace, _disk) = (path, file, firstPlace, disk);

    internal string Path { get; }

    internal long FirstPlace { get; }

    internal SafeFileHandle File => _file;

    /// <summary>Begins the segment of a place: durable with its name when this returns.</summary>
    internal static SegmentWriter Create(string folder, long firstPlace, LogDisk disk)
    {
        var path = System.IO.Path.Combine(folder, LogFormat.SegmentName(firstPlace));
        var file = disk.Create(path);
        try
        {
            Begin(file, firstPlace, disk);
            disk.SyncFolder(folder);
            return new(path, file, firstPlace, disk);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens the last segment of a log; a header that was never completed precedes every acknowledgement and is
    /// begun again.</summary>
    internal static SegmentWriter Open(string path, LogDisk disk)
    {
        var file = System.IO.File.OpenHandle(
            path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var first = LogFormat.FirstPlaceOf(path);
            if (!AppendLogReader.IsBegun(file)) { Begin(file, first, disk); }
            return new(path, file, first, disk);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Cuts off what stands behind the end: zeros, or a write that nobody was told of.</summary>
    internal void CutBehind(long end)
    {
        if (RandomAccess.GetLength(_file) <= At(end)) { return; }
        _disk.Cut(_file, At(end));
        _disk.Sync(_file);
    }

    /// <summary>Writes a batch and syncs it.</summary>
    internal void Write(long place, ReadOnlySpan<byte> batch)
    {
        _disk.Write(_file, batch, At(place));
        var end = At(place) + batch.Length;
        if (end > _ready)
        {
            _disk.Write(_file, Zeros, end);
            _ready = end + ReadyBytes;
        }
        _disk.Sync(_file);
    }

    /// <summary>A mark behind everything tells every later reader that all of it was synced; zeros are cut off.</summary>
    /// <param name="end">Place of the mark.</param>
    internal void End(long end)
    {
        Span<byte> mark = stackalloc byte[LogFormat.MarkBytes];
        LogFormat.WriteMark(mark, end);
        _disk.Write(_file, mark, At(end));
        _disk.Cut(_file, At(end) + LogFormat.MarkBytes);
        _disk.Sync(_file);
    }

    public void Dispose() => _file.Dispose();

    private long At(long place) => place - FirstPlace + LogFormat.HeaderBytes;

    private static void Begin(SafeFileHandle file, long firstPlace, LogDisk disk)
    {
        Span<byte> header = stackalloc byte[LogFormat.HeaderBytes];
        LogFormat.WriteHeader(header, firstPlace);
        disk.Cut(file, 0);
        disk.Write(file, header, 0);
        disk.Sync(file);
    }
}
