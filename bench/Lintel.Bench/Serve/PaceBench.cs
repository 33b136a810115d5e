using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Lintel.Numerics.Random;

namespace Lintel.Bench.Serve;

/// <summary>Sends payments at a fixed rate, whatever the answers take: <c>pace URL RATE SECONDS</c>. A latency counts
/// from the instant at which the request was due, so that waiting behind a slow one is not left out.</summary>
internal static class PaceBench
{
    internal static int Run(string[] args)
    {
        if (args.Length != 3 || !int.TryParse(args[1], out var rate) || !int.TryParse(args[2], out var seconds))
        {
            Console.Error.WriteLine("pace URL RATE SECONDS");
            return 2;
        }
        return RunAsync(new(args[0]), rate, seconds).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(Uri server, int rate, int seconds)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 64 };
        using var client = new HttpClient(handler) { BaseAddress = server };
        var run = $"{Stopwatch.GetTimestamp():x}";
        await SendAsync(client, run + "-warm", rate, Math.Min(seconds, 3)).ConfigureAwait(false);
        var latencies = await SendAsync(client, run, rate, seconds).ConfigureAwait(false);
        Array.Sort(latencies);
        Console.WriteLine($"{rate}/s for {seconds} s: {latencies.Length} decisions, p50 {At(0.5):F2} ms, p99 {At(0.99):F2} ms, "
            + $"p99.9 {At(0.999):F2} ms, max {latencies[^1]:F2} ms");
        return 0;

        double At(double share) => latencies[(int)(share * (latencies.Length - 1))];
    }

    private static async Task<double[]> SendAsync(HttpClient client, string run, int rate, int seconds)
    {
        var count = rate * seconds;
        var latencies = new double[count];
        var sent = new Task[count];
        var random = new RandomStream(2);
        var start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var i = 0; i < count;)
        {
            await timer.WaitForNextTickAsync().ConfigureAwait(false);
            // due at the tick of its millisecond: the timer has no finer one
            var due = (long)(Stopwatch.GetElapsedTime(start).TotalMilliseconds * rate / 1000);
            for (; i < due && i < count; i++)
            {
                var at = start + (long)(Math.Ceiling(1000.0 * (i + 1) / rate) / 1000 * Stopwatch.Frequency);
                var body = $$"""{"id":"{{run}}-{{i}}","card":"{{random.NextInt32(ServedFraud.Cards)}}","terminal":"{{random.NextInt32(ServedFraud.Terminals)}}","amount":{{random.NextInt32(20_000) / 100.0}}}""";
                var index = i;
                sent[i] = Task.Run(() => OneAsync(client, body, at, latencies, index));
            }
        }
        await Task.WhenAll(sent).ConfigureAwait(false);
        return latencies;
    }

    private static async Task OneAsync(HttpClient client, string body, long due, double[] latencies, int index)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await client.PostAsync("/v1/decide", content).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        latencies[index] = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
    }
}
