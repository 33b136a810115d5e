using System.Collections.Immutable;
using Lintel.Models.GradientBoosting.Inference;

namespace Lintel.Models.GradientBoosting;

/// <summary>A boosted tree ensemble: margin = (((start + tree₀) + tree₁) + …) in float32, then + offset in double.</summary>
/// <remarks>With offset 0 the margin is bit-equal to XGBoost 1.7.4's, for one row and for a batch. A value goes left when
/// x &lt; threshold; a missing one goes where training sent it. Nothing is allocated per score. Source of the contributions:
/// Lundberg et al., Nature Machine Intelligence 2, 2020, algorithm 2.</remarks>
public sealed class TreeModel : IModel
{
    private readonly PackedForest _forest;

    internal TreeModel(ImmutableArray<Tree> trees, int featureCount, float start, double offset, ScoreScale scale)
        : this(trees, featureCount, start, offset, scale, new(trees, featureCount, start))
    {
    }

    private TreeModel(
        ImmutableArray<Tree> trees, int featureCount, float start, double offset, ScoreScale scale, PackedForest forest)
    {
        (Trees, FeatureCount, Start, Offset, Scale) = (trees, featureCount, start, offset, scale);
        _forest = forest;
    }

    public int FeatureCount { get; }

    public ScoreScale Scale { get; }

    public int TreeCount => Trees.Length;

    /// <summary>Added to the margin in double: undoes class weights and sampling.</summary>
    public double Offset { get; }

    /// <summary>Margin before the first tree, without <see cref="Offset"/>.</summary>
    internal float Start { get; }

    internal ImmutableArray<Tree> Trees { get; }

    internal PackedForest Forest => _forest;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> rows, Span<double> margins)
    {
        ModelShapes.CheckScore(rows, margins, FeatureCount);
        _forest.Score(rows, margins);
        if (Offset != 0)
        {
            for (var i = 0; i < margins.Length; i++) { margins[i] += Offset; }
        }
    }

    /// <summary>Exact path-dependent TreeSHAP. The base returned is margin − Σ contributions: the expectation over the training
    /// rows' cover, E[f], plus the rounding of the float32 sum, which belongs to no feature.</summary>
    public double Explain(ReadOnlySpan<float> row, Span<double> contributions)
    {
        ModelShapes.CheckExplain(row, contributions, FeatureCount);
        contributions.Clear();
        TreeShap.Add(Trees.AsSpan(), row, contributions);
        var sum = 0.0;
        foreach (var contribution in contributions) { sum += contribution; }
        return _forest.Score(row) + Offset - sum;
    }

    public void Write(BinaryWriter writer) => TreeModelFormat.Write(writer, this);

    internal TreeModel StartingAt(float start) => new(Trees, FeatureCount, start, Offset, Scale);

    internal TreeModel WithOffset(double offset) => new(Trees, FeatureCount, Start, Offset + offset, Scale, _forest);
}
