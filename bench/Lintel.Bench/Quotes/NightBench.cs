using System.Diagnostics;
using System.Globalization;
using Lintel.Features;
using Lintel.Pipeline.Batch;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Live.Quotes;
using Lintel.Pipeline.Versions;
using Lintel.Server.Verification;
using Lintel.Training.Fitting;
using Lintel.Training.Splits;

namespace Lintel.Bench.Quotes;

/// <summary>The asks of the test days as they are placed, promised at night and online: what the night costs in accuracy, and what it
/// saves. <c>etanight DESIGN WORKSPACE</c>: the workspace that <c>lintel up --no-serve</c> made.</summary>
/// <remarks>Serves the models that were judged, from the state at the start of the test period, record by record in the order in which things
/// became known. At 02:00 of each day its asks are quoted as of then: with all that they will say, and without what only the hour tells. A
/// batch answers to the same bits (a test says so); its speed is that of <c>lintel batch</c> on the same asks.</remarks>
internal static class NightBench
{
    private const int BatchAsks = 100_000;

    internal static int Run(string[] args)
    {
        if (args.Length != 2)
        {
            Console.Error.WriteLine("etanight DESIGN.yaml WORKSPACE");
            return 2;
        }
        var workspace = new Workspace(Path.GetFullPath(args[1]));
        return RunAsync(new()
        {
            DesignPath = Path.GetFullPath(args[0]),
            DataFolder = Path.Combine(workspace.Root, "world"),
            Workspace = workspace,
            Kinds = KnownKinds.All,
            Command = "bench etanight",
            Clock = TimeProvider.System,
        }).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(TrainingRequest request)
    {
        var number = request.Workspace.Versions()[^1];
        var version = SystemVersion.Load(request.Workspace.VersionFolder(number), request.Kinds, VersionFiles.Judged);
        var prepared = Preparation.OfVersion(version.Manifest!, request);
        var folder = Directory.CreateTempSubdirectory("lintel-bench-night-");
        try
        {
            var asks = new PlannedAsks(prepared);
            var run = new NightRun(version, prepared, asks);
            await run.RunAsync(request.Workspace, Path.Combine(folder.FullName, "log")).ConfigureAwait(false);
            var batch = Batch(request, number, asks, folder.FullName);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{run.Days} days, {run.Online.Count:N0} asks at 'placed' whose orders came; load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}"));
            Console.WriteLine("| | MAE | coverage 80 % | later than promised | by more than 5 min | asks/s | latency |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            Console.WriteLine(run.Online.Line("online, each as it is asked", $"{run.OnlinePerSecond:N0}", run.OnlineLatency));
            Console.WriteLine(run.Night.Line("at 02:00, all that an ask says being known", $"{batch:N0}", "none: a lookup"));
            Console.WriteLine(run.Blind.Line("at 02:00, couriers and rain not known", $"{batch:N0}", "none: a lookup"));
            return 0;
        }
        finally { folder.Delete(recursive: true); }
    }

    /// <summary>Promises a second of <c>lintel batch</c>, from the state being there to the last part being written.</summary>
    private static double Batch(TrainingRequest request, int number, PlannedAsks asks, string folder)
    {
        var file = Path.Combine(folder, "asks.ndjson");
        using (var lines = File.Create(file))
        {
            for (var written = 0; written < BatchAsks; written++)
            {
                lines.Write(asks.Json(asks.Rows[written % asks.Rows.Count], isBlind: false));
                lines.WriteByte((byte)'\n');
            }
        }
        return BatchRun.Run(new()
        {
            Workspace = request.Workspace,
            Kinds = request.Kinds,
            Version = number,
            Asks = file,
            Folder = Path.Combine(folder, "batch"),
            Clock = TimeProvider.System,
        }).PerSecond;
    }
}

/// <summary>The test days lived through by a live service.</summary>
internal sealed class NightRun(SystemVersion version, Preparation prepared, PlannedAsks asks)
{
    private readonly QuoteRequest _quote = new();
    private readonly LiveRequest _request = new();
    private readonly RecordedClock _clock = new();
    private readonly Timings _latencies = new(asks.Rows.Count);
    private TimeSpan _deciding;

    public int Days { get; private set; }

    public PromiseFigures Online { get; } = new();

    public PromiseFigures Night { get; } = new();

    public PromiseFigures Blind { get; } = new();

    /// <summary>One after another, each durable before the next is asked.</summary>
    public double OnlinePerSecond => Online.Asked / _deciding.TotalSeconds;

    public string OnlineLatency => string.Create(CultureInfo.InvariantCulture,
        $"p50 {_latencies.Microseconds(0.5) / 1e3:F2} ms, p99 {_latencies.Microseconds(0.99) / 1e3:F2} ms");

