using System.Collections.Immutable;
using System.Globalization;
using Lintel.Design;
using Lintel.Design.Kinds;
using Lintel.Native.XGBoost;

namespace Lintel.Models.GradientBoosting;

/// <summary>Kind <c>xgboost</c>: gradient-boosted trees by XGBoost's histogram method. The library only fits; what is returned is
/// our own <see cref="TreeModel"/>, which judges and serves.</summary>
/// <remarks>A fit repeats to the byte for one seed. Stage k of <see cref="FitStages"/> is the model that <see cref="Fit"/> gives with
/// k + 1 trees. A class weight w multiplies the odds that are learned by w, so ln w is taken off the margin.
/// One row, or one class, is refused with <see cref="FitException"/> (logistic, focal), and so are groups without a row that differs
/// (lambdarank, pairwise: see <see cref="RankingLoss"/>); constant values give a constant model (squared).</remarks>
public sealed class XGBoostTrainer : ITrainer
{
    /// <summary>Below this a second thread costs more than it brings.</summary>
    private const int MinRowsForThreads = 100_000;

    private const double Middle = 0.5;

    public Kind Kind { get; } = new(KindFamily.Model, "xgboost", typeof(XGBoostParameters),
        "Gradient-boosted decision trees; missing values have a side of their own at each split.")
    {
        For = DecisionUse.All,
        RegressionDefaults = ImmutableDictionary<string, object>.Empty.Add("objective", XGBoostParameters.Squared),
        AtQuantile = static (parameters, level) =>
            (XGBoostParameters)parameters with { Objective = XGBoostParameters.Quantile, Level = level },
        Fault = FaultIn,
    };

    /// <inheritdoc/>
    public IModel Fit(object parameters, TrainingRows rows, FitContext context)
    {
        var settings = (XGBoostParameters)parameters;
        using var matrix = Matrix(settings, rows, context);
        using var booster = Start(settings, rows, matrix, context);
        var loss = Loss(settings, rows, context);
        var rounds = new Rounds(booster, matrix, loss, rows.Count);
        for (var tree = 0; tree < settings.Trees; tree++)
        {
            rounds.Boost(tree, context.Cancellation);
            context.Progress?.Report((tree + 1.0) / settings.Trees);
        }
        var model = XGBoostJson.Read(booster.SaveJson(), rounds.Leaves);
        return (loss is ILeafLoss leaves ? model.StartingAt(leaves.Start) : model).WithOffset(Offset(settings, loss));
    }

    /// <inheritdoc/>
    public IReadOnlyList<float[]>? FitStages(object parameters, TrainingRows rows, float[] heldOut, FitContext context)
    {
        var settings = (XGBoostParameters)parameters;
        var stages = new float[settings.Trees][];
        if (heldOut.Length == 0)
        {
            Array.Fill(stages, []);
            return stages;
        }
        using var matrix = Matrix(settings, rows, context);
        using var judged = DMatrix.FromDense(heldOut, rows.FeatureCount, Threads(rows, context));
        using var booster = Start(settings, rows, matrix, context);
        var loss = Loss(settings, rows, context);
        var offset = Offset(settings, loss);
        var rounds = new Rounds(booster, matrix, loss, rows.Count);
        for (var tree = 0; tree < settings.Trees; tree++)
        {
            rounds.Boost(tree, context.Cancellation);
            var margins = stages[tree] = new float[heldOut.Length / rows.FeatureCount];
            if (loss is ILeafLoss leaves)
            {
                if (tree == 0) { margins.AsSpan().Fill(leaves.Start); }
                else { stages[tree - 1].CopyTo(margins, 0); }
                rounds.Add(judged, tree, margins);
            }
            // the library keeps the sums of this matrix, so each round adds one tree to them
            else { booster.PredictMargins(judged, margins); }
            if (offset != 0)
            {
                for (var i = 0; i < margins.Length; i++) { margins[i] = (float)(margins[i] + offset); }
            }
            context.Progress?.Report((tree + 1.0) / settings.Trees);
        }
        return stages;
    }

    public object WithStages(object parameters, int stages) => (XGBoostParameters)parameters with { Trees = stages };

    public int? Patience(object parameters) => ((XGBoostParameters)parameters).EarlyStop;

