namespace Lintel.Events.Sources;

/// <summary>How files are read.</summary>
public sealed class HistoryOptions
{
    /// <summary>Share of an event's rows that may be unusable before reading stops, 0 to 1. Default 0.01: more than that is a wrong
    /// column or format, not noise.</summary>
    public double BadRowShare { get; set; } = 0.01;

    /// <summary>A number of unusable rows instead of a share. Default null.</summary>
    public long? BadRowCount { get; set; }

    /// <summary>Threads of the scan. Default 2; the result does not depend on it.</summary>
    public int Threads { get; set; } = 2;

    /// <summary>Most memory of the scan, bytes. Default 2 GiB.</summary>
    public long MemoryLimitBytes { get; set; } = 2L << 30;

    /// <summary>Where the scan spills; default null: the system's folder for temporary files.</summary>
    public string? TemporaryFolder { get; set; }

    /// <summary>A log whose accepted events are read beside the files. Default null: files only.</summary>
    public LogSource? Log { get; set; }
}

/// <summary>A log beside the files.</summary>
/// <param name="Folder">Where it stands; one that is not there has accepted nothing.</param>
/// <param name="To">Records at this place and behind it are left out.</param>
public sealed record LogSource(string Folder, long To = long.MaxValue);
