namespace Lintel.Events.Log;

/// <summary>How a log is written.</summary>
public sealed record LogOptions
{
    /// <summary>A segment that has grown to this is closed and the next begins. Default 64 MiB: some hundred thousand
    /// records, read again in a fraction of a second.</summary>
    public long SegmentBytes { get; init; } = 64 << 20;

    internal LogDisk Disk { get; init; } = new();
}
