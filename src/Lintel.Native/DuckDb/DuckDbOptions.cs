namespace Lintel.Native.DuckDb;

/// <summary>What one DuckDB instance may use.</summary>
public sealed class DuckDbOptions
{
    /// <summary>Database file. Default null: in memory.</summary>
    public string? Path { get; set; }

    /// <summary>Worker threads, 1 or more. Default 1: replay and training have their own use for the others.</summary>
    public int Threads { get; set; } = 1;

    /// <summary>Most memory, bytes. Default 1 GiB (DuckDB's own default is 80 % of the machine).</summary>
    public long MemoryLimitBytes { get; set; } = 1L << 30;

    /// <summary>Where it spills. Default null: the system's folder for temporary files (DuckDB's own default is the current folder).</summary>
    public string? TemporaryFolder { get; set; }
}
