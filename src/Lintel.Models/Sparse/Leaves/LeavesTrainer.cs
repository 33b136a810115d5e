using Lintel.Design;
using Lintel.Design.Kinds;
using Lintel.Models.GradientBoosting;
using Lintel.Models.Sparse.Ftrl;

namespace Lintel.Models.Sparse.Leaves;

/// <summary>Kind <c>leaves</c>: boosted trees of the numbers, whose leaves are ids for a logistic regression beside the row's own ids.</summary>
/// <remarks>The trees are fitted on the earliest rows, the linear part learns the others. It starts from the leaves' values, as sure of
/// each as the rows that made it (its cover, a sum of hessians), so it begins as the boosted trees and moves from there.
/// Online the trees stand still.</remarks>
public sealed class LeavesTrainer : IOnlineTrainer
{
    private readonly XGBoostTrainer _boosting = new();
    private readonly FtrlTrainer _ftrl = new();

    public Kind Kind { get; } = new(KindFamily.Model, "leaves", typeof(LeavesParameters),
        "Logistic regression over the leaves of boosted trees and over ids; the linear part learns row by row.")
    {
        ReadsIds = true,
        LearnsOnline = true,
        KnowsVariance = true,
    };

    /// <inheritdoc/>
    public IModel Fit(object parameters, TrainingRows rows, FitContext context)
    {
        var settings = (LeavesParameters)parameters;
        TrainingChecks.CheckRows(Kind.Name, rows, readsIds: true);
        TrainingChecks.CheckClasses(Kind.Name, rows.Labels, rows.Weights);
        var (earlier, later) = Split(rows, Math.Clamp((int)(settings.TreeShare * rows.Count), 1, rows.Count - 1));
        foreach (var part in new[] { earlier, later }) { TrainingChecks.CheckClasses(Kind.Name, part.Labels, part.Weights); }
        context.Cancellation.ThrowIfCancellationRequested();
        var shapes = rows.Shapes ?? new FeatureShape[rows.FeatureCount];
        var boosted = Boosted(settings, earlier, shapes, context);
        var columns = new LeafColumns([.. boosted.Trees], shapes);
        var wide = Wide(columns, later);
        var state = _ftrl.Counted(settings.Linear, wide, context.Cancellation);
        state.Begin(0, boosted.Start, 0);
        BeginLeaves(state, columns);
        _ftrl.Learn(state, wide, settings.Epochs, context);
        return new LeavesModel(columns, new(state));
    }

    /// <summary>The kind has no stages.</summary>
    public IReadOnlyList<float[]>? FitStages(object parameters, TrainingRows rows, float[] heldOut, FitContext context) => null;

    public object WithStages(object parameters, int stages) => parameters;

    public int? Patience(object parameters) => null;

    public IModel WithOffset(IModel model, double offset)
    {
        var leaves = (LeavesModel)model;
        return new LeavesModel(leaves.Columns, new(leaves.Linear.State.WithOffset(offset)));
    }

    public IModel Read(BinaryReader reader) => LeavesModel.Read(reader);

    /// <summary>Refused: trees are not learned row by row.</summary>
    public IOnlineLearner Start(object parameters, FeatureShape[] shapes, ulong seed) => throw new FitException(
        $"{Kind.Name}: its trees are fitted on rows; fit it first and go on from the model, or use kind ftrl, which can start from nothing");

    public IOnlineLearner Resume(IModel model)
    {
        var leaves = (LeavesModel)model;
        return new LeavesLearner(leaves.Columns, (FtrlLearner)_ftrl.Resume(leaves.Linear));
    }

    public IOnlineLearner ReadLearner(BinaryReader reader) => Resume(LeavesModel.Read(reader));

    /// <summary>Trees of the numbers, which ask the row's columns.</summary>
    private TreeModel Boosted(LeavesParameters settings, TrainingRows rows, FeatureShape[] shapes, FitContext context)
    {
        int[] numbers = [.. Enumerable.Range(0, shapes.Length).Where(c => !shapes[c].IsId)];
        if (numbers.Length == 0) { throw new FitException($"{Kind.Name}: no number to fit trees on. Declare one, or use kind ftrl."); }
        var features = new float[rows.Count * numbers.Length];
        for (var i = 0; i < rows.Count; i++)
        {
            for (var j = 0; j < numbers.Length; j++) { features[(i * numbers.Length) + j] = rows.Features[(i * shapes.Length) + numbers[j]]; }
        }
        var narrow = new TrainingRows { Features = features, FeatureCount = numbers.Length, Labels = rows.Labels, Weights = rows.Weights };
        var model = (TreeModel)_boosting.Fit(settings.Boosting, narrow, context with { Progress = null });
        var trees = model.Trees.Select(tree => new Tree([.. tree.Nodes.ToArray().Select(Asking)], shapes.Length));
        return new([.. trees], shapes.Length, model.Start, 0, ScoreScale.LogOdds);

        TreeNode Asking(TreeNode node) => node.IsLeaf ? node : node with { Feature = numbers[node.Feature] };
    }

    private static void BeginLeaves(FtrlState state, LeafColumns columns)
    {
        var row = new float[columns.Wide.Length];
        var places = new int[row.Length];
        for (var t = 0; t < columns.Trees.Length; t++)
        {
            var nodes = columns.Trees[t].Nodes;
            for (var n = 0; n < nodes.Length; n++)
            {
                if (!nodes[n].IsLeaf) { continue; }
                row[t] = columns.Leaf(t, n);
                state.Map.Encode(row, places);
                state.Begin(places[t], nodes[n].Value, nodes[n].Cover);
            }
        }
    }

    private static TrainingRows Wide(LeafColumns columns, TrainingRows rows)
    {
        var wide = new float[(long)rows.Count * columns.Wide.Length];
        for (var i = 0; i < rows.Count; i++)
        {
            columns.Transform(
                rows.Features.AsSpan(i * rows.FeatureCount, rows.FeatureCount), wide.AsSpan(i * columns.Wide.Length, columns.Wide.Length));
        }
        return new()
        {
            Features = wide,
            FeatureCount = columns.Wide.Length,
            Labels = rows.Labels,
            Weights = rows.Weights,
            Shapes = columns.Wide,
        };
    }

    private static (TrainingRows Earlier, TrainingRows Later) Split(TrainingRows rows, int at)
    {
        return (Part(..at), Part(at..));

        TrainingRows Part(Range range)
        {
            var (from, count) = range.GetOffsetAndLength(rows.Count);
            return new()
            {
                Features = rows.Features.AsSpan(from * rows.FeatureCount, count * rows.FeatureCount).ToArray(),
                FeatureCount = rows.FeatureCount,
                Labels = rows.Labels[range],
                Weights = rows.Weights?[range],
                Shapes = rows.Shapes,
            };
        }
    }
}
