using System.Diagnostics;
using Lintel.Events;

namespace Lintel.Server.Load;

/// <summary>Measures a running server: decides records of the data over HTTP on loopback, each made durable before its answer. Client
/// and server share the machine.</summary>
/// <param name="limit">Most records taken, from the end of the log; they are sent round and round, each time under a new id.</param>
public sealed class LoadRun(Uri address, EventHistory history, int limit)
{
    private readonly LoadRecords _records = new(history, limit);

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
                await client.DecideAsync(cancellation).ConfigureAwait(false);
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
                await client.DecideAsync(cancellation).ConfigureAwait(false);
                mine.Add(Stopwatch.GetElapsedTime(from));
            }
        }).ConfigureAwait(false);
        return LoadFigures.Of([.. latencies.SelectMany(static l => l)], Stopwatch.GetElapsedTime(start));
    }

    /// <summary>How soon an accepted event counts: a decision, or what it is about, is sent, and the next decision of the same keys reads
    /// other windows. The time from sending the first to holding the second's answer is an upper bound.</summary>
    /// <returns>The 99th percentile of the bound; null when one did not see what was sent, or the features look at no such window.</returns>
    public async Task<TimeSpan?> FreshnessAsync(int pairs, CancellationToken cancellation = default)
    {
        if (FreshnessProbe.Of(history.Design) is not { } probe) { return null; }
        using var client = NewClient();
        List<TimeSpan> bounds = [];
        for (var i = 0; i < pairs; i++)
        {
            var entry = _records.Next();
            if (probe.Of(history, entry) is not { } sent) { continue; }
            var from = Stopwatch.GetTimestamp();
            var before = await client.FeaturesAsync(entry, probe.Features, cancellation).ConfigureAwait(false);
            if (sent.Type != entry.Type)
            {
                from = Stopwatch.GetTimestamp();
                await client.SendAsync(sent, cancellation).ConfigureAwait(false);
            }
            var after = await client.FeaturesAsync(entry, probe.Features, cancellation).ConfigureAwait(false);
            bounds.Add(Stopwatch.GetElapsedTime(from));
            if (before == after) { return null; }
        }
        bounds.Sort();
        return bounds.Count == 0 ? null : bounds[(int)Math.Ceiling(0.99 * bounds.Count) - 1];
    }

    private LoadClient NewClient() => new(address, _records, history);

    private async Task Together(int connections, Func<LoadClient, Task> work)
    {
        LoadClient[] clients = [.. Enumerable.Range(0, connections).Select(_ => NewClient())];
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
