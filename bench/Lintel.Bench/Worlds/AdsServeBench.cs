using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Lintel.Pipeline.Ranking;
using Lintel.Pipeline.Versions;
using Lintel.Server;
using Lintel.Worlds.Ads;

namespace Lintel.Bench.Worlds;

/// <summary>Pages over HTTP at a fixed rate from the system that <see cref="AdsStreamBench"/> trained, each shown and clicked as the truth has
/// it, by a server that learns and publishes, and by one that does not: latency percentiles from when a page was due.</summary>
/// <remarks>Arguments: the folder, pages a second (40), seconds (120), and the interval of publications (30s). The clock runs
/// as it does everywhere, a constant apart from the world's time.</remarks>
internal static class AdsServeBench
{
    public static int Run(string[] arguments)
    {
        int Number(int i, int otherwise) => arguments.Length > i ? int.Parse(arguments[i], CultureInfo.InvariantCulture) : otherwise;
        var workspace = new Workspace(Path.GetFullPath(arguments.Length > 0 ? arguments[0] : "adsstream"));
        foreach (var learns in new[] { false, true })
        {
            AdsStreamBench.Restore(workspace, arguments.Length > 3 ? arguments[3] : "30s");
            RunAsync(workspace, learns, Number(1, 40), Number(2, 120)).GetAwaiter().GetResult();
        }
        return 0;
    }

    private static async Task RunAsync(Workspace workspace, bool learns, int rate, int seconds)
    {
        var truth = AdsTruth.Read(Path.Combine(workspace.Folder, "world"));
        var first = 0;
        // noon of the second day that the version has not seen: clicks of the last one it has are logged up to a day later
        while (truth.At(first) < truth.At(0) + (long)TimeSpan.FromDays(22.5).TotalMicroseconds) { first++; }
        var clock = new ShiftedClock(DateTimeOffset.UnixEpoch.AddMicroseconds(truth.At(first)) - DateTimeOffset.UtcNow);
        new LiveReference(1, clock.GetUtcNow(), "bench", "trained").Write(workspace);
        await using var server = await ServerHost.StartAsync(new()
        {
            Workspace = workspace,
            Kinds = KnownKinds.All,
            Port = 0,
            WatchLabels = learns ? TimeSpan.FromSeconds(1) : null,
            Live = new() { Clock = clock },
            Warn = Console.WriteLine,
            Tell = Console.WriteLine,
        }).ConfigureAwait(false);
        using var client = new HttpClient { BaseAddress = server.Address };
        var traffic = new AdsTraffic(truth, seed: 1);
        var latencies = new double[rate * seconds];
        var sent = new Task[latencies.Length];
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < sent.Length; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / rate);
            if (due - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } wait) { await Task.Delay(wait).ConfigureAwait(false); }
            var (number, index) = (first + i, i);
            sent[i] = Task.Run(async () =>
            {
                var body = traffic.Request(number);
                var answer = await PostAsync(client, "/v1/decide", body).ConfigureAwait(false);
                latencies[index] = (Stopwatch.GetElapsedTime(start) - due).TotalMilliseconds;
                List<string> follow = [];
                // the truth and its draws are one thread's
                lock (traffic) { traffic.Show(number, Shown(answer), 0, (said, _) => follow.Add(said)); }
                // what was shown comes last from the page, and must be known before its clicks
                foreach (var said in follow.OrderByDescending(static f => f[0] == '[')) { await PostAsync(client, "/v1/events", said).ConfigureAwait(false); }
            });
        }
        await Task.WhenAll(sent).ConfigureAwait(false);
        // the first seconds warm the code
        var measured = latencies[(latencies.Length / 5)..];
        Array.Sort(measured);
        double At(double share) => measured[(int)(share * (measured.Length - 1))];
        Console.WriteLine($"{(learns ? "learning" : "not learning")}: {rate} pages/s for {seconds} s: p50 {At(0.5):0.0} ms, p99 {At(0.99):0.0} ms, p99.9 {At(0.999):0.0} ms, max {measured[^1]:0} ms");
        Console.WriteLine(await client.GetStringAsync("/v1/learning").ConfigureAwait(false));
    }

    private static List<ShownItem> Shown(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        List<ShownItem> shown = [];
        foreach (var item in json.RootElement.GetProperty("items").EnumerateArray())
        {
            double Value(string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;
            shown.Add(new(item.GetProperty("item").GetString()!, 0, Value("propensity"), 0, [], []) { Price = Value("price") });
        }
        return shown;
    }

    private static async Task<string> PostAsync(HttpClient client, string path, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await client.PostAsync(path, content).ConfigureAwait(false);
        var answer = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        return response.IsSuccessStatusCode ? answer : throw new InvalidOperationException($"{path}: {answer}");
    }

    /// <summary>The machine's clock, a constant apart.</summary>
    private sealed class ShiftedClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + by;
    }
}
