using System.Diagnostics;
using Lintel.Design;
using Lintel.Models;
using Lintel.Models.Sparse.CrossNetwork;
using Lintel.Models.Sparse.Ftrl;
using Lintel.Models.Sparse.Leaves;

namespace Lintel.Bench.Clicks;

/// <summary>Learners of clicks on the peers' <c>ctr</c> rows: speed of one pass, log loss and AUC on its test, beside Vowpal Wabbit and
/// the best possible score.</summary>
internal static class CtrBench
{
    private const int Rounds = 5;

    /// <summary>Vowpal Wabbit 9.11.2, FTRL from its cache, measured on the machine that the goals were set on: rows a second.</summary>
    private const double PeerLow = 0.43e6, PeerHigh = 0.57e6;

    /// <param name="arguments">None.</param> <returns>0, 2 on wrong use or without the rows.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments.Length > 0)
        {
            Console.Error.WriteLine($"ctr takes no argument, got '{arguments[0]}'; the environment's PEERS names the folder of the rows");
            return 2;
        }
        if (CtrRows.Load() is not { } rows) { return 2; }
        Console.WriteLine("best possible: AUC 0.8454; Vowpal Wabbit's FTRL: AUC 0.7099, log loss 0.5302");
        Ftrl(rows);
        Leaves(rows);
        Dcn(rows, new());
        Dcn(rows, new() { Epochs = 2, Penalty = 60, LearningRate = 0.0003 });
        return 0;
    }

    private static void Ftrl(CtrRows rows)
    {
        var trainer = new FtrlTrainer();
        var (best, bestCpu) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            var fresh = trainer.Start(new FtrlParameters(), CtrRows.Shapes, 1);
            var cpu = CpuClock.Start();
            var start = Stopwatch.GetTimestamp();
            fresh.Learn(rows.Train.Features, rows.Train.Labels, default, default);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
            bestCpu = Math.Min(bestCpu, cpu.Seconds);
            if (round == Rounds - 1) { Judge("ftrl, online from nothing", fresh.Snapshot(), rows); }
        }
        var speed = rows.Train.Count / best;
        Console.WriteLine($"ftrl: one pass of {rows.Train.Count:N0} rows in {best:F3} s ({bestCpu:F3} s of processor time), best of {Rounds}: {speed / 1e6:F2} M rows/s on one core, "
            + $"{speed / PeerHigh:F1} to {speed / PeerLow:F1} x Vowpal Wabbit (asked: 1.3 M rows/s)");
        var begin = Stopwatch.GetTimestamp();
        var model = (FtrlModel)trainer.Fit(new FtrlParameters(), rows.Train, new(1, 1, null, CancellationToken.None));
        Console.WriteLine($"ftrl: whole fit, ids counted first, {Stopwatch.GetElapsedTime(begin).TotalSeconds:F2} s; weights {model.Bytes / 1e6:F1} MB");
        Judge("ftrl", model, rows);
    }

    /// <summary>Ids of the first columns go from the most frequent to the rarest: read as numbers, they are what trees can cut.</summary>
    private static void Leaves(CtrRows rows)
    {
        const int Numbers = 13;
        FeatureShape[] shapes = [.. CtrRows.Shapes.Select(static (shape, c) => c < Numbers ? FeatureShape.Number : shape)];
        var mixed = new TrainingRows { Features = rows.Train.Features, FeatureCount = CtrRows.Fields, Labels = rows.Train.Labels, Shapes = shapes };
        foreach (var (trainer, settings) in new (ITrainer, object)[] { (new LeavesTrainer(), new LeavesParameters()), (new FtrlTrainer(), new FtrlParameters()) })
        {
            var cpu = CpuClock.Start();
            var begin = Stopwatch.GetTimestamp();
            var model = trainer.Fit(settings, mixed, new(1, 2, null, CancellationToken.None));
            Console.WriteLine($"{trainer.Kind.Name}, {Numbers} columns as numbers: whole fit {Stopwatch.GetElapsedTime(begin).TotalSeconds:F1} s on two threads, "
                + $"{cpu.Seconds:F1} s of processor time");
            Judge($"{trainer.Kind.Name}, {Numbers} columns as numbers", model, rows);
        }
    }

    private static void Dcn(CtrRows rows, DcnParameters settings)
    {
        var cpu = CpuClock.Start();
        var begin = Stopwatch.GetTimestamp();
        var model = (DcnModel)new DcnTrainer().Fit(settings, rows.Train, new(1, 2, null, CancellationToken.None));
        Console.WriteLine($"dcn, epochs {settings.Epochs}, penalty {settings.Penalty}, learning rate {settings.LearningRate}: whole fit {Stopwatch.GetElapsedTime(begin).TotalSeconds:F1} s "
            + $"on two threads, {cpu.Seconds:F1} s of processor time; ids' numbers {model.Bytes / 1e6:F0} MB");
        Judge("dcn", model, rows);
        var times = new Timings(20_000);
        var margin = new double[1];
        for (var i = -20_000; i < 20_000; i++)
        {
            if (i < 0)
            {
                model.Score(rows.Test.AsSpan(0, CtrRows.Fields), margin);
                continue;
            }
            var start = Stopwatch.GetTimestamp();
            model.Score(rows.Test.AsSpan(i * CtrRows.Fields, CtrRows.Fields), margin);
            times.Add(Stopwatch.GetTimestamp() - start);
        }
        Console.WriteLine($"dcn: one row p50 {times.Microseconds(0.5):F2} us, p99 {times.Microseconds(0.99):F2} us");
    }

    private static void Judge(string what, IModel model, CtrRows rows)
    {
        var margins = new double[rows.TestLabels.Length];
        model.Score(rows.Test, margins);
        var start = Stopwatch.GetTimestamp();
        model.Score(rows.Test, margins);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine($"{what}: test log loss {ClickMetrics.LogLoss(margins, rows.TestLabels):F4}, AUC {ClickMetrics.Auc(margins, rows.TestLabels):F4}; "
            + $"scores {margins.Length / seconds / 1e6:F2} M rows/s on one thread");
    }
}
