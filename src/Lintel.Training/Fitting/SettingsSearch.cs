using System.Diagnostics;
using Lintel.Design;
using Lintel.Pipeline.Versions;
using Lintel.Training.Evaluation;
using Lintel.Training.Metrics;

namespace Lintel.Training.Fitting;

/// <summary>The small search of <c>tune:</c>: every candidate is fitted on train and judged on validate, or, without a validate part, on
/// the out-of-fold scores of train. The test part is never read.</summary>
internal sealed class SettingsSearch(
    SystemDesign design, SystemFitter fitter, Examples examples, int threads, ITrainingProgress progress,
    CancellationToken cancellation)
{
    /// <summary>Chooses the settings of each model.</summary>
    /// <param name="judge">Columns of the rows that choose, by rows and their margins.</param>
    /// <param name="folds">Pairs of rows to fit on and rows to choose by.</param>
    public (IReadOnlyDictionary<string, object> Settings, IReadOnlyList<TuneResult> Results) Choose(
        IReadOnlyList<(int[] Fit, int[] Score)> folds, Func<int[], double[], Judged> judge)
    {
        var settings = new Dictionary<string, object>(StringComparer.Ordinal);
        var results = new List<TuneResult>();
        foreach (var model in design.Models)
        {
            settings[model.Name] = model.Tune is { } tune && model.Of.IsEmpty
                ? Search(model, tune, folds, judge, results)
                : model.Parameters;
        }
        return (settings, results);
    }

    private string Chose(IReadOnlyList<(int[] Fit, int[] Score)> folds)
    {
        int[] rows = [.. folds.SelectMany(static f => f.Score)];
        return examples.HasValues ? $"{rows.Length:N0} decisions" : $"{examples.Positives(rows):N0} positives";
    }

    private object Search(
        ModelDesign model, TuneDesign tune, IReadOnlyList<(int[] Fit, int[] Score)> folds, Func<int[], double[], Judged> judge,
        List<TuneResult> results)
    {
        progress.Stage($"tune {model.Name}");
        var metric = new MetricDesign(tune.Metric, tune.At, tune.Metric, null, null, false);
        var figures = new double?[tune.Candidates.Length];
        var seconds = new double[figures.Length];
        var done = 0;
        // a candidate takes one thread: together they fill the machine, and each fits the same on any number of threads
        Parallel.For(
            0, figures.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            c =>
            {
                var clock = Stopwatch.StartNew();
                var scored = new List<int>();
                var margins = new List<double>();
                for (var k = 0; k < folds.Count; k++)
                {
                    var (fitted, _) = fitter.FitOn(model, tune.Candidates[c], folds[k].Fit, (ulong)k + 1, 1, null);
                    margins.AddRange(fitter.Score(model, fitted, folds[k].Score));
                    scored.AddRange(folds[k].Score);
                }
                figures[c] = Evaluator.Points(judge([.. scored], [.. margins]), [metric])[metric.Name];
                seconds[c] = clock.Elapsed.TotalSeconds;
                progress.Report(Interlocked.Increment(ref done) / (double)figures.Length, tune.Labels[c]);
            });
        var best = 0;
        for (var c = 1; c < figures.Length; c++)
        {
            if (figures[c] is { } figure && (figures[best] is not { } leader || MetricKinds.Badness(metric, figure) < MetricKinds.Badness(metric, leader)))
            {
                best = c;
            }
        }
        for (var c = 0; c < figures.Length; c++)
        {
            results.Add(new(model.Name, tune.Labels[c], tune.Metric, figures[c], c == best, seconds[c]));
        }
        progress.Note($"{model.Name}: {tune.Labels[best]} ({tune.Metric} {figures[best]:0.000} on {Chose(folds)} that chose)");
        return tune.Candidates[best];
    }
}
