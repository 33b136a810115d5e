using System.Diagnostics;
using Lintel.Worlds.Deliveries;

namespace Lintel.Bench.Worlds;

/// <summary>What can be known of the deliveries world at best, by the stage of an order: how far the true median is off, the pinball
/// loss of the true quantiles, how wide ranges must be; and how much shorter the delivered orders are than all. Arguments: every how
/// manieth ask of the last fifth of the days is looked at (5).</summary>
internal static class DeliveriesTruthBench
{
    private static readonly double[] Levels = [0.05, 0.1, 0.5, 0.9, 0.95];

    public static int Run(string[] arguments)
    {
        var step = arguments.Length > 0 ? int.Parse(arguments[0]) : 5;
        var started = Stopwatch.GetTimestamp();
        var truth = DeliveriesTruth.Of(new());
        Console.WriteLine($"{truth.Orders:N0} orders, {truth.Asks:N0} asks drawn in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        int[] late = [.. Enumerable.Range(0, truth.Asks).Where(a => truth.Day(a) >= 0.8 * truth.Options.Days && a % step == 0)];
        foreach (var stage in late.Select(truth.Stage).Distinct()) { Report(truth, stage, [.. late.Where(a => truth.Stage(a) == stage)]); }
        return 0;
    }

    private static void Report(DeliveriesTruth truth, string stage, int[] asks)
    {
        double error = 0, squares = 0, width80 = 0, width90 = 0, inside80 = 0, inside90 = 0, all = 0;
        var pinball = new double[Levels.Length];
        int[] delivered = [.. asks.Where(a => !truth.IsCancelled(a))];
        foreach (var ask in asks) { all += truth.Rest(ask) / asks.Length; }
        foreach (var ask in delivered)
        {
            var (rest, quantiles) = (truth.Rest(ask), truth.Quantiles(ask, Levels, 400));
            error += Math.Abs(rest - quantiles[2]);
            squares += (rest - quantiles[2]) * (rest - quantiles[2]);
            width80 += quantiles[3] - quantiles[1];
            width90 += quantiles[4] - quantiles[0];
            inside80 += rest >= quantiles[1] && rest <= quantiles[3] ? 1 : 0;
            inside90 += rest >= quantiles[0] && rest <= quantiles[4] ? 1 : 0;
            for (var l = 0; l < Levels.Length; l++)
            {
                pinball[l] += rest >= quantiles[l] ? Levels[l] * (rest - quantiles[l]) : (1 - Levels[l]) * (quantiles[l] - rest);
            }
        }
        var n = (double)delivered.Length;
        var mean = delivered.Average(truth.Rest);
        Console.WriteLine(
            $"{stage,-10} {asks.Length,7:N0} asks, {1 - (n / asks.Length):0.0%} cancelled; minutes: mean {mean:0.00}, of all {all:0.00}; the true median: MAE {error / n:0.00}, "
            + $"RMSE {Math.Sqrt(squares / n):0.00}; pinball 10/50/90 % {pinball[1] / n:0.000}/{pinball[2] / n:0.000}/{pinball[3] / n:0.000}; "
            + $"80 %: {inside80 / n:0.0%} in {width80 / n:0.0} min, 90 %: {inside90 / n:0.0%} in {width90 / n:0.0} min");
    }
}