    public double HeldOutLoss(
        object parameters, ReadOnlySpan<float> margins, double offset, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        var settings = (XGBoostParameters)parameters;
        return settings.Objective switch
        {
            XGBoostParameters.Squared => Losses.Squared(margins, offset, labels, weights),
            XGBoostParameters.Absolute => Losses.Pinball(margins, offset, labels, weights, Middle),
            XGBoostParameters.Quantile => Losses.Pinball(margins, offset, labels, weights, settings.Level ?? Middle),
            XGBoostParameters.Huber => Losses.Huber(margins, offset, labels, weights, settings.SquaredShare),
            _ => Losses.Log(margins, offset, labels, weights),
        };
    }

    public bool Ranks(object parameters) =>
        ((XGBoostParameters)parameters).Objective is XGBoostParameters.LambdaRank or XGBoostParameters.Pairwise;

    public IModel WithOffset(IModel model, double offset) => ((TreeModel)model).WithOffset(offset);

    public IModel Read(BinaryReader reader) => TreeModelFormat.Read(reader);

    private static int Threads(TrainingRows rows, FitContext context) => rows.Count < MinRowsForThreads ? 1 : context.Threads;

    private static double Offset(XGBoostParameters settings, IBoostingLoss? loss) => loss is FocalLoss focal ? focal.Offset()
        : Classifies(settings) && settings.ClassWeight != 1 ? -Math.Log(settings.ClassWeight) : 0;

    private static bool Classifies(XGBoostParameters settings) => settings.Objective is XGBoostParameters.Logistic or XGBoostParameters.Focal;

    private DMatrix Matrix(XGBoostParameters settings, TrainingRows rows, FitContext context)
    {
        TrainingChecks.CheckRows(Kind.Name, rows);
        if (Classifies(settings))
        {
            TrainingChecks.CheckClasses(Kind.Name, rows.Labels, rows.Weights);
        }
        var matrix = DMatrix.FromDense(rows.Features, rows.FeatureCount, Threads(rows, context));
        try
        {
            matrix.SetLabels(rows.Labels);
            if (rows.Weights is { } weights) { matrix.SetWeights(weights); }
            return matrix;
        }
        catch
        {
            matrix.Dispose();
            throw;
        }
    }

    /// <summary>A loss of our own, in place of the library's; null: the library's.</summary>
    private IBoostingLoss? Loss(XGBoostParameters settings, TrainingRows rows, FitContext context) => settings.Objective switch
    {
        XGBoostParameters.LambdaRank or XGBoostParameters.Pairwise =>
            new RankingLoss(Kind.Name, rows, settings.Objective == XGBoostParameters.LambdaRank, context.Threads),
        XGBoostParameters.Quantile => Sided(settings, rows, context, settings.Level ?? Middle, null),
        XGBoostParameters.Absolute => Sided(settings, rows, context, Middle, null),
        XGBoostParameters.Huber => Sided(settings, rows, context, Middle, settings.SquaredShare),
        XGBoostParameters.Focal => new FocalLoss(rows, settings.Focus, settings.ClassWeight),
        _ => null,
    };

    private static QuantileLoss Sided(XGBoostParameters settings, TrainingRows rows, FitContext context, double level, double? squaredShare) =>
        new(rows, level, squaredShare, settings.LearningRate, settings.Rows, context.Seed);

    /// <summary>Whether the rows of each tree are drawn here, because its leaves ask for them, and not by the library.</summary>
    private static bool DrawsRows(XGBoostParameters settings) =>
        settings.Objective is XGBoostParameters.Quantile or XGBoostParameters.Absolute or XGBoostParameters.Huber;

    /// <summary>A loss that has no meaning for what is decided.</summary>
    private static (string Wrong, string Right)? FaultIn(object parameters, DecisionKind decides)
    {
        var settings = (XGBoostParameters)parameters;
        var ofValues = DrawsRows(settings) || settings.Objective == XGBoostParameters.Squared;
        if (decides == DecisionKind.Regression)
        {
            return !ofValues ? ($"objective '{settings.Objective}' learns no value", "squared | absolute | huber | quantile")
                : settings is { Objective: XGBoostParameters.Quantile, Level: null } ? ("objective 'quantile' does not say which", "quantiles: [10%, 50%, 90%]")
                : null;
        }
        return DrawsRows(settings) ? ($"objective '{settings.Objective}' learns a value", "one for yes or no, or for an order; or kind: regression") : null;
    }

