using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Batch;

/// <summary>Makes ahead what a server would answer at one instant, by the features, scores and policy that it would have used then: of a ranking
/// a page for everyone, of a regression a promise for every ask of a file.</summary>
/// <remarks>Workers take parts in turn. A part stands under its name once it is whole, so a run that was killed goes on with the parts that
/// are missing and makes none twice. Equal inputs make equal rows, whichever process makes them.</remarks>
public sealed class BatchRun
{
    /// <summary>Rows of one part: what is lost at most when a process is killed, for each of its workers. A quote takes as many.</summary>
    internal const int PerPart = 1_000;

    private readonly BatchRequest _request;
    private readonly IBatchContent _content;
    private readonly BatchFolder _folder;

    private BatchRun(BatchRequest request, IBatchContent content, BatchFolder folder) => (_request, _content, _folder) = (request, content, folder);

    /// <exception cref="InvalidDataException">The version makes nothing ahead, nobody or nothing is there, asks are faulty, or its files
    /// cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled: whole parts stay, a later run goes on.</exception>
    public static BatchResult Run(BatchRequest request, CancellationToken cancellation = default)
    {
        var version = SystemVersion.Load(request.Workspace.VersionFolder(request.Version), request.Kinds);
        ThrowIfNotFit(request, version);
        var asks = request.Asks is { } path ? new AskFile(path, version.Design.Decision.Each) : null;
        var root = request.Folder ?? request.Workspace.BatchFolder;
        var unfinished = Unfinished(request, version, asks?.Hash, root);
        var at = request.At ?? unfinished?.Description.Instant;
        var state = BatchState.Load(request.Workspace, version, at, unfinished?.Description.Place, request.Warn);
        version = version.With(state.Compiled);
        var instant = at ?? state.LastKnown;
        if (instant == long.MinValue)
        {
            throw new InvalidDataException($"version {version.Number} knows no record yet; say with --at as of when the batch is made.");
        }
        IBatchContent content = asks is null ? new BatchPages(version, state, instant) : new BatchAsks(asks, version, state);
        var folder = unfinished ?? BatchFolder.Begin(root, new()
        {
            Version = version.Number,
            Instant = instant,
            Place = state.NextPlace,
            Entity = content.Entity,
            Entities = content.Count,
            Asks = content.Asks,
            Parts = PartsOf(content.Count),
            DesignHash = version.Design.Hash,
            Began = request.Clock.GetUtcNow(),
        });
        state.Advance(instant);
        using var own = folder.Lock(request.Shard);
        return new BatchRun(request, content, folder).Make(cancellation);
    }

    internal static string Time(long microseconds) => DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
        .ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    internal static int PartsOf(int count) => (count + PerPart - 1) / PerPart;

    /// <summary>Which of <paramref name="count"/> rows are a part's.</summary>
    internal static Range RowsOf(int part, int count) => (part * PerPart)..Math.Min(count, (part + 1) * PerPart);

    private static void ThrowIfNotFit(BatchRequest request, SystemVersion version)
    {
        var which = $"version {request.Version} of {version.Design.System} ('kind: {version.Design.Decision.Kind.ToString().ToLowerInvariant()}')";
        if (version.Retriever is not null && request.Asks is not null)
        {
            throw new InvalidDataException($"{which} makes a page for everyone, and reads no asks; leave --asks out.");
        }
        if (version.Estimate is not null && request.Asks is null)
        {
            throw new InvalidDataException($"{which} answers asks; name the file that holds them, e.g. --asks tomorrow.parquet.");
        }
        if (version.Retriever is null && version.Estimate is null)
        {
            throw new InvalidDataException(
                $"{which} decides when it is asked and makes nothing ahead; a batch needs 'kind: ranking' or 'kind: regression'. Use lintel serve.");
        }
    }

    /// <summary>The batch that goes on: of the same asks and the instant that was asked for, else one that began within the time
    /// between two batches.</summary>
    private static BatchFolder? Unfinished(BatchRequest request, SystemVersion version, string? asks, string root)
    {
        var young = request.Clock.GetUtcNow() - (version.Design.Serve.Every ?? TimeSpan.FromDays(1));
        return BatchFolder.Of(root, version.Number).FirstOrDefault(b =>
            b.Description.DesignHash == version.Design.Hash && b.Description.Asks == asks
            && (request.At is { } at ? b.Description.Instant == at : b.Description.Began > young && !b.IsComplete));
    }

    private BatchResult Make(CancellationToken cancellation)
    {
        var (description, missing) = (_folder.Description, _folder.MissingParts(_request.Shard));
        var tally = new BatchTally(missing.Sum(p => (long)RowsOf(p, _content.Count).GetOffsetAndLength(_content.Count).Length), _request.Progress);
        var clock = _request.Clock;
        var began = clock.GetTimestamp();
        try
        {
            // one by one, so that what is left after a kill are the last parts
            Parallel.ForEach(
                Partitioner.Create(_content.Jobs(missing), EnumerablePartitionerOptions.NoBuffering),
                new() { MaxDegreeOfParallelism = Math.Max(1, _request.Workers), CancellationToken = cancellation },
                () => _content.NewWorker(tally, cancellation),
                (job, _, worker) =>
                {
                    worker.Make(job, description.Instant, _folder.PartPath(job.Part));
                    return worker;
                },
                static _ => { });
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.Flatten().InnerExceptions[0]);
        }
        return new(
            _folder.FullName, description.Version, new(DateTime.UnixEpoch.AddTicks(description.Instant * TimeSpan.TicksPerMicrosecond)),
            description.Entities, tally.Made, clock.GetElapsedTime(began).TotalSeconds, missing.Count,
            Enumerable.Range(0, description.Parts).Count(_request.Shard.Has) - missing.Count, description.Parts, _folder.IsComplete)
        {
            Take = _content.Take,
            Short = tally.Short,
        };
    }
}
