using System.Diagnostics;
using Lintel.Design;
using Lintel.Models;
using Lintel.Models.Calibration;
using Lintel.Numerics.Random;
using Lintel.Training.Fitting;
using Lintel.Training.Splits;

namespace Lintel.Training.Online;

/// <summary>Fits one model in every way against rare positives, and judges each on all test rows: what was sampled in training must not
/// show in the probabilities.</summary>
public static class SamplingRun
{
    /// <summary>Times that a positive row is repeated when positives are up-sampled.</summary>
    private const int Copies = 10;

    /// <summary>A tail with fewer positives calibrates nothing: its own rate is uncertain by a tenth.</summary>
    private const int LeastPositives = 100;

    /// <summary>Two numbers: enough to mend the level and the spread, too few to fit noise.</summary>
    private static readonly PlattTrainer Calibrator = new PlattTrainer();

    private static readonly double[] Kept = [1, 0.1, 0.01];

    /// <param name="name">Of the model; null: the first that has log-odds of the label and a class weight.</param>
    /// <param name="days">Days of test that judge, from its first on; null: all.</param>
    /// <exception cref="InvalidDataException">The design has no such model.</exception>
    public static SamplingTable Run(TrainingRequest request, string? name, int? days, CancellationToken cancellation = default)
    {
        var design = DesignFile.Load(request.DesignPath, request.Kinds);
        var model = Choose(design, name);
        var prepared = Preparation.Read(design, request);
        var rows = LearningRows.Read(prepared, request, cancellation);
        var fitter = new SystemFitter(
            design.Models, prepared.Compiled.Plan.FeatureNames, rows.Examples, request.Seed, request.Threads, request.Progress, cancellation);
        var until = days is { } d ? rows.Test.From + CalendarDay.Microseconds(TimeSpan.FromDays(d)) : long.MaxValue;
        int[] judged = [.. rows.Judged.TakeWhile(r => rows.Examples.Known[r] < until)];
        // nobody sampled these, and no fit saw them: a single pass ends where its last rows push it, which out-of-fold scores do not show
        int[] tail = [.. rows.Following.Where(r => rows.Examples.Known[r] >= rows.Train.To && rows.Settled[r] < rows.Test.From)];
        var parameters = fitter.Settled(model, rows.Chain);
        var (ways, missing) = Ways(model, parameters, rows, request.Seed);
        if (rows.Examples.Positives(tail) < LeastPositives)
        {
            missing.Add($"{Calibrator.Kind.Name}: fewer than {LeastPositives} positives between train and test; give the split a validate part");
        }
        var results = new List<SamplingWay>();
        foreach (var way in ways)
        {
            cancellation.ThrowIfCancellationRequested();
            request.Progress.Stage(way.Name);
            var watch = Stopwatch.StartNew();
            var (fitted, entry) = fitter.FitOn(
                model with { NegativeSample = way.Kept }, way.Parameters, way.Rows, 0, request.Threads, new Bar(request.Progress), population: rows.Fitted);
            var seconds = watch.Elapsed.TotalSeconds;
            if (way.Offset != 0) { fitted = Trainer(model).WithOffset(fitted, way.Offset); }
            var positives = rows.Examples.Positives(way.Rows);
            double[] Score(int[] of) => fitter.Score(model, fitted, of);
            results.Add(new(
                way.Name, entry.Rows, positives, seconds, LearnedFigures.Of(rows, Score(judged), judged)));
            if (!way.Calibrates || rows.Examples.Positives(tail) < LeastPositives) { continue; }
            var calibrator = Calibrator.Fit(Score(tail), rows.Examples.LabelsOf(tail));
            results.Add(new(
                $"{way.Name}, {Calibrator.Kind.Name}", entry.Rows, positives, watch.Elapsed.TotalSeconds,
                LearnedFigures.Of(rows, Score(judged), judged, calibrator.Probability)));
        }
        return new(
            design.System, model.Name, model.Kind, rows.Fitted.Length, judged.Length, rows.Examples.Positives(judged),
            judged.Select(r => CalendarDay.Of(rows.Examples.Known[r], rows.Zone)).Distinct().Count(), results, missing);
    }

    private static ModelDesign Choose(SystemDesign design, string? name)
    {
        ModelDesign[] able = [.. design.Models.Where(m => OnlineModel.Takes(design, m) && ClassBalance.Weighted(m.Parameters, 1) is not null)];
        return able.FirstOrDefault(m => name is null || m.Name == name) ?? throw new InvalidDataException(
            $"{design.System}: got {(name is null ? "no model" : $"--model {name}")}, expected a model of kind ftrl, logistic, xgboost, dcn or leaves "
            + $"that learns the first label{(able.Length == 0 ? "" : $": {string.Join(", ", able.Select(static m => m.Name))}")}");
    }

    private static (List<Sampled> Ways, List<string> Missing) Ways(
        ModelDesign model, object parameters, LearningRows rows, ulong seed)
    {
        var ways = Kept.Select(kept => new Sampled(
            kept == 1 ? "every row" : $"negatives {100 * kept:0.##} %", parameters, rows.Fitted, kept, 0, Calibrates: true)).ToList();
        var missing = new List<string>();
        var positives = rows.Examples.Positives(rows.Fitted);
        var weight = (double)(rows.Fitted.Length - positives) / Math.Max(1, positives);
        ways.Add(new($"class weight {weight:0.#}", ClassBalance.Weighted(parameters, weight)!, rows.Fitted, 1, 0));
        ways.Add(new($"positives × {Copies}", parameters, Repeated(rows, seed), 1, -Math.Log(Copies)));
        if (ClassBalance.WithFocalLoss(parameters) is { } focal) { ways.Add(new("focal loss", focal, rows.Fitted, 1, 0)); }
        else { missing.Add($"focal loss: kind {model.Kind} has none"); }
        return (ways, missing);
    }

    /// <summary>Each positive several times: once where it stands, the copies anywhere, so that no learner meets them in a row.</summary>
    private static int[] Repeated(LearningRows rows, ulong seed)
    {
        var random = new RandomStream(seed, stream: 0x0C0B);
        var placed = rows.Fitted.Select(static (row, i) => (At: (double)i, Row: row)).ToList();
        foreach (var row in rows.Fitted.Where(r => rows.Examples.Labels[r] > 0))
        {
            for (var copy = 1; copy < Copies; copy++) { placed.Add((random.NextDouble() * rows.Fitted.Length, row)); }
        }
        return [.. placed.OrderBy(static p => p.At).Select(static p => p.Row)];
    }

    private static ITrainer Trainer(ModelDesign model) => ModelKinds.Trainers.Single(t => t.Kind.Name == model.Kind);

    /// <param name="Rows">Rows to draw from; a row may stand in it several times.</param>
    /// <param name="Offset">Added to the margin beside what <paramref name="Kept"/> asks for.</param>
    /// <param name="Calibrates">Whether it is shown calibrated as well.</param>
    private sealed record Sampled(string Name, object Parameters, int[] Rows, double Kept, double Offset, bool Calibrates = false);

    private sealed class Bar(ITrainingProgress progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(value, null);
    }
}