    public async Task RunAsync(Workspace workspace, string log)
    {
        var options = new LiveOptions { Clock = _clock, Order = InstantOrder.Together, AcceptUnknownSubjects = true };
        var state = StateShelf.Of(workspace, version, VersionFiles.StateAtTest, log, options, snapshots: false).Take(Console.Error.WriteLine);
        using var live = LiveService.Start(version, state, log, options);
        using var batch = new RecordBatch(prepared.History);
        var period = prepared.Split.Periods[SplitPart.Test];
        var nights = Nights(period);
        foreach (var entry in prepared.History.Order)
        {
            if (entry.Known < period.From || entry.Known >= period.To) { continue; }
            while (nights.TryPeek(out var night) && night <= entry.Known) { Promise(live, nights.Dequeue()); }
            batch.Begin();
            batch.Add(entry);
            batch.End();
            _clock.Announce(entry.Known);
            var isJudged = Days > 0 && asks.Has(entry);
            var start = Stopwatch.GetTimestamp();
            live.ReadDecide(batch.Body.Span, _request);
            await live.ApplyAsync(_request, decide: true).ConfigureAwait(false);
            if (_request.Faults.Count > 0) { throw new RequestException([.. _request.Faults]); }
            if (!isJudged) { continue; }
            _latencies.Add(Stopwatch.GetTimestamp() - start);
            _deciding += Stopwatch.GetElapsedTime(start);
            Online.Add(version.Estimate!, _request[0].Decision.Registers, asks.Label(entry.Row));
        }
    }

    /// <summary>02:00 of each whole day.</summary>
    private Queue<long> Nights(Period period)
    {
        var zone = prepared.Design.TimeZone;
        var nights = new Queue<long>();
        for (var day = CalendarDay.Of(period.From, zone) + 1; CalendarDay.StartOf(day + 1, zone) <= period.To; day++)
        {
            nights.Enqueue(CalendarDay.StartOf(day, zone) + (2 * 3_600_000_000L));
        }
        return nights;
    }

    private void Promise(LiveService live, long night)
    {
        Days++;
        var end = night + (24 * 3_600_000_000L);
        int[] rows = [.. asks.Rows.Where(r => prepared.Known[r] >= night && prepared.Known[r] < end)];
        foreach (var chunk in rows.Chunk(QuoteRequest.MaxItems))
        {
            foreach (var isBlind in new[] { false, true })
            {
                var body = new List<byte> { (byte)'[' };
                foreach (var row in chunk)
                {
                    if (body.Count > 1) { body.Add((byte)','); }
                    body.AddRange(asks.Json(row, isBlind));
                }
                body.Add((byte)']');
                _clock.Announce(night);
                live.ReadQuote([.. body], _quote);
                live.Quote(_quote);
                if (_quote.Faults.Count > 0) { throw new RequestException([.. _quote.Faults]); }
                for (var i = 0; i < chunk.Length; i++)
                {
                    (isBlind ? Blind : Night).Add(version.Estimate!, _quote.Registers(i), asks.Label(chunk[i]));
                }
                _quote.Return();
            }
        }
    }
}

/// <summary>How promises met what happened; orders that never came are left out.</summary>
internal sealed class PromiseFigures
{
    private const double Low = 0.1, High = 0.9;

    private double _error;
    private int _held, _late, _veryLate;

    /// <summary>Asks that were answered.</summary>
    public int Asked { get; private set; }

    /// <summary>Those of them that are judged.</summary>
    public int Count { get; private set; }

    public void Add(EstimateAnswer answer, ReadOnlySpan<double> registers, double label)
    {
        Asked++;
        if (double.IsNaN(label)) { return; }
        Count++;
        var promise = registers[answer.Promise];
        _error += Math.Abs(registers[answer.Estimate] - label);
        _late += label > promise ? 1 : 0;
        _veryLate += label > promise + 5 ? 1 : 0;
        var (above, below) = (false, false);
        foreach (var quantile in answer.Quantiles)
        {
            if (quantile.Level == Low) { above = label >= registers[quantile.Register]; }
            if (quantile.Level == High) { below = label <= registers[quantile.Register]; }
        }
        _held += above && below ? 1 : 0;
    }

    public string Line(string name, string perSecond, string latency) => string.Create(CultureInfo.InvariantCulture,
        $"| {name} | {_error / Count:F2} | {100.0 * _held / Count:F1} % | {100.0 * _late / Count:F1} % | {100.0 * _veryLate / Count:F1} % | {perSecond} | {latency} |");
}
