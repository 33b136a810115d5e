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
/// saves. <c>etanight DESIGN WORKSPACE [DAYS]</c>: the workspace that <c>lintel up --no-serve</c> made, the first 3 whole test days.</summary>
/// <remarks>Serves the models that were judged, from the state at the start of the test period, record by record in the order in which things
/// became known. At 02:00 of each day its asks are quoted as of then: with all that they will say, and without what only the hour tells. A
/// batch answers to the same bits (a test says so); its speed is that of <c>lintel batch</c> on the same asks.</remarks>
internal static class NightBench
{
    private const int BatchAsks = 100_000;

    internal static int Run(string[] args)
    {
        if (args.Length is not (2 or 3))
        {
            Console.Error.WriteLine("etanight DESIGN.yaml WORKSPACE [DAYS]");
            return 2;
        }
        return RunAsync(JudgedVersion.Of(args[0], Path.GetFullPath(args[1])), args.Length == 3 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 3)
            .GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(JudgedVersion judged, int days)
    {
        var (version, prepared, request) = judged;
        var folder = Directory.CreateTempSubdirectory("lintel-bench-night-");
        try
        {
            var asks = new PlannedAsks(prepared);
            var run = new NightRun(version, prepared, asks);
            await run.RunAsync(request.Workspace, Path.Combine(folder.FullName, "log"), days).ConfigureAwait(false);
            var batch = Batch(request, version.Number, asks, folder.FullName);
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
    private const long Day = 24 * 3_600_000_000L;

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

    /// <param name="most">Days from the first night on.</param>
    public async Task RunAsync(Workspace workspace, string log, int most)
    {
        var options = new LiveOptions { Clock = _clock, Order = InstantOrder.Together, AcceptUnknownSubjects = true };
        var state = StateShelf.Of(workspace, version, VersionFiles.StateAtTest, log, options, snapshots: false).Take(Console.Error.WriteLine);
        using var live = LiveService.Start(version, state, log, options);
        using var batch = new RecordBatch(prepared.History);
        var period = prepared.Split.Periods[SplitPart.Test];
        var nights = new Queue<long>(Nights(period).Take(most));
        var end = nights.Last() + Day;
        var decided = prepared.Design.Decision.Each.Number;
        var waiting = 0;
        foreach (var entry in prepared.History.Order)
        {
            if (entry.Known < period.From) { continue; }
            if (entry.Known >= end) { break; }
            if (nights.TryPeek(out var night) && night <= entry.Known)
            {
                if (waiting > 0) { await SendAsync().ConfigureAwait(false); }
                Promise(live, nights.Dequeue());
            }
            // events go with each other; an ask goes alone, so that its answer is timed and stands before what comes behind it
            if (entry.Type == decided && waiting > 0) { await SendAsync().ConfigureAwait(false); }
            if (waiting == 0) { batch.Begin(); }
            batch.Add(entry);
            _clock.Announce(entry.Known);
            waiting++;
            if (entry.Type != decided && waiting < QuoteRequest.MaxItems) { continue; }
            var start = Stopwatch.GetTimestamp();
            await SendAsync().ConfigureAwait(false);
            if (Days == 0 || !asks.Has(entry)) { continue; }
            _latencies.Add(Stopwatch.GetTimestamp() - start);
            _deciding += Stopwatch.GetElapsedTime(start);
            Online.Add(version.Estimate!, _request[0].Decision.Registers, asks.Label(entry.Row));
        }

        async Task SendAsync()
        {
            batch.End();
            live.ReadDecide(batch.Body.Span, _request);
            await live.ApplyAsync(_request, decide: true).ConfigureAwait(false);
            if (_request.Faults.Count > 0) { throw new RequestException([.. _request.Faults]); }
            waiting = 0;
        }
    }

    /// <summary>02:00 of each whole day.</summary>
    private Queue<long> Nights(Period period)
    {
        var zone = prepared.Design.TimeZone;
        var nights = new Queue<long>();
        for (var day = CalendarDay.Of(period.From, zone) + 1; CalendarDay.StartOf(day + 1, zone) <= period.To; day++)
        {
            nights.Enqueue(CalendarDay.StartOf(day, zone) + (Day / 12));
        }
        return nights;
    }

    private void Promise(LiveService live, long night)
    {
        Days++;
        // the instant before is over: it would end anew for each item else
        _ = live.Read(state =>
        {
            state.Advance(night);
            return night;
        });
        var end = night + Day;
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
