using System.Diagnostics;
using Lintel.Design;
using Lintel.Models.Sparse.Ftrl;
using Lintel.Numerics.Random;

namespace Lintel.Bench.Clicks;

/// <summary>FTRL over ten million rows of 39 columns of ids, more than a cache holds: seconds and memory of one pass.</summary>
internal static class LongCtrBench
{
    private const int Rows = 10_000_000;
    private const int Chunk = 100_000;

    /// <summary>Ids of each column: 13 small ones, and 26 that rise from 1,000 to 2 million.</summary>
    private static readonly int[] Ids =
        [.. Enumerable.Repeat(64, 13), .. Enumerable.Range(0, 26).Select(static i => (int)(1_000 * Math.Pow(2_000, i / 25.0)))];

    /// <param name="arguments">None.</param> <returns>0, or 2 on wrong use.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments.Length > 0)
        {
            Console.Error.WriteLine($"ctr10m takes no argument, got '{arguments[0]}'");
            return 2;
        }
        FeatureShape[] shapes = [.. Ids.Select(static (ids, column) => FeatureShape.Id(ids, column))];
        var before = Environment.WorkingSet;
        var learner = new FtrlTrainer().Start(new FtrlParameters(), shapes, 1);
        var features = new float[Chunk * Ids.Length];
        var labels = new float[Chunk];
        var margins = new double[Chunk];
        var (learned, loss) = (TimeSpan.Zero, 0.0);
        for (var from = 0; from < Rows; from += Chunk)
        {
            Draw(new(20261121, (ulong)from), features, labels);
            var start = Stopwatch.GetTimestamp();
            learner.Learn(features, labels, default, margins);
            learned += Stopwatch.GetElapsedTime(start);
            if (from >= Rows / 2) { loss += ClickMetrics.LogLoss(margins, labels) * Chunk / (Rows / 2.0); }
        }
        var memory = Environment.WorkingSet - before;
        Console.WriteLine($"ftrl: {Rows:N0} rows of {Ids.Length} columns, {Ids.Sum():N0} ids, in {learned.TotalSeconds:F1} s on one core: "
            + $"{Rows / learned.TotalSeconds / 1e6:F2} M rows/s (asked: 30 s on two)");
        Console.WriteLine($"progressive log loss of the second half {loss:F4}; {((FtrlModel)learner.Snapshot()).Bytes / 1e6:F0} MB of weights, "
            + $"{memory / 1e6:F0} MB resident, of which {Chunk * Ids.Length * 4 / 1e6:F0} MB are the rows of one call");
        return 0;
    }

    /// <summary>Ids by Zipf's law, nearly; the label depends on a hash of each id.</summary>
    private static void Draw(RandomStream random, float[] features, float[] labels)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            var z = -1.35;
            for (var c = 0; c < Ids.Length; c++)
            {
                var id = (int)Math.Pow(Ids[c] + 1, random.NextDouble()) - 1;
                features[(i * Ids.Length) + c] = id;
                z += 0.3 * (((RandomStream.Mix(((ulong)c << 32) | (uint)id) >> 40) / (double)(1 << 23)) - 1);
            }
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-z)) ? 1 : 0;
        }
    }
}
