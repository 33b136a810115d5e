namespace Lintel.Pipeline.Live;

/// <summary>When snapshots of the live state are made, and how gently.</summary>
public sealed record SnapshotOptions
{
    /// <summary>Records behind the last snapshot from which on the next is made. Default 1,000,000: about two seconds of
    /// replay at a start.</summary>
    public long EveryRecords { get; init; } = 1_000_000;

    /// <summary>The same in time, when there was any record. Default 15 minutes.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How often it is looked whether one is due. Default 1 second.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Nice value of the thread that makes them, 0 to 19. Default 10: a tenth of a processor when all are
    /// busy.</summary>
    public int Nice { get; init; } = 10;

    /// <summary>Longest stretch of work. Default 2 ms: a fifth of the 10 ms that a decision may take.</summary>
    public TimeSpan Work { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Rest between two stretches. Default 2 ms: half of one processor at most.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromMilliseconds(2);
}
