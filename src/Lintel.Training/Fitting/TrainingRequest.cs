using Lintel.Design.Kinds;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Fitting;

/// <summary>What a run reads, where it writes, and everything that it may depend on.</summary>
public sealed record TrainingRequest
{
    public required string DesignPath { get; init; }

    /// <summary>Where relative sources start; null: the design's own folder.</summary>
    public string? DataFolder { get; init; }

    public required Workspace Workspace { get; init; }

    public required KindRegistry Kinds { get; init; }

    /// <summary>Place of the workspace's log up to which accepted events are read beside the files. Default: to its end; 0:
    /// files only.</summary>
    public long LogTo { get; init; } = long.MaxValue;

    /// <summary>Seed of every random choice.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; the result does not depend on it.</summary>
    public int Threads { get; init; } = Math.Min(2, Environment.ProcessorCount);

    /// <summary>Stands in the manifest: how to make the version again.</summary>
    public required string Command { get; init; }

    public required TimeProvider Clock { get; init; }

    public ITrainingProgress Progress { get; init; } = NoProgress.Instance;
}
