using Lintel.Models;
using Lintel.Models.Calibration;
using Lintel.Models.Sparse.CrossNetwork;
using Lintel.Models.Sparse.Ftrl;
using Lintel.Training.Splits;

namespace Lintel.Bench.Clicks;

/// <summary>Probabilities after negative sampling on the peers' <c>ctr</c> rows: 900,000 to learn, the 100,000 after them, which nobody
/// sampled, to calibrate on, and 100,000 to judge.</summary>
internal static class CtrSamplingBench
{
    private const int TailCount = 100_000;

    private static readonly double[] Kept = [1, 0.1, 0.01];

    /// <param name="arguments">None.</param> <returns>0, 2 on wrong use or without the rows.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments.Length > 0)
        {
            Console.Error.WriteLine($"ctrsampling takes no argument, got '{arguments[0]}'; the environment's PEERS names the folder of the rows");
            return 2;
        }
        if (CtrRows.Load() is not { } rows) { return 2; }
        Console.WriteLine("| | negatives kept | rows learned | NE | AUC | calibration | with platt on the un-sampled tail |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (trainer, parameters) in new (ITrainer, object)[] { (new FtrlTrainer(), new FtrlParameters()), (new DcnTrainer(), new DcnParameters()) })
        {
            foreach (var kept in Kept) { Measure(trainer, parameters, kept, rows); }
        }
        return 0;
    }

    private static void Measure(ITrainer trainer, object parameters, double kept, CtrRows rows)
    {
        var learned = rows.Train.Count - TailCount;
        int[] all = [.. Enumerable.Range(0, learned)];
        var (drawn, entry) = NegativeSampling.Draw(trainer.Kind.Name, all, rows.Train.Labels, kept, seed: 1);
        var features = new float[drawn.Length * CtrRows.Fields];
        for (var i = 0; i < drawn.Length; i++)
        {
            rows.Train.Features.AsSpan(drawn[i] * CtrRows.Fields, CtrRows.Fields).CopyTo(features.AsSpan(i * CtrRows.Fields));
        }
        var sampled = new TrainingRows
        {
            Features = features,
            FeatureCount = CtrRows.Fields,
            Labels = [.. drawn.Select(r => rows.Train.Labels[r])],
            Shapes = CtrRows.Shapes,
            Population = kept < 1 ? rows.Train.Features[..(learned * CtrRows.Fields)] : null,
        };
        var model = trainer.WithOffset(trainer.Fit(parameters, sampled, new(1, 2, null, CancellationToken.None)), entry.Offset);
        var (tail, test) = (new double[TailCount], new double[rows.TestLabels.Length]);
        model.Score(rows.Train.Features.AsSpan(learned * CtrRows.Fields), tail);
        model.Score(rows.Test, test);
        var calibrator = new PlattTrainer().Fit(tail, rows.Train.Labels.AsSpan(learned));
        var rate = rows.TestLabels.Average();
        var entropy = -(rate * Math.Log(rate)) - ((1 - rate) * Math.Log(1 - rate));
        Console.WriteLine($"| {trainer.Kind.Name} | {100 * kept:0.##} % | {drawn.Length:N0} | {ClickMetrics.LogLoss(test, rows.TestLabels) / entropy:F4} "
            + $"| {ClickMetrics.Auc(test, rows.TestLabels):F4} | {Calibration(test, static m => 1 / (1 + Math.Exp(-m)), rows.TestLabels)} "
            + $"| {Calibration(test, calibrator.Probability, rows.TestLabels)} |");
    }

    /// <summary>Σp / Σy and its standard error, as if rows were independent.</summary>
    private static string Calibration(double[] margins, Func<double, double> probability, float[] labels)
    {
        var p = Array.ConvertAll(margins, m => probability(m));
        var (said, came) = (p.Sum(), labels.Sum(static y => (double)y));
        var squares = 0.0;
        for (var i = 0; i < p.Length; i++) { squares += Math.Pow(p[i] - (said / came * labels[i]), 2); }
        return $"{said / came:F4} ± {Math.Sqrt(squares) / came:F4}";
    }
}
