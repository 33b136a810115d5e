using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Ranking;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Batch;

/// <summary>Makes a page for everyone ahead, as of one instant: the candidates, features, scores and policy that a server would
/// have used then.</summary>
/// <remarks>Workers take parts in turn. The state has one reader at a time; scoring and the policy run beside it. A part stands
/// under its name once it is whole, so a run that was killed goes on with the parts that are missing and makes none twice. Equal
/// inputs make equal pages, whichever process makes them.</remarks>
public sealed class BatchRun
{
    private readonly BatchRequest _request;
    private readonly SystemVersion _version;
    private readonly LiveState _state;
    private readonly BatchAudience _audience;
    private readonly BatchFolder _folder;
    private readonly Lock _reading = new();
    private readonly long _wanted;
    private long _pages;
    private long _short;

    private BatchRun(
        BatchRequest request, SystemVersion version, LiveState state, BatchAudience audience, BatchFolder folder, IReadOnlyList<int> missing)
    {
        (_request, _version, _state, _audience, _folder) = (request, version, state, audience, folder);
        foreach (var part in missing) { _wanted += audience.Of(part).Length; }
    }

    /// <exception cref="InvalidDataException">The version ranks nothing, nobody or nothing is there, or its files cannot be
    /// used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled: whole parts stay, a later run goes on.</exception>
    public static BatchResult Run(BatchRequest request, CancellationToken cancellation = default)
    {
        var version = SystemVersion.Load(request.Workspace.VersionFolder(request.Version), request.Kinds);
        if (version.Retriever is null)
        {
            throw new InvalidDataException(
                $"version {request.Version} of {version.Design.System} gives outcomes and no pages ('kind: "
                + $"{version.Design.Decision.Kind.ToString().ToLowerInvariant()}'); a batch needs 'kind: ranking'.");
        }
        var root = request.Folder ?? request.Workspace.BatchFolder;
        var unfinished = Unfinished(request, version, root);
        var at = request.At ?? unfinished?.Description.Instant;
        var state = BatchState.Load(request.Workspace, version, at, unfinished?.Description.Place, request.Warn);
        version = version.With(state.Compiled);
        var instant = at ?? state.LastKnown;
        if (instant == long.MinValue)
        {
            throw new InvalidDataException($"version {version.Number} knows no record yet; say with --at as of when pages are made.");
        }
        ThrowIfNothingIsThere(version, instant);
        var audience = BatchAudience.Of(version.Design, state.Compiled.Dictionaries);
        var folder = unfinished ?? BatchFolder.Begin(root, new()
        {
            Version = version.Number,
            Instant = instant,
            Place = state.NextPlace,
            Entity = audience.Entity,
            Entities = audience.Count,
            Parts = audience.Parts,
            DesignHash = version.Design.Hash,
            Began = request.Clock.GetUtcNow(),
        });
        state.Advance(instant);
        using var own = folder.Lock(request.Shard);
        var missing = folder.MissingParts(request.Shard);
        return new BatchRun(request, version, state, audience, folder, missing).Make(missing, cancellation);
    }

    internal static string Time(long microseconds) => DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
        .ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The batch that goes on: of the instant that was asked for, else one that began within the time between two
    /// batches.</summary>
    private static BatchFolder? Unfinished(BatchRequest request, SystemVersion version, string root)
    {
        var young = request.Clock.GetUtcNow() - (version.Design.Serve.Every ?? TimeSpan.FromDays(1));
        return BatchFolder.Of(root, version.Number).FirstOrDefault(b =>
            b.Description.DesignHash == version.Design.Hash
            && (request.At is { } at ? b.Description.Instant == at : b.Description.Began > young && !b.IsComplete));
    }

    private static void ThrowIfNothingIsThere(SystemVersion version, long instant)
    {
        var items = version.Compiled.Plan.Row!.Items;
        for (var item = 0; item < items.Count; item++)
        {
            if (items.IsThere(item, instant)) { return; }
        }
        throw new InvalidDataException(
            $"catalogue '{items.Design.Name}' of version {version.Number}: none of its {items.Count:N0} items can be had at {Time(instant)}; "
            + "name another instant with --at, or train on a catalogue that holds some.");
    }

    private BatchResult Make(IReadOnlyList<int> missing, CancellationToken cancellation)
    {
        var clock = _request.Clock;
        var began = clock.GetTimestamp();
        try
        {
            // one by one, so that what is left after a kill are the last parts
            Parallel.ForEach(
                Partitioner.Create(missing, EnumerablePartitionerOptions.NoBuffering),
                new() { MaxDegreeOfParallelism = Math.Max(1, _request.Workers), CancellationToken = cancellation },
                () => new PageRequest(_version.Compiled),
                (part, _, request) =>
                {
                    MakePart(part, request, cancellation);
                    return request;
                },
                static _ => { });
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.Flatten().InnerExceptions[0]);
        }
        var description = _folder.Description;
        return new(
            _folder.FullName, _version.Number, new(DateTime.UnixEpoch.AddTicks(description.Instant * TimeSpan.TicksPerMicrosecond)),
            description.Entities, _pages, clock.GetElapsedTime(began).TotalSeconds, _short, _version.Compiled.Page!.Length, missing.Count,
            Enumerable.Range(0, description.Parts).Count(_request.Shard.Has) - missing.Count, description.Parts, _folder.IsComplete);
    }

    private void MakePart(int number, PageRequest request, CancellationToken cancellation)
    {
        var design = _version.Design;
        var part = new BatchPart(_audience.Entity, design.Decision.Ranking!);
        var keys = _state.Compiled.Dictionaries[_audience.Entity];
        var reading = new PageReading(request, _version.Retriever!);
        var draws = Decider.LetThroughOf(_version);
        var instant = _folder.Description.Instant;
        var take = _version.Compiled.Page!.Length;
        var values = new double[design.Decision.Each.Columns.Length];
        foreach (var code in _audience.Of(number))
        {
            cancellation.ThrowIfCancellationRequested();
            FillValues(values, code, instant);
            lock (_reading) { _state.PeekPage(values, instant, reading); }
            var key = keys.Text(code);
            _version.Rank(request, draws.Bits(string.Create(CultureInfo.InvariantCulture, $"{instant}/{key}")));
            part.Add(key, request);
            if (request.Page.Count < take) { Interlocked.Increment(ref _short); }
            var pages = Interlocked.Increment(ref _pages);
            _request.Progress?.Report((double)pages / _wanted);
        }
        part.Write(_folder.PartPath(number));
    }

    /// <summary>The request that an entity would make at the batch's instant; what only a real one knows is missing.</summary>
    private void FillValues(Span<double> values, int code, long instant)
    {
        values.Fill(double.NaN);
        var columns = _version.Design.Decision.Each.Columns;
        for (var c = 0; c < columns.Length; c++)
        {
            if (columns[c].Kind is Design.ColumnKind.Time or Design.ColumnKind.Known) { values[c] = instant; }
        }
        values[_audience.Column] = code;
    }
}
