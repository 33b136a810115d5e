using System.Diagnostics;
using Lintel.Events;
using Lintel.Pipeline.Versions;

namespace Lintel.Server.Load;

/// <summary>Measures what a design claims of the running system: a server on a copy of a version (its latest state, an empty temporary
/// log, the real clock) decides records of the data over HTTP on loopback, each made durable before its answer. Client and server
/// share the machine.</summary>
public sealed class LoadRun : IAsyncDisposable
{
    private readonly ServerHost _server;
    private readonly DirectoryInfo _log;
    private readonly LoadRecords _records;

    private LoadRun(ServerHost server, DirectoryInfo log, LoadRecords records) => (_server, _log, _records) = (server, log, records);

    /// <summary>Starts the server on a copy; the workspace's own log is not touched.</summary>
    public static async Task<LoadRun> StartAsync(
        ServerOptions options, EventHistory history, int limit, CancellationToken cancellation = default)
    {
        var log = Directory.CreateTempSubdirectory("lintel-load-");
        try
        {
            var server = await ServerHost.StartAsync(
                options with { Port = 0, Public = false, LogFolder = log.FullName, State = VersionFiles.StateLatest }, cancellation)
                .ConfigureAwait(false);
            return new(server, log, new(history, limit));
        }
        catch
        {
            log.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Sends at a steady rate. A request that was due while its connection still waited counts from when it was due, so that a
    /// stall is seen in full (no co-ordinated omission).</summary>
    /// <returns>Latency of each decision, sorted.</returns>
    public async Task<LoadFigures> PaceAsync(double perSecond, TimeSpan length, int connections, CancellationToken cancellation = default)
    {
        var count = (int)(perSecond * length.TotalSeconds);
        var latencies = new TimeSpan[count];
        var next = -1;
        var start = Stopwatch.GetTimestamp();
        await Together(connections, async client =>
        {
            while (Interlocked.Increment(ref next) is var i && i < count)
            {
                var due = TimeSpan.FromSeconds(i / perSecond);
                var early = due - Stopwatch.GetElapsedTime(start);
                if (early > TimeSpan.Zero) { await Task.Delay(early, cancellation).ConfigureAwait(false); }
                // a timer that fires late is the client's fault, a connection that was busy is the server's
                var from = early > TimeSpan.Zero ? Stopwatch.GetElapsedTime(start) : due;
                await client.DecideAsync(_records.Next(), cancellation).ConfigureAwait(false);
                latencies[i] = Stopwatch.GetElapsedTime(start) - from;
            }
        }).ConfigureAwait(false);
        return LoadFigures.Of(latencies, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Sends as fast as the answers come, on so many connections.</summary>
    public async Task<LoadFigures> SaturateAsync(TimeSpan length, int connections, CancellationToken cancellation = default)
    {
        var latencies = new List<TimeSpan>[connections];
        var place = -1;
        var start = Stopwatch.GetTimestamp();
        await Together(connections, async client =>
        {
            var mine = latencies[Interlocked.Increment(ref place)] = [];
            while (Stopwatch.GetElapsedTime(start) < length)
            {
                var from = Stopwatch.GetTimestamp();
                await client.DecideAsync(_records.Next(), cancellation).ConfigureAwait(false);
                mine.Add(Stopwatch.GetElapsedTime(from));
            }
        }).ConfigureAwait(false);
        return LoadFigures.Of([.. latencies.SelectMany(static l => l)], Stopwatch.GetElapsedTime(start));
    }

    /// <summary>How soon an accepted event counts: a decision is sent, and the next one of the same keys reads other features. The time from
    /// sending the first to holding the second's answer is an upper bound.</summary>
    /// <returns>The 99th percentile of the bound; null when a pair did not see its first decision, or the features look at no window.</returns>
    public async Task<TimeSpan?> FreshnessAsync(int pairs, CancellationToken cancellation = default)
    {
        using var client = new LoadClient(_server.Address);
        var bounds = new TimeSpan[pairs];
        for (var i = 0; i < pairs; i++)
        {
            var (first, second) = _records.Twice();
            var from = Stopwatch.GetTimestamp();
            var before = await client.FeaturesAsync(first, cancellation).ConfigureAwait(false);
            var after = await client.FeaturesAsync(second, cancellation).ConfigureAwait(false);
            bounds[i] = Stopwatch.GetElapsedTime(from);
            if (before == after) { return null; }
        }
        Array.Sort(bounds);
        return bounds[(int)Math.Ceiling(0.99 * pairs) - 1];
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync().ConfigureAwait(false);
        _log.Delete(recursive: true);
    }

    private async Task Together(int connections, Func<LoadClient, Task> work)
    {
        LoadClient[] clients = [.. Enumerable.Range(0, connections).Select(_ => new LoadClient(_server.Address))];
        try { await Task.WhenAll(clients.Select(client => Task.Run(() => work(client)))).ConfigureAwait(false); }
        finally
        {
            foreach (var client in clients) { client.Dispose(); }
        }
    }
}

/// <param name="Sorted">Latency of every decision, ascending.</param>
/// <param name="PerSecond">Decisions answered a second.</param>
public sealed record LoadFigures(TimeSpan[] Sorted, double PerSecond)
{
    /// <summary>Nearest rank. <paramref name="percentile"/> is 0 to 100.</summary>
    public TimeSpan Latency(double percentile) =>
        Sorted[Math.Clamp((int)Math.Ceiling(percentile / 100 * Sorted.Length) - 1, 0, Sorted.Length - 1)];

    /// <summary>Several stretches as one: all latencies, and the median of the rates.</summary>
    internal static LoadFigures Together(IReadOnlyList<LoadFigures> stretches)
    {
        TimeSpan[] all = [.. stretches.SelectMany(static s => s.Sorted)];
        Array.Sort(all);
        return new(all, stretches.Select(static s => s.PerSecond).Order().ElementAt(stretches.Count / 2));
    }

    internal static LoadFigures Of(TimeSpan[] latencies, TimeSpan took)
    {
        if (latencies.Length == 0) { throw new InvalidOperationException("the load run sent no decision; lengthen it or raise its rate"); }
        Array.Sort(latencies);
        return new(latencies, latencies.Length / took.TotalSeconds);
    }
}
