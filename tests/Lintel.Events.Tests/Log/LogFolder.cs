using System.Text;
using Lintel.Events.Log;

namespace Lintel.Events.Tests.Log;

/// <summary>A folder of its own for one test's log, and what stands in it.</summary>
internal sealed class LogFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("lintel-log-").FullName;

    public string Segment => Directory.GetFiles(Path, "*.log").Single();

    public AppendLog Open() => AppendLog.Open(Path, static (in LogRecord _) => { });

    public AppendLog Open(LogDisk disk, long segmentBytes = 64 << 20) =>
        AppendLog.Open(Path, 0, static (in LogRecord _) => { }, new() { Disk = disk, SegmentBytes = segmentBytes });

    public (List<string> Texts, LogScan Scan) Read()
    {
        var texts = new List<string>();
        var scan = AppendLogReader.Scan(Path, (in LogRecord r) =>
            texts.Add($"{r.Type}:{Encoding.UTF8.GetString(r.Payload)}"));
        return (texts, scan);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
