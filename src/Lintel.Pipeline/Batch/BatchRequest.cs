using Lintel.Design.Kinds;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Batch;

/// <summary>Whose pages to make, as of when, and where they go.</summary>
public sealed record BatchRequest
{
    public required Workspace Workspace { get; init; }

    public required KindRegistry Kinds { get; init; }

    public required int Version { get; init; }

    /// <summary>As of when, microseconds since 1970 UTC; null: the last record's instant, or that of an unfinished batch which
    /// goes on.</summary>
    public long? At { get; init; }

    /// <summary>What this process makes. Default: everything.</summary>
    public BatchShard Shard { get; init; } = BatchShard.Whole;

    /// <summary>Holds a folder each batch; null: the workspace's.</summary>
    public string? Folder { get; init; }

    /// <summary>Threads that rank, each a part of its own. Default: one more than there are cores, since they take turns at
    /// reading.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount + 1;

    /// <summary>Says how old an unfinished batch is.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Told the share of the shard's pages that are made.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Told what was set aside when the state was read.</summary>
    public Action<string> Warn { get; init; } = static _ => { };
}

/// <summary>What a run made.</summary>
/// <param name="Folder">Of the batch.</param>
/// <param name="Pages">Made by this run.</param>
/// <param name="Seconds">From the state being there to the last part being written.</param>
/// <param name="Short">Of these pages, how many have fewer items than <paramref name="Take"/>.</param>
/// <param name="PartsMade">By this run.</param> <param name="PartsThere">Of its shard, found whole.</param>
/// <param name="IsComplete">Every part of the batch is there, whoever made it.</param>
public sealed record BatchResult(
    string Folder, int Version, DateTimeOffset At, int Entities, long Pages, double Seconds, long Short, int Take, int PartsMade,
    int PartsThere, int Parts, bool IsComplete)
{
    public double PagesPerSecond => Seconds > 0 ? Pages / Seconds : 0;

    /// <summary>0 to 1; 0 when no page was made.</summary>
    public double ShortShare => Pages > 0 ? (double)Short / Pages : 0;
}
