using Lintel.Design;
using Lintel.Models.GradientBoosting;
using Lintel.Models.Sparse.Ftrl;

namespace Lintel.Models.Sparse.Leaves;

/// <summary>A linear model of the leaves that a row reaches in boosted trees, and of its ids.</summary>
/// <remarks>Source: He et al., "Practical Lessons from Predicting Clicks on Ads at Facebook", ADKDD 2014, section 3.1.</remarks>
public sealed class LeavesModel : IUncertainModel
{
    private const int Chunk = 64;

    private readonly Spares<float[]> _rooms;
    private Tree[]? _weighted;

    internal LeavesModel(LeafColumns columns, FtrlModel linear)
    {
        (Columns, Linear) = (columns, linear);
        _rooms = new(() => new float[Chunk * columns.Wide.Length]);
    }

    public int FeatureCount => Columns.Shapes.Length;

    public ScoreScale Scale => ScoreScale.LogOdds;

    public int TreeCount => Columns.Trees.Length;

    internal LeafColumns Columns { get; }

    internal FtrlModel Linear { get; }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> rows, Span<double> margins)
    {
        ModelShapes.CheckScore(rows, margins, FeatureCount);
        var room = _rooms.Take();
        for (var from = 0; from < margins.Length; from += Chunk)
        {
            var count = Math.Min(Chunk, margins.Length - from);
            var wide = Transformed(rows.Slice(from * FeatureCount, count * FeatureCount), room);
            Linear.Score(wide, margins.Slice(from, count));
        }
        _rooms.Return(room);
    }

    /// <summary>TreeSHAP of the trees with the leaves' weights as their values, and the weight of each id. The base is what is left.</summary>
    public double Explain(ReadOnlySpan<float> row, Span<double> contributions)
    {
        ModelShapes.CheckExplain(row, contributions, FeatureCount);
        var margin = new double[1];
        Score(row, margin);
        var wide = new float[Columns.Wide.Length];
        Columns.Transform(row, wide);
        var weights = new double[wide.Length];
        _ = Linear.Explain(wide, weights);
        contributions.Clear();
        TreeShap.Add(_weighted ??= Weighted(), row, contributions);
        for (var i = 0; i < Columns.IdColumns.Length; i++) { contributions[Columns.IdColumns[i]] += weights[TreeCount + i]; }
        var sum = 0.0;
        foreach (var contribution in contributions) { sum += contribution; }
        return margin[0] - sum;
    }

    /// <inheritdoc/>
    public double Variance(ReadOnlySpan<float> row)
    {
        ModelShapes.CheckRows(row, 1, FeatureCount);
        var room = _rooms.Take();
        var variance = Linear.Variance(Transformed(row, room));
        _rooms.Return(room);
        return variance;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(FeatureCount);
        foreach (var shape in Columns.Shapes)
        {
            writer.Write(shape.Ids);
            writer.Write(shape.Space);
        }
        TreeModelFormat.Write(writer, new([.. Columns.Trees], FeatureCount, 0, 0, ScoreScale.LogOdds));
        Linear.Write(writer);
    }

    /// <exception cref="InvalidDataException">A count or an index is outside its range, or trees and weights do not fit.</exception>
    internal static LeavesModel Read(BinaryReader reader)
    {
        var shapes = new FeatureShape[Payload.ReadCount(reader, "columns", 1, 1 << 16, 2 * sizeof(int))];
        for (var c = 0; c < shapes.Length; c++)
        {
            shapes[c] = new(Payload.ReadCount(reader, $"ids of column {c}", 0, FeatureShape.MaxIds), reader.ReadInt32());
        }
        var trees = TreeModelFormat.Read(reader);
        if (trees.FeatureCount != shapes.Length) { throw new InvalidDataException($"trees of {trees.FeatureCount} features for {shapes.Length} columns"); }
        var columns = new LeafColumns([.. trees.Trees], shapes);
        var linear = FtrlState.Read(reader);
        return linear.Map.Shapes.SequenceEqual(columns.Wide) ? new(columns, new(linear))
            : throw new InvalidDataException("the linear part's columns are not the trees' leaves and the ids");
    }

    private Span<float> Transformed(ReadOnlySpan<float> rows, float[] room)
    {
        var (columns, width) = (FeatureCount, Columns.Wide.Length);
        var count = rows.Length / columns;
        for (var i = 0; i < count; i++) { Columns.Transform(rows.Slice(i * columns, columns), room.AsSpan(i * width, width)); }
        return room.AsSpan(0, count * width);
    }

    /// <summary>The trees, with what the linear part makes of each leaf.</summary>
    private Tree[] Weighted()
    {
        var wide = new float[Columns.Wide.Length];
        var weights = new double[wide.Length];
        var weighted = new Tree[TreeCount];
        for (var t = 0; t < TreeCount; t++)
        {
            var nodes = Columns.Trees[t].Nodes.ToArray();
            for (var n = 0; n < nodes.Length; n++)
            {
                if (!nodes[n].IsLeaf) { continue; }
                wide[t] = Columns.Leaf(t, n);
                _ = Linear.Explain(wide, weights);
                nodes[n] = nodes[n] with { Value = (float)weights[t] };
            }
            weighted[t] = new(nodes, FeatureCount);
        }
        return weighted;
    }
}
