using System.Diagnostics;
using Lintel.Models.GradientBoosting;
using Lintel.Native.XGBoost;

namespace Lintel.Bench.Trees;

/// <summary>Tree inference beside XGBoost's C API: 100 trees of depth 6, one thread, the same rows, by turns.</summary>
internal static class TreesBench
{
    private const int Trees = 100;
    private const int Rounds = 7;
    private const int CallsPerRound = 20_000;
    private const int HotRows = 4_096;

    /// <param name="arguments">None.</param> <returns>0, 1 when a margin differs from XGBoost's, 2 on wrong use.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments.Length > 0)
        {
            Console.Error.WriteLine($"trees takes no argument, got '{arguments[0]}'; the environment's PEERS names the folder of the rows");
            return 2;
        }
        var rows = GbdtRows.Load();
        Console.WriteLine($"rows: {rows.Origin}");
        using var matrix = DMatrix.FromDense(rows.Train, GbdtRows.Features, 2);
        matrix.SetLabels(rows.Labels);
        using var booster = Fit(matrix);
        var model = XGBoostJson.Read(booster.SaveJson());
        Console.WriteLine($"model: {model.TreeCount} trees, depth {model.Trees.Max(static t => t.Depth)}, XGBoost {Booster.LibraryVersion}");
        var equal = Equal(booster, model, rows);
        OneRow(booster, model, rows);
        Batch(booster, model, rows);
        return equal ? 0 : 1;
    }

    private static Booster Fit(DMatrix matrix)
    {
        var booster = new Booster(matrix);
        foreach (var (name, value) in new[]
        {
            ("objective", "binary:logistic"), ("tree_method", "hist"), ("max_depth", "6"), ("eta", "0.1"), ("max_bin", "256"),
            ("nthread", "2"), ("verbosity", "0"),
        })
        {
            booster.SetParameter(name, value);
        }
        for (var i = 0; i < Trees; i++) { booster.Update(i); }
        booster.SetParameter("nthread", "1");
        return booster;
    }

    private static bool Equal(Booster booster, TreeModel model, GbdtRows rows)
    {
        var ours = new double[GbdtRows.TestCount];
        model.Score(rows.Test, ours);
        using var inPlace = new DensePrediction(booster, rows.Test, GbdtRows.Features, GbdtRows.TestCount);
        var theirs = inPlace.Call(0);
        var same = 0;
        var one = new double[1];
        for (var i = 0; i < ours.Length; i++)
        {
            model.Score(rows.Test.AsSpan(i * GbdtRows.Features, GbdtRows.Features), one);
            if (BitConverter.SingleToInt32Bits((float)ours[i]) == BitConverter.SingleToInt32Bits(theirs[i]) && one[0] == ours[i]) { same++; }
        }
        Console.WriteLine($"margins bit-equal: {same:N0} of {ours.Length:N0}, row and batch");
        return same == ours.Length;
    }

    private static void OneRow(Booster booster, TreeModel model, GbdtRows rows)
    {
        using var inPlace = new DensePrediction(booster, rows.Test[..(HotRows * GbdtRows.Features)], GbdtRows.Features, 1);
        var (ours, theirs) = (new Timings(Rounds * CallsPerRound), new Timings(Rounds * CallsPerRound));
        Ours(new(CallsPerRound));
        Theirs(new(CallsPerRound));
        for (var round = 0; round < Rounds; round++)
        {
            Ours(ours);
            Theirs(theirs);
        }
        foreach (var (name, share) in new[] { ("p50", 0.5), ("p99", 0.99) })
        {
            var (our, their) = (ours.Microseconds(share), theirs.Microseconds(share));
            Console.WriteLine($"one row {name}: ours {our:F2} µs, XGBoost C API {their:F2} µs, {their / our:F1} x (asked: 4)");
        }

        void Ours(Timings timings)
        {
            var margin = new double[1];
            for (var i = 0; i < CallsPerRound; i++)
            {
                var row = rows.Test.AsSpan(i % HotRows * GbdtRows.Features, GbdtRows.Features);
                var start = Stopwatch.GetTimestamp();
                model.Score(row, margin);
                timings.Add(Stopwatch.GetTimestamp() - start);
            }
        }

        void Theirs(Timings timings)
        {
            for (var i = 0; i < CallsPerRound; i++)
            {
                var start = Stopwatch.GetTimestamp();
                inPlace.Call(i % HotRows);
                timings.Add(Stopwatch.GetTimestamp() - start);
            }
        }
    }

    private static void Batch(Booster booster, TreeModel model, GbdtRows rows)
    {
        using var inPlace = new DensePrediction(booster, rows.Test, GbdtRows.Features, GbdtRows.TestCount);
        var margins = new double[GbdtRows.TestCount];
        var (ours, theirs) = (new Timings(Rounds), new Timings(Rounds));
        for (var round = -1; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            model.Score(rows.Test, margins);
            var middle = Stopwatch.GetTimestamp();
            inPlace.Call(0);
            var end = Stopwatch.GetTimestamp();
            if (round < 0) { continue; }
            ours.Add(middle - start);
            theirs.Add(end - middle);
        }
        var (our, their) = (GbdtRows.TestCount / ours.Microseconds(0.5), GbdtRows.TestCount / theirs.Microseconds(0.5));
        Console.WriteLine($"batch of {GbdtRows.TestCount:N0}, one thread: ours {our:F2} M rows/s, XGBoost C API {their:F2} M rows/s, {our / their:F1} x (asked: 2)");
    }
}
