using Lintel.Design.Kinds;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Batch;

/// <summary>What to make ahead, as of when, and where it goes.</summary>
public sealed record BatchRequest
{
    public required Workspace Workspace { get; init; }

    public required KindRegistry Kinds { get; init; }

    public required int Version { get; init; }

    /// <summary>Of a regression: the file whose asks are answered, CSV, Parquet or NDJSON. Null for a ranking, which makes a page for
    /// everyone.</summary>
    public string? Asks { get; init; }

    /// <summary>As of when, microseconds since 1970 UTC; null: the last record's instant, or that of an unfinished batch which
    /// goes on.</summary>
    public long? At { get; init; }

    /// <summary>What this process makes. Default: everything.</summary>
    public BatchShard Shard { get; init; } = BatchShard.Whole;

    /// <summary>Holds a folder each batch; null: the workspace's.</summary>
    public string? Folder { get; init; }

    /// <summary>Threads that score, each a part of its own. Default: one more than there are cores, since they take turns at
    /// reading.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount + 1;

    /// <summary>Says how old an unfinished batch is.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Told the share of the shard's rows that are made.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Told what was set aside when the state was read.</summary>
    public Action<string> Warn { get; init; } = static _ => { };
}

/// <summary>What a run made.</summary>
/// <param name="Folder">Of the batch.</param>
/// <param name="Entities">Keys that get a page, or asks of the file.</param>
/// <param name="Made">Pages or promises that this run made.</param>
/// <param name="Seconds">From the state being there to the last part being written.</param>
/// <param name="PartsMade">By this run.</param> <param name="PartsThere">Of its shard, found whole.</param>
/// <param name="IsComplete">Every part of the batch is there, whoever made it.</param>
public sealed record BatchResult(
    string Folder, int Version, DateTimeOffset At, int Entities, long Made, double Seconds, int PartsMade, int PartsThere, int Parts,
    bool IsComplete)
{
    public double PerSecond => Seconds > 0 ? Made / Seconds : 0;

    /// <summary>Items of a full page; null: these are no pages.</summary>
    public int? Take { get; init; }

    /// <summary>Of the pages made, how many have fewer items than <see cref="Take"/>.</summary>
    public long Short { get; init; }

    /// <summary>0 to 1; 0 when no page was made.</summary>
    public double ShortShare => Made > 0 ? (double)Short / Made : 0;
}
