using System.Collections.Immutable;
using Lintel.Design;
using Lintel.Models;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;
using Lintel.Training.Splits;

namespace Lintel.Training.Fitting;

/// <summary>One recipe: given rows and settings, fits every model of the design, stacks and calibrates on out-of-fold scores.
/// Judging, searching and refitting run the same recipe on other rows.</summary>
internal sealed class SystemFitter(
    ImmutableArray<ModelDesign> models, ImmutableArray<string> featureNames, Examples examples, ulong seed, int threads,
    ITrainingProgress progress, CancellationToken cancellation)
{
    /// <summary>Streams of random numbers that no fold has.</summary>
    private const ulong CrossStream = 1_000;

    private readonly ImmutableDictionary<string, int> _featureIndex = featureNames
        .Select(static (name, index) => KeyValuePair.Create(name, index)).ToImmutableDictionary();

    /// <summary>Fits the whole graph.</summary>
    /// <param name="rows">Rows with known labels.</param>
    /// <param name="chain">Forward-chained over time blocks of the rows.</param>
    /// <param name="settings">Parameter record of each model, chosen before.</param>
    public FittedSystem Fit(int[] rows, ForwardChain chain, IReadOnlyDictionary<string, object> settings)
    {
        var nodes = ImmutableArray.CreateBuilder<ScoringNode>();
        var outOfFold = new List<double[]>();
        var ledger = new List<LedgerEntry>();
        var bases = new ResidualBases(_featureIndex, examples);
        foreach (var model in models)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Stage($"fit {model.Name}");
            var (node, scores) = model.Of.IsEmpty
                ? FitModel(model, settings[model.Name], rows, chain, ledger, bases, bases.Of(model, rows, nodes, outOfFold))
                : FitCombiner(model, settings[model.Name], nodes, outOfFold, chain, bases.Of(model, rows, nodes, outOfFold));
            if (model.Calibrate is not null) { node = Calibrate(model, node, scores, chain); }
            nodes.Add(node);
            outOfFold.Add(scores);
        }
        return new(new ScoringGraph(nodes.ToImmutable()), outOfFold, ledger);
    }

    /// <summary>Columns that a model of features reads.</summary>
    public int[] Columns(ModelDesign model) => [.. model.Uses.Select(name => _featureIndex[name])];

    /// <summary>Fits one model of features on some rows; sampled negatives are corrected, and the ledger says how.</summary>
    /// <param name="stream">Tells apart the random numbers of folds and candidates; 0 is the final fit.</param>
    /// <param name="population">Rows that the given ones stand for, where some are repeated; empty: these.</param>
    public (IModel Model, LedgerEntry Entry) FitOn(
        ModelDesign model, object parameters, ReadOnlySpan<int> rows, ulong stream, int fitThreads, IProgress<double>? report,
        ResidualStart? start = null, ReadOnlySpan<int> population = default)
    {
        var trainer = Trainer(model);
        var (drawn, entry) = Draw(model, start is null ? rows : start.Known(rows), stream);
        var all = population.IsEmpty ? WithLabel(model, rows) : WithLabel(model, population);
        var fitted = trainer.Fit(parameters, TrainingRows(model, drawn, all, start), Context(stream, fitThreads, report));
        // only log-odds depend on the rate of positives; a novelty measure does not know labels
        return (entry.Offset == 0 || fitted.Scale != ScoreScale.LogOdds ? fitted : trainer.WithOffset(fitted, entry.Offset), entry);
    }

    /// <summary>A model's parameters with the number of stages that early stopping chooses, where the design asks for it.</summary>
    public object Settled(ModelDesign model, ForwardChain chain)
    {
        if (Trainer(model).Patience(model.Parameters) is not { } patience) { return model.Parameters; }
        Require(chain, model, "early stopping");
        return StopEarly(model, model.Parameters, patience, chain, NoScores(), null);
    }

    /// <summary>Margins of a model of features on some rows.</summary>
    public double[] Score(ModelDesign model, IModel fitted, int[] rows)
    {
        var columns = Columns(model);
        var all = Enumerable.Range(0, columns.Length).ToArray();
        return ScoringGraph.ScoreModel(fitted, all, examples.Gather(rows, columns), columns.Length, rows.Length);
    }

    private (ScoringNode Node, double[] OutOfFold) FitModel(
        ModelDesign model, object parameters, int[] rows, ForwardChain chain, List<LedgerEntry> ledger, ResidualBases bases,
        ResidualStart? start)
    {
        var scores = NoScores();
        var folds = chain.Folds;
        if (Trainer(model).Patience(parameters) is { } patience)
        {
            Require(chain, model, "early stopping");
            parameters = StopEarly(model, parameters, patience, chain, scores, start);
        }
        else
        {
            for (var k = 0; k < folds.Count; k++)
            {
                ReportFold(k, folds.Count);
                var (fitted, _) = FitOn(model, parameters, folds[k].Fit, (ulong)k + 1, threads, null, start);
                Scatter(Score(model, fitted, folds[k].Score), 0, folds[k].Score, scores);
            }
        }
        if (models.Any(m => m.ResidualOver?.Model == model.Name))
        {
            CrossScore(model, parameters, rows, scores, start);
            bases.Add(model.Name, LeaveOut(model, parameters, rows, chain, start?.Final));
        }
        start?.AddTo(scores);
        var (final, entry) = FitOn(model, parameters, rows, 0, threads, new Tail(progress, folds.Count), start?.Final);
        ledger.Add(entry);
        return (new(model.Name, model.Kind, final, null, null, null, [.. Columns(model)], [])
        {
            Base = start?.Base,
            Reference = final.Scale == ScoreScale.Novelty ? NoveltyScale.Of(Score(model, final, rows)) : null,
        }, scores);
    }

    /// <summary>Scores the rows that no fold does, those of the first stretch, half by half: what a model of residuals learns from must
    /// not have been fitted on the row itself, and a quarter of train is too much to lose. Only rows of that stretch are fitted on, so
    /// that nothing of a later one is told to the folds above.</summary>
    private void CrossScore(ModelDesign model, object parameters, int[] rows, double[] scores, ResidualStart? start)
    {
        int[] first = [.. rows.Where(row => double.IsNaN(scores[row]) && start?.Knows(row) != false)];
        if (first.Length < 2) { return; }
        int[][] halves = [first[..(first.Length / 2)], first[(first.Length / 2)..]];
        for (var h = 0; h < 2; h++)
        {
            var (fitted, _) = FitOn(model, parameters, halves[1 - h], CrossStream + (ulong)h, threads, null, start);
            Scatter(Score(model, fitted, halves[h]), 0, halves[h], scores);
        }
    }

    /// <summary>Scores each block by a fit on all others.</summary>
    private double[] LeaveOut(ModelDesign model, object parameters, int[] rows, ForwardChain chain, ResidualStart? start)
    {
        var scores = NoScores();
        HashSet<int> later = [.. chain.Folds.SelectMany(static f => f.Score)];
        int[][] blocks = [[.. rows.Where(row => !later.Contains(row))], .. chain.Folds.Select(static f => f.Score)];
        for (var b = 0; b < blocks.Length; b++)
        {
            HashSet<int> block = [.. blocks[b]];
            int[] others = [.. rows.Where(row => !block.Contains(row) && start?.Knows(row) != false)];
            if (block.Count == 0 || others.Length == 0) { continue; }
            var (fitted, _) = FitOn(model, parameters, others, CrossStream + 2 + (ulong)b, threads, null, start);
            Scatter(Score(model, fitted, blocks[b]), 0, blocks[b], scores);
        }
        start?.AddTo(scores);
        return scores;
    }

    /// <summary>Chooses the number of stages by the loss, or nDCG, of forward-chained scores, and keeps those scores.</summary>
    private object StopEarly(
        ModelDesign model, object parameters, int patience, ForwardChain chain, double[] scores, ResidualStart? start)
    {
        var trainer = Trainer(model);
        var ranks = trainer.Ranks(parameters);
        var columns = Columns(model);
        var folds = chain.Folds;
        var staged = new List<IReadOnlyList<float[]>>();
        var offsets = new List<double>();
        for (var k = 0; k < folds.Count; k++)
        {
            ReportFold(k, folds.Count);
            var (drawn, entry) = Draw(model, start is null ? folds[k].Fit : start.Known(folds[k].Fit), (ulong)k + 1);
            staged.Add(trainer.FitStages(
                parameters, TrainingRows(model, drawn, drawn, start), examples.Gather(folds[k].Score, columns),
                Context((ulong)k + 1, threads, null))!);
            // a rank score has no level that sampling could have moved
            offsets.Add(ranks ? 0 : entry.Offset);
        }
        float[][] labels = [.. folds.Select(f => LabelsOf(model, f.Score, start))];
        var best = ranks
            ? EarlyStopping.ChooseByNdcg(staged, labels, [.. folds.Select(f => examples.GroupsOf(f.Score)!)], patience)
            : EarlyStopping.Choose(
                staged, offsets, labels, patience, [.. folds.Select(f => examples.FitWeightsOf(f.Score))],
                (margins, offset, held, weights) => trainer.HeldOutLoss(parameters, margins, offset, held, weights));
        for (var k = 0; k < folds.Count; k++)
        {
            Scatter([.. staged[k][best].Select(static m => (double)m)], offsets[k], folds[k].Score, scores);
        }
        progress.Note($"{model.Name}: {best + 1} stages, by the {(ranks ? "nDCG@10" : examples.HasValues ? "loss" : "log loss")} of {folds.Count} forward-chained folds");
        return trainer.WithStages(parameters, best + 1);
    }

    private (ScoringNode Node, double[] OutOfFold) FitCombiner(
        ModelDesign model, object parameters, ImmutableArray<ScoringNode>.Builder nodes, List<double[]> outOfFold,
        ForwardChain chain, ResidualStart? start)
    {
        Require(chain, model, "combining models");
        int[] inputs = [.. model.Of.Select(of => nodes.Select(static n => n.Name).ToList().IndexOf(of))];
        ScoreScale[] scales = [.. inputs.Select(i => nodes[i].Scale)];
        var trainer = ModelKinds.Combiners.Single(t => t.Kind.Name == model.Kind);
        int[][] blocks = [.. chain.Folds.Select(f => Complete(model, f.Score, inputs, outOfFold))];
        var scores = NoScores();
        // its own out-of-fold scores: each block by a combiner fitted on the blocks before it
        for (var k = 1; k < blocks.Length; k++)
        {
            var begins = chain.Folds[k].Score.Min(row => examples.Known[row]);
            int[] before = [.. blocks[..k].SelectMany(static b => b)
                .Where(row => !chain.GapKept || examples.LabelKnown[row] < begins)];
            if (examples.HasValues ? before.Length == 0 : !HasBothClasses(before, model.Label)) { continue; }
            var earlier = trainer.Fit(
                parameters, examples.LabelsOf(before, model.Label), Margins(before, inputs, outOfFold), inputs.Length, scales,
                Context((ulong)k + 1, 1, null));
            var margins = Margins(blocks[k], inputs, outOfFold);
            for (var i = 0; i < blocks[k].Length; i++)
            {
                scores[blocks[k][i]] = earlier.Score(margins.AsSpan(i * inputs.Length, inputs.Length));
            }
        }
        int[] all = [.. Recent(chain).SelectMany(f => Complete(model, f.Score, inputs, outOfFold))];
        var combiner = trainer.Fit(
            parameters, examples.LabelsOf(all, model.Label), Margins(all, inputs, outOfFold), inputs.Length, scales,
            Context(0, 1, null));
        progress.Report(1, $"{all.Length:N0} out-of-fold rows");
        start?.AddTo(scores);
        return (new(model.Name, model.Kind, null, combiner, null, null, [], [.. inputs]) { Base = start?.Base }, scores);
    }

    private ScoringNode Calibrate(ModelDesign model, ScoringNode node, double[] outOfFold, ForwardChain chain)
    {
        int[] scored = [.. Recent(chain).SelectMany(f => WithLabel(model, f.Score).ToArray()).Where(row => !double.IsNaN(outOfFold[row]))];
        if (!HasBothClasses(scored, model.Label))
        {
            throw new InvalidDataException(
                $"{model.At}: calibrating '{model.Name}' needs both classes; its {scored.Length:N0} out-of-fold rows hold "
                + $"{examples.Positives(scored, model.Label):N0} positives. Lengthen the train part, or drop 'calibrate'.");
        }
        var trainer = ModelKinds.Calibrators.Single(t => t.Kind.Name == model.Calibrate);
        var calibrator = trainer.Fit(
            [.. scored.Select(row => outOfFold[row])], examples.LabelsOf(scored, model.Label),
            examples.Weights is { } weights ? [.. scored.Select(row => weights[row])] : []);
        return node with { Calibrator = calibrator, CalibratorKind = model.Calibrate };
    }

    private (int[] Rows, LedgerEntry Entry) Draw(ModelDesign model, ReadOnlySpan<int> rows, ulong stream) =>
        NegativeSampling.Draw(
            model.Name, WithLabel(model, rows), examples.LabelsNamed(model.Label), model.NegativeSample, Seed(stream));

    /// <summary>The rows given have the first label; a model that learns another one leaves out those where it is not known.</summary>
    private ReadOnlySpan<int> WithLabel(ModelDesign model, ReadOnlySpan<int> rows) =>
        model.Label is null ? rows : examples.Labelled(rows, model.Label);

    private float[] LabelsOf(ModelDesign model, ReadOnlySpan<int> rows, ResidualStart? start)
    {
        var labels = examples.LabelsOf(rows, model.Label);
        start?.TakeFrom(labels, rows);
        return labels;
    }

    /// <param name="population">What the rows were drawn from.</param>
    private TrainingRows TrainingRows(ModelDesign model, int[] rows, ReadOnlySpan<int> population, ResidualStart? start)
    {
        var columns = Columns(model);
        return new()
        {
            Features = examples.Gather(rows, columns),
            Population = population.Length != rows.Length && Trainer(model).Kind.ReadsIds ? examples.Gather(population, columns) : null,
            FeatureCount = columns.Length,
            Shapes = examples.Shapes is { } shapes ? Array.ConvertAll(columns, c => shapes[c]) : null,
            Labels = LabelsOf(model, rows, start),
            Weights = examples.FitWeightsOf(rows),
            Groups = examples.GroupsOf(rows),
        };
    }

    /// <summary>The later half of the folds: their fits saw most of train, so their scores are most like those that will be
    /// served. Stacks and calibrators fit on these.</summary>
    private static IEnumerable<ForwardFold> Recent(ForwardChain chain) => chain.Folds.Skip(chain.Folds.Count / 2);

    private int[] Complete(ModelDesign model, int[] rows, int[] inputs, List<double[]> outOfFold) =>
        [.. WithLabel(model, rows).ToArray().Where(row => Array.TrueForAll(inputs, i => !double.IsNaN(outOfFold[i][row])))];

    private static double[] Margins(int[] rows, int[] inputs, List<double[]> outOfFold)
    {
        var margins = new double[rows.Length * inputs.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var c = 0; c < inputs.Length; c++) { margins[(i * inputs.Length) + c] = outOfFold[inputs[c]][rows[i]]; }
        }
        return margins;
    }

    private static void Scatter(double[] margins, double offset, int[] rows, double[] scores)
    {
        for (var i = 0; i < rows.Length; i++) { scores[rows[i]] = margins[i] + offset; }
    }

    private double[] NoScores()
    {
        var scores = new double[examples.Count];
        Array.Fill(scores, double.NaN);
        return scores;
    }

    private bool HasBothClasses(int[] rows, string? label) =>
        examples.Positives(rows, label) is var positives && positives > 0 && positives < rows.Length;

    private void ReportFold(int fold, int count) =>
        progress.Report((double)fold / (count + 1), $"fold {fold + 1} of {count}");

    private static ITrainer Trainer(ModelDesign model) => ModelKinds.Trainers.Single(t => t.Kind.Name == model.Kind);

    private ulong Seed(ulong stream) => RandomStream.Mix(seed ^ RandomStream.Mix(stream));

    private FitContext Context(ulong stream, int fitThreads, IProgress<double>? report) =>
        new(Seed(stream), fitThreads, report, cancellation);

    private static void Require(ForwardChain chain, ModelDesign model, string what)
    {
        if (chain.Folds.Count == 0)
        {
            throw new InvalidDataException(
                $"{model.At}: '{model.Name}': {what} needs out-of-fold scores, and no block of train has earlier rows to fit on; "
                + "lengthen the train part, or use one model without it.");
        }
    }

    /// <summary>Maps a fit's own progress onto the rest of the stage's bar.</summary>
    private sealed class Tail(ITrainingProgress progress, int folds) : IProgress<double>
    {
        public void Report(double value) => progress.Report((folds + value) / (folds + 1), null);
    }
}

/// <param name="OutOfFold">By model: margin of each row, NaN where none.</param>
internal sealed record FittedSystem(
    ScoringGraph Graph, IReadOnlyList<double[]> OutOfFold, IReadOnlyList<LedgerEntry> Ledger);
