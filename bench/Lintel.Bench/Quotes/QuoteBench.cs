using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Live.Quotes;
using Lintel.Pipeline.Versions;
using Lintel.Server;
using Lintel.Training.Fitting;
using Lintel.Worlds.Deliveries;

namespace Lintel.Bench.Quotes;

/// <summary>What a page of 300 stores would be promised, in one request: over HTTP, and by part without its transport.
/// <c>quote DESIGN [WORKSPACE]</c>: makes a small deliveries world and a version of it, unless the workspace has one.</summary>
internal static class QuoteBench
{
    private const int Stores = 300, Warm = 100, Requests = 1_000;

    internal static int Run(string[] args)
    {
        if (args.Length is not (1 or 2))
        {
            Console.Error.WriteLine("quote DESIGN.yaml [WORKSPACE]");
            return 2;
        }
        return RunAsync(args[0], args.Length == 2 ? args[1] : null).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string design, string? kept)
    {
        var folder = kept ?? Directory.CreateTempSubdirectory("lintel-bench-quote-").FullName;
        var log = Directory.CreateTempSubdirectory("lintel-bench-quote-log-");
        try
        {
            var workspace = new Workspace(folder);
            if (workspace.Versions().Count == 0) { Train(design, workspace); }
            var host = await ServerHost.StartAsync(new()
            {
                Workspace = workspace,
                Kinds = KnownKinds.All,
                Version = workspace.Versions()[^1],
                Port = 0,
                LogFolder = log.FullName,
                Snapshots = null,
                Compact = null,
            }).ConfigureAwait(false);
            await using (host.ConfigureAwait(false))
            {
                var body = Body(host.Live.Version);
                Console.WriteLine($"{Stores} stores, {body.Length:N0} bytes");
                ByPart(host.Live, body);
                await OverHttpAsync(host.Address, body).ConfigureAwait(false);
            }
            return 0;
        }
        finally
        {
            log.Delete(recursive: true);
            if (kept is null) { Directory.Delete(folder, recursive: true); }
        }
    }

    private static void Train(string design, Workspace workspace)
    {
        var data = Path.Combine(workspace.Folder, "world");
        DeliveriesWorld.Make(data, new() { Days = 12, Orders = 500, Stores = Stores + 60 });
        TrainingRun.Run(new()
        {
            DesignPath = design,
            DataFolder = data,
            Workspace = workspace,
            Kinds = KnownKinds.All,
            Command = "bench quote",
            Clock = TimeProvider.System,
        });
    }

    private static byte[] Body(SystemVersion version)
    {
        var stores = version.Compiled.Dictionaries["store"];
        var items = Enumerable.Range(0, Stores).Select(i => string.Create(CultureInfo.InvariantCulture,
            $$"""{"store":"{{stores.Text(i)}}","onshift":{{5 + (i % 7)}},"busy":{{i % 5}},"outstanding":{{i % 11}}}"""));
        return Encoding.UTF8.GetBytes($$"""
            {"shared":{"about":{"items":3,"subtotal":32.5,"lat":37.77,"lon":-122.42,"apartment":true,"route_minutes":9.5},
             "stage":"placed","trip":null,"rain":false},"items":[{{string.Join(",", items)}}]}
            """);
    }

    private static void ByPart(LiveService live, byte[] body)
    {
        var quote = new QuoteRequest();
        var (read, answered) = (new double[Requests], new double[Requests]);
        var allocated = 0L;
        for (var i = -Warm; i < Requests; i++)
        {
            var (before, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            live.ReadQuote(body, quote);
            var parsed = Stopwatch.GetTimestamp();
            live.Quote(quote);
            var done = Stopwatch.GetTimestamp();
            if (quote.Faults.Count > 0) { throw new RequestException([.. quote.Faults]); }
            quote.Return();
            if (i < 0) { continue; }
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            (read[i], answered[i]) = (Stopwatch.GetElapsedTime(start, parsed).TotalMilliseconds, Stopwatch.GetElapsedTime(parsed, done).TotalMilliseconds);
        }
        Console.WriteLine($"read the body: {Percentiles(read)}");
        Console.WriteLine($"features, scores, promises: {Percentiles(answered)}; {allocated / Requests:N0} bytes allocated a request");
    }

    private static async Task OverHttpAsync(Uri server, byte[] body)
    {
        using var client = new HttpClient { BaseAddress = server };
        var latencies = new double[Requests];
        var bytes = 0;
        for (var i = -Warm; i < Requests; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var content = new ByteArrayContent(body);
            using var response = await client.PostAsync("/v1/quote", content).ConfigureAwait(false);
            bytes = (await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync().ConfigureAwait(false)).Length;
            if (i >= 0) { latencies[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds; }
        }
        Console.WriteLine($"over HTTP, one request after another: {Percentiles(latencies)}; {bytes:N0} bytes answered");
    }

    private static string Percentiles(double[] values)
    {
        Array.Sort(values);
        return $"p50 {values[values.Length / 2]:F2} ms, p99 {values[(int)(0.99 * (values.Length - 1))]:F2} ms, max {values[^1]:F2} ms";
    }
}
