using System.Diagnostics;
using Lintel.Numerics.Random;
using Lintel.Retrieval.Factorisation;
using Lintel.Retrieval.Nearest;

namespace Lintel.Bench.Retrieval;

/// <summary>Top 10 of 10,000 items of 128 factors for one user, by exact scan.</summary>
internal static class ScanBench
{
    private const int Items = 10_000, Factors = 128, Queries = 20_000, TopCount = 10;

    public static int Run(string[] arguments)
    {
        var random = new RandomStream(1);
        var table = new FactorTable(Items, Factors);
        for (var i = 0; i < Items; i++)
        {
            var row = table.Row(i);
            for (var f = 0; f < Factors; f++) { row[f] = (float)random.NextNormal(); }
        }
        var scan = new ExactScan(table);
        var queries = Enumerable.Range(0, 256)
            .Select(_ => Enumerable.Range(0, Factors).Select(_ => (float)random.NextNormal()).ToArray()).ToArray();
        var best = new ScoredItem[TopCount];
        var times = new Timings(Queries);
        for (var i = -2_000; i < Queries; i++)
        {
            var started = Stopwatch.GetTimestamp();
            scan.Search(queries[i & 255], [], best);
            if (i >= 0) { times.Add(Stopwatch.GetTimestamp() - started); }
        }
        Console.WriteLine($"top {TopCount} of {Items:N0} items, {Factors} factors: p50 {times.Microseconds(0.5):0.0} µs, p99 {times.Microseconds(0.99):0.0} µs");
        return 0;
    }
}
