using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Lintel.Models;
using Lintel.Models.Novelty;
using Lintel.Numerics.Random;

namespace Lintel.Bench.Novelty;

/// <summary>Isolation forest beside scikit-learn's: 100 trees of 256 rows, 200,000 rows of 20 features, one thread, the same rows. Batches are
/// compared by processor time, so that what else the machine does counts for neither.</summary>
internal static class IsolationForestBench
{
    private const int Rows = 200_000;
    private const int Features = 20;
    private const int Rounds = 5;
    private const int SingleCalls = 50_000;
    private const string Python = "/usr/bin/python3";

    // prints rows per second of processor time, then the single row's median in microseconds
    private const string Peer = """
        import sys, time, numpy as np
        from sklearn.ensemble import IsolationForest
        X = np.fromfile(sys.argv[1], dtype=np.float32).reshape(-1, 20)
        m = IsolationForest(n_estimators=100, max_samples=256, n_jobs=1, random_state=0).fit(X)
        best = 1e9
        for _ in range(2):
            t = time.process_time(); m.score_samples(X); best = min(best, time.process_time() - t)
        single = []
        for i in range(100):
            t = time.perf_counter(); m.score_samples(X[i:i + 1]); single.append(time.perf_counter() - t)
        print(len(X) / best, sorted(single)[50] * 1e6)
        """;

    /// <param name="arguments">None.</param> <returns>0; 2 on wrong use.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments.Length > 0)
        {
            Console.Error.WriteLine($"iforest takes no argument, got '{arguments[0]}'");
            return 2;
        }
        var rows = Normal();
        var settings = new IsolationForestParameters { Trees = 100, Sample = 256 };
        var clock = Stopwatch.StartNew();
        var model = new IsolationForestTrainer().Fit(
            settings, new() { Features = rows, FeatureCount = Features, Labels = new float[Rows] }, new(1, 1, null, CancellationToken.None));
        Console.WriteLine($"fit: {clock.Elapsed.TotalMilliseconds:F0} ms");
        OneRow(model, rows);
        var ours = Batch(model, rows);
        Console.WriteLine($"batch of {Rows:N0}, one thread: {ours:N0} rows/s of processor time");
        if (Measure(rows) is not var (theirs, median))
        {
            Console.WriteLine($"scikit-learn: not measured, {Python} with sklearn is not here");
            return 0;
        }
        Console.WriteLine($"scikit-learn: {theirs:N0} rows/s of processor time, one row p50 {median:F0} µs; batch {ours / theirs:F1} x (asked: 10)");
        return 0;
    }

    /// <summary>Standard normal, the first hundredth three times as wide.</summary>
    private static float[] Normal()
    {
        var random = new RandomStream(1);
        var rows = new float[Rows * Features];
        for (var i = 0; i < rows.Length; i++) { rows[i] = (float)(random.NextNormal() * (i < rows.Length / 100 ? 3 : 1)); }
        return rows;
    }

    private static void OneRow(IModel model, float[] rows)
    {
        var timings = new Timings(SingleCalls);
        var score = new double[1];
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < SingleCalls; i++)
            {
                var row = rows.AsSpan(i * Features, Features);
                var start = Stopwatch.GetTimestamp();
                model.Score(row, score);
                if (round > 0) { timings.Add(Stopwatch.GetTimestamp() - start); }
            }
        }
        Console.WriteLine($"one row: p50 {timings.Microseconds(0.5):F2} µs, p99 {timings.Microseconds(0.99):F2} µs (asked: 20)");
    }

    /// <returns>Rows per second of processor time, the best round.</returns>
    private static double Batch(IModel model, float[] rows)
    {
        var scores = new double[Rows];
        var best = double.PositiveInfinity;
        for (var round = -1; round < Rounds; round++)
        {
            var clock = CpuClock.Start();
            model.Score(rows, scores);
            if (round >= 0) { best = Math.Min(best, clock.Seconds); }
        }
        return Rows / best;
    }

    /// <returns>Null: there is no such peer on this machine.</returns>
    private static (double RowsPerSecond, double Median)? Measure(float[] rows)
    {
        if (!File.Exists(Python)) { return null; }
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, MemoryMarshal.AsBytes<float>(rows));
            using var process = Process.Start(new ProcessStartInfo(Python, ["-c", Peer, file]) { RedirectStandardOutput = true })!;
            var words = process.StandardOutput.ReadToEnd().Split();
            process.WaitForExit();
            return process.ExitCode == 0
                ? (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture))
                : null;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
