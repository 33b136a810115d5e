namespace Lintel.Pipeline.Batch;

/// <summary>What a batch is made of: a page for each key of an entity, or an answer to each ask of a file.</summary>
internal interface IBatchContent
{
    /// <summary>The entity, or the event that is decided.</summary>
    string Entity { get; }

    int Count { get; }

    /// <summary>SHA-256 of the file of asks, in hex; null: there is none.</summary>
    string? Asks { get; }

    /// <summary>Items of a full page; null: these are no pages.</summary>
    int? Take { get; }

    /// <summary>What is to be done for each of the parts, in their order; read by one thread at a time.</summary>
    IEnumerable<BatchJob> Jobs(IReadOnlyList<int> parts);

    /// <summary>Makes parts, one after another, beside other workers.</summary>
    IBatchWorker NewWorker(BatchTally tally, CancellationToken cancellation);
}

/// <param name="Part">Its number.</param> <param name="Asks">Its rows of the file, as JSON; empty: there is none.</param>
internal readonly record struct BatchJob(int Part, IReadOnlyList<byte[]> Asks);

/// <summary>Owned by one thread.</summary>
internal interface IBatchWorker
{
    /// <param name="instant">As of when, microseconds since 1970 UTC.</param> <param name="path">Where the part goes, once it is whole.</param>
    void Make(BatchJob job, long instant, string path);
}

/// <summary>Counts what workers made. Thread-safe.</summary>
/// <param name="wanted">Rows that this run is to make.</param>
internal sealed class BatchTally(long wanted, IProgress<double>? progress)
{
    private long _made;
    private long _short;

    public long Made => Interlocked.Read(ref _made);

    /// <summary>Pages with fewer items than a full one.</summary>
    public long Short => Interlocked.Read(ref _short);

    public void Add(int rows, bool isShort = false)
    {
        if (isShort) { Interlocked.Increment(ref _short); }
        var made = Interlocked.Add(ref _made, rows);
        progress?.Report((double)made / wanted);
    }
}
