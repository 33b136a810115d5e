using System.Runtime.InteropServices;
using Lintel.Design.Kinds;
using Lintel.Models.GradientBoosting;
using Lintel.Numerics.Random;

namespace Lintel.Models.Novelty;

/// <summary>Kind <c>isolation-forest</c>: a row is strange when random splits soon leave it alone. Labels are not read.</summary>
/// <remarks>Score = −(mean path length over the trees) / c(sample), from about −2 to 0, larger is stranger; it is a sum over the trees, so
/// that its contributions are exact Shapley values of path lengths. scikit-learn's <c>score_samples</c> is −2^score of the same path.
/// The model is a <see cref="TreeModel"/>: one kernel scores, explains and reads both kinds of forest. Missing values: see
/// <see cref="IsolationTree"/>. Tree t draws from stream t of the seed, so threads do not matter. Source: Liu, Ting and Zhou,
/// "Isolation Forest", ICDM 2008.</remarks>
public sealed class IsolationForestTrainer : ITrainer
{
    public Kind Kind { get; } = new(KindFamily.Model, "isolation-forest", typeof(IsolationForestParameters),
        "Isolation forest: scores how few random splits leave a row alone; needs no labels.");

    /// <inheritdoc/>
    public IModel Fit(object parameters, TrainingRows rows, FitContext context)
    {
        var settings = (IsolationForestParameters)parameters;
        TrainingChecks.CheckFeatures(Kind.Name, rows);
        var sample = new RowSample(rows.Count, rows.Weights, settings.Sample);
        TrainingChecks.CheckSeveral(Kind.Name, sample.Candidates);
        var trees = new Tree[settings.Trees];
        var perStep = -1 / (settings.Trees * PathLength.Expected(sample.Size));
        var done = 0;
        var reporting = new Lock();
        var options = new ParallelOptions { MaxDegreeOfParallelism = context.Threads, CancellationToken = context.Cancellation };
        Parallel.For(0, trees.Length, options, t =>
        {
            var random = new RandomStream(context.Seed, (ulong)t);
            trees[t] = IsolationTree.Grow(rows, sample.Draw(random), random, perStep);
            lock (reporting) { context.Progress?.Report((double)++done / trees.Length); }
        });
        return new TreeModel(ImmutableCollectionsMarshal.AsImmutableArray(trees), rows.FeatureCount, 0, 0, ScoreScale.Novelty);
    }

    /// <summary>The kind has no stages: without labels nothing says where to stop.</summary>
    public IReadOnlyList<float[]>? FitStages(object parameters, TrainingRows rows, float[] heldOut, FitContext context) => null;

    public object WithStages(object parameters, int stages) => parameters;

    public int? Patience(object parameters) => null;

    public IModel WithOffset(IModel model, double offset) => ((TreeModel)model).WithOffset(offset);

    /// <exception cref="InvalidDataException">It is no forest, or its scores are no novelty measure.</exception>
    public IModel Read(BinaryReader reader)
    {
        var model = TreeModelFormat.Read(reader);
        return model.Scale == ScoreScale.Novelty
            ? model
            : throw new InvalidDataException($"score scale {model.Scale}, expected {ScoreScale.Novelty}");
    }
}
