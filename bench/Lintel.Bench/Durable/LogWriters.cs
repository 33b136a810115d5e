using System.Diagnostics;
using Lintel.Events.Log;

namespace Lintel.Bench.Durable;

/// <summary>Writers that each append a record and wait until it is on disk before the next.</summary>
internal static class LogWriters
{
    /// <summary>Most acknowledgements of one writer whose time is kept.</summary>
    private const int TimedRecords = 200_000;

    internal static DurablePass Run(string work, int writers, int payloadBytes, double seconds)
    {
        var folder = Path.Combine(work, "log");
        try
        {
            using var log = AppendLog.Open(folder, static (in LogRecord _) => { });
            var payload = new byte[payloadBytes];
            payload.AsSpan().Fill((byte)'x');
            var ticks = new long[writers][];
            var counts = new int[writers];
            var started = Stopwatch.GetTimestamp();
            var end = started + (long)(seconds * Stopwatch.Frequency);
            Task.WaitAll(Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
            {
                var own = ticks[w] = new long[TimedRecords];
                var count = 0;
                for (long at = Stopwatch.GetTimestamp(), now; at < end && count < TimedRecords; at = now)
                {
                    await log.WaitAsync(log.Append(1, payload)).ConfigureAwait(false);
                    now = Stopwatch.GetTimestamp();
                    own[count++] = now - at;
                }
                counts[w] = count;
            })).ToArray());
            var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var all = new Timings(counts.Sum());
            for (var w = 0; w < writers; w++)
            {
                for (var i = 0; i < counts[w]; i++) { all.Add(ticks[w][i]); }
            }
            return new(counts.Sum() / elapsed, all.Microseconds(0.5) / 1_000, all.Microseconds(0.99) / 1_000);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }
}
