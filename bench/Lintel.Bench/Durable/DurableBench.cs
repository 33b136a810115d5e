using System.Globalization;

namespace Lintel.Bench.Durable;

/// <summary>Durable acknowledged writes of 200 bytes: the log in process, beside Redis with <c>appendfsync always</c>, in
/// turns on the same file system: <c>durable [PASSES] [SECONDS] [FOLDER]</c>. Needs redis-server and
/// redis-benchmark.</summary>
/// <remarks>Both group commit: what gathers while a sync runs shares the next one. Redis' client is its own benchmark, on the
/// same cores; our writers are tasks of this process. So the ratio compares what a program pays for each acknowledged
/// record, not two servers.</remarks>
internal static class DurableBench
{
    private const int PayloadBytes = 200;

    private static readonly (int Writers, double Goal)[] Rows = [(16, 1.5), (64, 2)];

    internal static int Run(string[] args)
    {
        var passes = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3;
        var seconds = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 2;
        if (!RedisPeer.IsThere)
        {
            Console.Error.WriteLine("durable: redis-server or redis-benchmark is not on the PATH; apt-get install -y redis-server");
            return 2;
        }
        var work = args.Length > 2
            ? Directory.CreateDirectory(Path.Combine(args[2], $"lintel-durable-{Environment.ProcessId}"))
            : Directory.CreateTempSubdirectory("lintel-durable-");
        try
        {
            using var redis = RedisPeer.Start(work.CreateSubdirectory("redis").FullName);
            LogWriters.Run(work.FullName, Rows[0].Writers, PayloadBytes, seconds / 2);       // compiled and warm
            foreach (var (writers, goal) in Rows) { Compare(redis, work.FullName, writers, goal, passes, seconds); }
            return 0;
        }
        finally { work.Delete(recursive: true); }
    }

    private static void Compare(RedisPeer redis, string work, int writers, double goal, int passes, double seconds)
    {
        var expected = redis.Run(writers, PayloadBytes, 2_000).PerSecond;
        var ratios = new double[passes];
        for (var pass = 0; pass < passes; pass++)
        {
            var theirs = redis.Run(writers, PayloadBytes, (int)Math.Max(2_000, expected * seconds));
            expected = theirs.PerSecond;
            var ours = LogWriters.Run(work, writers, PayloadBytes, seconds);
            ratios[pass] = ours.PerSecond / theirs.PerSecond;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{writers,3} writers   redis {theirs}   log {ours}   {ratios[pass]:0.00} x"));
        }
        Array.Sort(ratios);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{writers,3} writers   median {ratios[passes / 2]:0.00} x, lowest {ratios[0]:0.00} x, goal {goal:0.0} x"));
    }
}

/// <summary>One pass: acknowledged records a second, and how long an acknowledgement took.</summary>
internal readonly record struct DurablePass(double PerSecond, double P50Milliseconds, double P99Milliseconds)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{PerSecond,8:0}/s p50 {P50Milliseconds:0.00} p99 {P99Milliseconds:0.00} ms");
}
