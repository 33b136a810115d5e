using System.Collections.Immutable;
using Lintel.Design;
using Lintel.Models;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;
using Lintel.Training.Splits;

namespace Lintel.Training.Fitting;

/// <summary>One recipe: given rows and settings, fits every model of the design, stacks and calibrates on out-of-fold scores.
/// Judging, tuning and refitting run the same recipe on other rows.</summary>
internal sealed class SystemFitter(
    SystemDesign design, ImmutableArray<string> featureNames, Examples examples, ulong seed, int threads,
    ITrainingProgress progress, CancellationToken cancellation)
{
    private readonly ImmutableDictionary<string, int> _featureIndex =
        featureNames.Select(static (name, index) => (name, index)).ToImmutableDictionary(static p => p.name, static p => p.index);

    /// <summary>Fits the whole graph.</summary>
    /// <param name="train">Examples with known labels.</param>
    /// <param name="folds">Forward-chained over time blocks of train; may be empty when nothing needs out-of-fold scores.</param>
    /// <param name="settings">Parameter record of each model, chosen before.</param>
    public FittedSystem Fit(int[] train, IReadOnlyList<Fold> folds, IReadOnlyDictionary<string, object> settings)
    {
        var nodes = ImmutableArray.CreateBuilder<ScoringNode>();
        var outOfFold = new List<double[]?>();
        var ledger = new List<LedgerEntry>();
        foreach (var model in design.Models)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Stage($"fit {model.Name}");
            var (node, scores) = model.Of.IsEmpty
                ? FitModel(model, settings[model.Name], train, folds, ledger)
                : FitCombiner(model, settings[model.Name], nodes, outOfFold, folds);
            if (model.Calibrate is not null) { node = Calibrate(model, node, scores, train); }
            nodes.Add(node);
            outOfFold.Add(scores);
        }
        return new(new ScoringGraph(nodes.ToImmutable()), outOfFold, ledger);
    }

    /// <summary>Columns that a model of features reads.</summary>
    public int[] Columns(ModelDesign model) => [.. model.Uses.Select(name => _featureIndex[name])];

    /// <summary>Fits one model of features on some rows, negatives sampled and corrected.</summary>
    public IModel FitOn(
        ModelDesign model, object parameters, ReadOnlySpan<int> rows, ulong stream, int fitThreads, IProgress<double>? report,
        List<LedgerEntry>? ledger = null)
    {
        var trainer = Trainer(model);
        var drawn = Draw(model, rows, stream);
        var fitted = trainer.Fit(parameters, Gather(drawn.Rows, Columns(model)), Context(stream, fitThreads, report));
        ledger?.Add(new(
            model.Name, model.NegativeSample, drawn.Rows.Length, Positives(drawn.Rows), rows.Length, drawn.Offset, Stream(stream)));
        return drawn.Offset == 0 ? fitted : trainer.WithOffset(fitted, drawn.Offset);
    }

    private (ScoringNode Node, double[]? OutOfFold) FitModel(
        ModelDesign model, object parameters, int[] train, IReadOnlyList<Fold> folds, List<LedgerEntry> ledger)
    {
        var columns = Columns(model);
        double[]? scores = null;
        if (Trainer(model).Patience(parameters) is { } patience)
        {
            Require(folds, model, "early stopping");
            (scores, parameters) = StopEarly(model, parameters, patience, folds);
        }
        else if (NeedsOutOfFold(model) && folds.Count > 0)
        {
            scores = NewScores();
            for (var k = 0; k < folds.Count; k++)
            {
                progress.Report((double)k / (folds.Count + 1), $"fold {k + 1} of {folds.Count}");
                var fitted = FitOn(model, parameters, folds[k].Fit, (ulong)k + 1, threads, null);
                var held = ScoringGraph.ScoreModel(
                    fitted, Sequence(columns.Length), examples.Gather(folds[k].Score, columns), columns.Length, folds[k].Score.Length);
                Scatter(held, folds[k].Score, scores);
            }
        }
        progress.Report(folds.Count == 0 ? 0 : (double)folds.Count / (folds.Count + 1), $"{train.Length:N0} rows");
        var final = FitOn(model, parameters, train, 0, threads, new Tail(progress, folds.Count), ledger);
        return (new(model.Name, model.Kind, final, null, null, null, [.. columns], []), scores);
    }

    /// <summary>Chooses the number of stages by the log loss of forward-chained scores, and keeps those scores.</summary>
    private (double[] Scores, object Parameters) StopEarly(
        ModelDesign model, object parameters, int patience, IReadOnlyList<Fold> folds)
    {
        var trainer = Trainer(model);
        var columns = Columns(model);
        var staged = new List<IReadOnlyList<float[]>>();
        var offsets = new List<double>();
        for (var k = 0; k < folds.Count; k++)
        {
            progress.Report((double)k / (folds.Count + 1), $"fold {k + 1} of {folds.Count}");
            var drawn = Draw(model, folds[k].Fit, (ulong)k + 1);
            staged.Add(trainer.FitStages(
                parameters, Gather(drawn.Rows, columns), examples.Gather(folds[k].Score, columns),
                Context((ulong)k + 1, threads, null))!);
            offsets.Add(drawn.Offset);
        }
        var best = EarlyStopping.Choose(staged, offsets, [.. folds.Select(f => examples.LabelsOf(f.Score))], patience);
        var scores = NewScores();
        for (var k = 0; k < folds.Count; k++)
        {
            var margins = staged[k][best];
            for (var i = 0; i < margins.Length; i++) { scores[folds[k].Score[i]] = margins[i] + offsets[k]; }
        }
        progress.Note($"{model.Name}: {best + 1} stages by out-of-fold log loss over {folds.Count} forward-chained folds");
        return (scores, trainer.WithStages(parameters, best + 1));
    }

    private (ScoringNode Node, double[]? OutOfFold) FitCombiner(
        ModelDesign model, object parameters, ImmutableArray<ScoringNode>.Builder nodes, List<double[]?> outOfFold,
        IReadOnlyList<Fold> folds)
    {
        Require(folds, model, "a stack");
        var inputs = model.Of.Select(of => nodes.Select(static n => n.Name).ToList().IndexOf(of)).ToArray();
        var scales = inputs.Select(i => nodes[i].Scale).ToArray();
        var trainer = ModelKinds.Combiners.Single(t => t.Kind.Name == model.Kind);
        var blocks = folds.Select(f => Complete(f.Score, inputs, outOfFold)).ToArray();
        var scores = NewScores();
        // its own out-of-fold scores: each block by a combiner that was fitted on the blocks before it
        for (var k = 1; k < blocks.Length; k++)
        {
            var before = blocks[..k].SelectMany(static b => b).Where(e => examples.LabelKnown[e] <= folds[k].Start).ToArray();
            if (Positives(before) is var positives && (positives == 0 || positives == before.Length)) { continue; }
            var earlier = trainer.Fit(
                parameters, examples.LabelsOf(before), Margins(before, inputs, outOfFold), inputs.Length, scales, Context((ulong)k + 1, 1, null));
            var margins = Margins(blocks[k], inputs, outOfFold);
            for (var i = 0; i < blocks[k].Length; i++)
            {
                scores[blocks[k][i]] = earlier.Score(margins.AsSpan(i * inputs.Length, inputs.Length));
            }
        }
        var all = blocks.SelectMany(static b => b).ToArray();
        var combiner = trainer.Fit(
            parameters, examples.LabelsOf(all), Margins(all, inputs, outOfFold), inputs.Length, scales, Context(0, 1, null));
        progress.Report(1, $"{all.Length:N0} out-of-fold rows");
        return (new(model.Name, model.Kind, null, combiner, null, null, [], [.. inputs]), scores);
    }

    private ScoringNode Calibrate(ModelDesign model, ScoringNode node, double[]? outOfFold, int[] train)
    {
        var rows = outOfFold is null ? [] : train.Where(e => !double.IsNaN(outOfFold[e])).ToArray();
        var positives = Positives(rows);
        if (positives == 0 || positives == rows.Length)
        {
            throw new InvalidDataException(
                $"calibrate {model.Name}: {rows.Length:N0} out-of-fold rows hold {positives:N0} positives; expected both classes. "
                + "Lengthen the train part, or drop 'calibrate'.");
        }
        var trainer = ModelKinds.Calibrators.Single(t => t.Kind.Name == model.Calibrate);
        var calibrator = trainer.Fit([.. rows.Select(e => outOfFold![e])], examples.LabelsOf(rows));
        return node with { Calibrator = calibrator, CalibratorKind = model.Calibrate };
    }

    private bool NeedsOutOfFold(ModelDesign model) =>
        model.Calibrate is not null || model.IsFinal || design.Models.Any(m => m.Of.Contains(model.Name));

    private (int[] Rows, double Offset) Draw(ModelDesign model, ReadOnlySpan<int> rows, ulong stream)
    {
        if (model.NegativeSample >= 1) { return (rows.ToArray(), 0); }
        var drawn = NegativeSampling.Draw(rows, examples.Labels, model.NegativeSample, Stream(stream));
        return (drawn, NegativeSampling.Offset(model.NegativeSample));
    }

    private TrainingRows Gather(int[] rows, int[] columns)
    {
        var labels = examples.LabelsOf(rows);
        return new() { Features = examples.Gather(rows, columns), FeatureCount = columns.Length, Labels = labels };
    }

    private int[] Complete(int[] rows, int[] inputs, List<double[]?> outOfFold) =>
        [.. rows.Where(e => Array.TrueForAll(inputs, i => !double.IsNaN(outOfFold[i]![e])))];

    private static double[] Margins(int[] rows, int[] inputs, List<double[]?> outOfFold)
    {
        var margins = new double[rows.Length * inputs.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var c = 0; c < inputs.Length; c++) { margins[(i * inputs.Length) + c] = outOfFold[inputs[c]]![rows[i]]; }
        }
        return margins;
    }

    private double[] NewScores()
    {
        var scores = new double[examples.Count];
        Array.Fill(scores, double.NaN);
        return scores;
    }

    private int Positives(ReadOnlySpan<int> rows)
    {
        var count = 0;
        foreach (var row in rows) { count += examples.Labels[row] == 1 ? 1 : 0; }
        return count;
    }

    private static void Scatter(double[] held, int[] rows, double[] scores)
    {
        for (var i = 0; i < rows.Length; i++) { scores[rows[i]] = held[i]; }
    }

    private static int[] Sequence(int count) => [.. Enumerable.Range(0, count)];

    private static ITrainer Trainer(ModelDesign model) => ModelKinds.Trainers.Single(t => t.Kind.Name == model.Kind);

    private ulong Stream(ulong stream) => Numerics.Random.RandomStream.Mix(seed ^ Numerics.Random.RandomStream.Mix(stream));

    private FitContext Context(ulong stream, int fitThreads, IProgress<double>? report) =>
        new(Stream(stream), fitThreads, report, cancellation);

    private static void Require(IReadOnlyList<Fold> folds, ModelDesign model, string what)
    {
        if (folds.Count == 0)
        {
            throw new InvalidDataException(
                $"{model.Name}: {what} needs out-of-fold scores, but no block of train has earlier rows with labels known by then; "
                + "lengthen the train part, shorten the label delay, or use one model without it.");
        }
    }

    /// <summary>Maps a fit's own progress onto the rest of the stage's bar.</summary>
    private sealed class Tail(ITrainingProgress progress, int folds) : IProgress<double>
    {
        public void Report(double value) => progress.Report((folds + value) / (folds + 1), null);
    }
}

/// <param name="OutOfFold">By model: margin of each example, NaN where none.</param>
internal sealed record FittedSystem(
    ScoringGraph Graph, IReadOnlyList<double[]?> OutOfFold, IReadOnlyList<LedgerEntry> Ledger);
