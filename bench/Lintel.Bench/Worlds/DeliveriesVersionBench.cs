using System.Globalization;
using Lintel.Training.Fitting;
using Lintel.Worlds.Deliveries;
using TrainingReplay = Lintel.Training.Fitting.Replay;

namespace Lintel.Bench.Worlds;

/// <summary>The estimates and ranges of a judged version on its test days beside the best possible ones, by the stage of an order: on what
/// was delivered, and on all orders, the cancelled ones by when they would have come. Arguments: the design file that
/// <c>lintel up delivery-eta</c> ran, every how manieth ask is looked at (3), the world's folder (the workspace's).</summary>
internal static class DeliveriesVersionBench
{
    private static readonly double[] Levels = [0.05, 0.1, 0.5, 0.9, 0.95];

    public static int Run(string[] arguments)
    {
        var (version, prepared, training) = JudgedVersion.Of(
            arguments.Length > 0 ? arguments[0] : "systems/delivery-eta/design.yaml", world: arguments.Length > 2 ? arguments[2] : null);
        var step = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 3;
        var truth = DeliveriesTruth.Of(DeliveriesWorld.ReadDescription(training.DataFolder!)!.Options);
        var run = EvaluationRun.Decide(
            version, prepared, TrainingReplay.Run(prepared, prepared.ChoosesOrJudges, [], training.Progress, CancellationToken.None));
        var name = prepared.Design.Range!.Name;
        var nodes = Array.ConvertAll(Levels, l => version.Graph.IndexOf(l == 0.5 ? name : $"{name}@{100 * l:0}%"));
        var asks = Enumerable.Range(0, run.Rows.Length).Where(i => i % step == 0)
            .Select(i => (Ask: int.Parse(prepared.Decided.Ids[run.Rows[i]], CultureInfo.InvariantCulture), Place: i)).ToArray();
        var stages = asks.Select(a => truth.Stage(a.Ask)).Distinct().ToArray();
        foreach (var stage in stages.Prepend("all"))
        {
            int[] rows = [.. asks.Where(a => stage == "all" || truth.Stage(a.Ask) == stage).Select(a => a.Ask)];
            int[] places = [.. asks.Where(a => stage == "all" || truth.Stage(a.Ask) == stage).Select(a => a.Place)];
            Report(truth, stage, rows, [.. places.Select(p => Array.ConvertAll(nodes, n => run.Margins[(p * version.Graph.Nodes.Length) + n]))]);
        }
        return 0;
    }

    private static void Report(DeliveriesTruth truth, string stage, int[] asks, double[][] said)
    {
        var best = Array.ConvertAll(asks, ask => truth.Quantiles(ask, Levels, 400));
        int[] all = [.. Enumerable.Range(0, asks.Length)];
        int[] delivered = [.. all.Where(i => !truth.IsCancelled(asks[i]))];
        Console.WriteLine($"{stage}: {asks.Length:N0} asks, {1 - ((double)delivered.Length / asks.Length):0.0%} of cancelled orders");
        foreach (var (of, rows) in new[] { ("delivered", delivered), ("all", all) })
        {
            Console.WriteLine($"  {of,-9} version: {Figures(truth, asks, said, rows)}");
            Console.WriteLine($"  {of,-9} truth:   {Figures(truth, asks, best, rows)}");
        }
    }

    private static string Figures(DeliveriesTruth truth, int[] asks, double[][] quantiles, int[] rows)
    {
        double Mean(Func<double, double[], double> figure) => rows.Average(i => figure(truth.Rest(asks[i]), quantiles[i]));
        double Pinball(int level) => Mean((rest, q) => Math.Max(Levels[level] * (rest - q[level]), (1 - Levels[level]) * (q[level] - rest)));
        return string.Create(CultureInfo.InvariantCulture,
            $"MAE {Mean((rest, q) => Math.Abs(rest - q[2])):0.00}, bias {Mean((rest, q) => q[2] - rest):+0.00;-0.00}, came before the median {Mean((rest, q) => rest <= q[2] ? 1 : 0):0.0%}; "
            + $"pinball 10/50/90 % {Pinball(1):0.000}/{Pinball(2):0.000}/{Pinball(3):0.000}; "
            + $"80 %: {Mean((rest, q) => rest >= q[1] && rest <= q[3] ? 1 : 0):0.0%} in {Mean((_, q) => q[3] - q[1]):0.0} min, "
            + $"90 %: {Mean((rest, q) => rest >= q[0] && rest <= q[4] ? 1 : 0):0.0%} in {Mean((_, q) => q[4] - q[0]):0.0} min");
    }
}