    private static Booster Start(XGBoostParameters settings, TrainingRows rows, DMatrix matrix, FitContext context)
    {
        var booster = new Booster(matrix);
        try
        {
            foreach (var (name, value) in Settings(settings, rows, context)) { booster.SetParameter(name, value); }
            return booster;
        }
        catch
        {
            booster.Dispose();
            throw;
        }
    }

    private static IEnumerable<(string Name, string Value)> Settings(XGBoostParameters settings, TrainingRows rows, FitContext context)
    {
        yield return ("booster", "gbtree");
        yield return ("tree_method", "hist");
        yield return ("verbosity", "0");
        yield return ("nthread", Text(Threads(rows, context)));
        // the library keeps 31 bits
        yield return ("seed", Text(context.Seed & 0x7FFF_FFFF));
        yield return ("max_depth", Text(settings.Depth));
        yield return ("eta", Text(settings.LearningRate));
        yield return ("subsample", Text(DrawsRows(settings) ? 1 : settings.Rows));
        yield return ("colsample_bytree", Text(settings.Columns));
        yield return ("min_child_weight", Text(settings.MinChildWeight));
        yield return ("reg_lambda", Text(settings.Lambda));
        yield return ("reg_alpha", Text(settings.Alpha));
        yield return ("gamma", Text(settings.Gamma));
        yield return ("max_bin", Text(settings.Bins));
        if (Classifies(settings))
        {
            yield return ("objective", "binary:logistic");
            // a loss of ours weighs positives itself
            if (settings.Objective == XGBoostParameters.Logistic) { yield return ("scale_pos_weight", Text(settings.ClassWeight)); }
        }
        else
        {
            yield return ("objective", "reg:squarederror");
            // 1.7 starts at 0.5 whatever the unit; the mean saves the first trees from learning it, and a rank score has none
            yield return ("base_score", settings.Objective == XGBoostParameters.Squared ? Text((float)Mean(rows)) : "0");
        }
    }

    private static double Mean(TrainingRows rows)
    {
        double sum = 0, weight = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            var w = rows.Weights?[i] ?? 1;
            sum += (double)w * rows.Labels[i];
            weight += w;
        }
        return weight > 0 ? sum / weight : 0;
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>Boosts tree by tree, by the library's loss or by ours.</summary>
    private sealed class Rounds(Booster booster, DMatrix matrix, IBoostingLoss? loss, int rowCount)
    {
        private readonly float[] _margins = Start(loss, rowCount);
        private readonly ILeafLoss? _leafLoss = loss as ILeafLoss;
        private readonly List<float[]> _leaves = [];
        private readonly float[] _nodes = loss is ILeafLoss ? new float[rowCount] : [];

        /// <summary>By tree, values that take the place of the library's; null: they do not.</summary>
        public IReadOnlyList<float[]>? Leaves => _leafLoss is null ? null : _leaves;

        public void Boost(int tree, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            if (loss is null)
            {
                booster.Update(tree);
                return;
            }
            // the library keeps the sums of the matrix that it is fitted on; of leaves that are set here it knows nothing
            if (_leafLoss is null && tree > 0) { booster.PredictMargins(matrix, _margins); }
            _leafLoss?.Draw(tree);
            loss.Derive(_margins, cancellation);
            booster.Update(loss.Gradients, loss.Hessians);
            if (_leafLoss is null) { return; }
            booster.PredictLeaves(matrix, tree, _nodes);
            var values = _leafLoss.Leaves(_nodes, _margins);
            _leaves.Add(values);
            AddLeaves(values, _nodes, _margins);
        }

        /// <summary>Adds one tree to the margins of other rows, as the fitted model will.</summary>
        public void Add(DMatrix other, int tree, Span<float> margins)
        {
            var nodes = new float[margins.Length];
            booster.PredictLeaves(other, tree, nodes);
            AddLeaves(_leaves[tree], nodes, margins);
        }

        private static void AddLeaves(float[] values, ReadOnlySpan<float> nodes, Span<float> margins)
        {
            for (var i = 0; i < margins.Length; i++)
            {
                // a leaf that no row of train is in lies beyond those with a value
                var node = (int)nodes[i];
                margins[i] += node < values.Length ? values[node] : 0;
            }
        }

        private static float[] Start(IBoostingLoss? loss, int rowCount)
        {
            if (loss is null) { return []; }
            var margins = new float[rowCount];
            if (loss is ILeafLoss leaves) { Array.Fill(margins, leaves.Start); }
            return margins;
        }
    }
}
