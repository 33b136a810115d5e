using System.Diagnostics;
using Lintel.Design;
using Lintel.Models;
using Lintel.Training.Fitting;
using Lintel.Training.Splits;

namespace Lintel.Training.Online;

/// <summary>Compares a design's models: how good each is when it is fitted once, fitted anew, or learns online, and what that costs.</summary>
public static class TradeoffRun
{
    /// <summary>Times between two publications of a learner: as fresh as it is worth the trouble, hourly, and daily.</summary>
    private static readonly TimeSpan[] Publishes = [TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), TimeSpan.FromDays(1)];

    /// <summary>Every interval for labels as they come; the other ways of waiting where they differ most.</summary>
    private static readonly (LabelWait Wait, TimeSpan Publish)[] Online =
    [
        .. Publishes.Select(static p => (LabelWait.UntilKnown, p)), (LabelWait.UntilSettled, Publishes[0]),
        (LabelWait.UntilSettled, Publishes[^1]), (LabelWait.Reweighted, Publishes[0]),
    ];

    private static readonly TimeSpan[] Retrains = [TimeSpan.FromDays(1), TimeSpan.FromDays(7)];

    private static readonly Period Always = new(long.MinValue, long.MaxValue);

    /// <param name="only">Names of models; empty: all that can be compared.</param>
    /// <exception cref="InvalidDataException">No model learns online, or one that is named is not there.</exception>
    public static Tradeoffs Run(TrainingRequest request, IReadOnlyList<string> only, CancellationToken cancellation = default)
    {
        var design = DesignFile.Load(request.DesignPath, request.Kinds);
        var models = Choose(design, only);
        var prepared = Preparation.Read(design, request);
        var rows = LearningRows.Read(prepared, request, cancellation);
        var fitter = new SystemFitter(
            design.Models, prepared.Compiled.Plan.FeatureNames, rows.Examples, request.Seed, request.Threads, request.Progress, cancellation);
        return new(
            design.System, CalendarDay.Iso(rows.Train.To), CalendarDay.Iso(rows.Test.From), CalendarDay.Iso(rows.Test.To),
            rows.Fitted.Length, rows.Judged.Length, rows.Examples.Positives(rows.Judged),
            [.. models.Select(m => Measure(m, rows, fitter, request, cancellation)).OfType<ModelTradeoff>()]);
    }

    private static ModelDesign[] Choose(SystemDesign design, IReadOnlyList<string> only)
    {
        ModelDesign[] comparable = [.. design.Models.Where(m => OnlineModel.Takes(design, m))];
        var online = ModelKinds.Trainers.OfType<IOnlineTrainer>().Select(static t => t.Kind.Name).ToArray();
        if (!comparable.Any(m => online.Contains(m.Kind)))
        {
            throw new InvalidDataException(
                $"{design.System}: no model learns online: {string.Join(", ", design.Models.Select(static m => $"{m.Name} ({m.Kind})"))}. "
                + $"Add one of kind {string.Join(", ", online)}.");
        }
        if (only.FirstOrDefault(name => comparable.All(m => m.Name != name)) is { } unknown)
        {
            throw new InvalidDataException(
                $"{design.System}: got --model {unknown}, expected one of {string.Join(", ", comparable.Select(static m => m.Name))}");
        }
        return [.. comparable.Where(m => only.Count == 0 || only.Contains(m.Name))];
    }

    /// <returns>Null: its score is no log-odds, so there is nothing to compare.</returns>
    private static ModelTradeoff? Measure(
        ModelDesign design, LearningRows rows, SystemFitter fitter, TrainingRequest request, CancellationToken cancellation)
    {
        request.Progress.Stage($"fit {design.Name}");
        var model = new OnlineModel(design, rows, fitter, request.Threads);
        if (model.Fitted.Scale != ScoreScale.LogOdds)
        {
            request.Progress.Note($"{design.Name}: its score is no probability; it is not compared");
            return null;
        }
        var ways = new List<LearningWay> { Way("fitted once", null, null, rows, () => model.Score(model.Fitted, rows.Judged)) };
        request.Progress.Stage($"refit {design.Name}");
        foreach (var every in Retrains)
        {
            ways.Add(Way($"retrained {CalendarDay.Text(every)}", every, null, rows, () => Retrained(model, rows, every, request.Progress, cancellation)));
        }
        if (model.Trainer is IOnlineTrainer trainer)
        {
            foreach (var (wait, publish) in Online)
            {
                var name = $"online {CalendarDay.Text(publish)}" + wait switch
                {
                    LabelWait.UntilSettled => ", settled",
                    LabelWait.Reweighted => ", reweighted",
                    _ => "",
                };
                request.Progress.Stage($"{design.Name} {name}");
                var run = new OnlineRun(rows, model.Columns, wait, Lesson.Of(rows, wait, model.Ledger.KeptNegatives, request.Seed));
                ways.Add(Way(name, publish, wait, rows, () => run.Predict(
                    trainer.Resume(model.Fitted), publish, Always, new Bar(request.Progress), cancellation)));
            }
        }
        var (row, page) = Latency.Measure(model, rows);
        return new(
            design.Name, design.Kind, model.Trainer is IOnlineTrainer, row, page, model.Seconds, model.Ledger.Rows, model.Bytes,
            model.Ledger.KeptNegatives, ways, Freshness(ways));
    }

    /// <summary>Each test row by the model that was fitted at the last boundary before it.</summary>
    private static double[] Retrained(
        OnlineModel model, LearningRows rows, TimeSpan every, ITrainingProgress progress, CancellationToken cancellation)
    {
        var margins = new double[rows.Judged.Length];
        var interval = CalendarDay.Microseconds(every);
        for (var from = 0; from < margins.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report((double)from / margins.Length, $"every {CalendarDay.Text(every)}");
            long Boundary(int at) => rows.Test.From + ((rows.Examples.Known[rows.Judged[at]] - rows.Test.From) / interval * interval);
            var boundary = Boundary(from);
            var to = from;
            while (to < margins.Length && Boundary(to) == boundary) { to++; }
            model.Score(model.RefitBefore(boundary), rows.Judged[from..to]).CopyTo(margins, from);
            from = to;
        }
        return margins;
    }

    private static LearningWay Way(string name, TimeSpan? publish, LabelWait? wait, LearningRows rows, Func<double[]> predict)
    {
        var watch = Stopwatch.StartNew();
        var margins = predict();
        var seconds = watch.Elapsed.TotalSeconds;
        return new(
            name, publish?.TotalMinutes, wait, LearnedFigures.Of(rows, margins, rows.Judged), LearnedDay.Each(rows, margins), seconds);
    }

    /// <summary>The static model beside the freshest way, day by day.</summary>
    private static IReadOnlyList<FreshnessPoint> Freshness(List<LearningWay> ways)
    {
        if (ways.FirstOrDefault(static w => w.Wait == LabelWait.UntilKnown) is not { } fresh) { return []; }
        return [.. ways[0].Days.Zip(fresh.Days)
            .Where(static d => d.First.Figures.NormalisedEntropy is not null && d.Second.Figures.NormalisedEntropy is not null)
            .Select(static d => (d.First, Old: d.First.Figures.NormalisedEntropy!.Value, New: d.Second.Figures.NormalisedEntropy!.Value))
            .Select(static d => new FreshnessPoint(d.First.Day, d.First.Age, d.Old, d.New, (d.Old / d.New) - 1))];
    }

    private sealed class Bar(ITrainingProgress progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(value, null);
    }
}
