using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Lintel.Models;

namespace Lintel.Pipeline.Scoring;

/// <summary>The fitted models of a design, each after those it reads: features in, a margin and a probability of each model out.
/// Immutable and safe for many threads; one row and a batch give the same bits.</summary>
public sealed class ScoringGraph
{
    private readonly ImmutableArray<ScoringNode> _nodes;
    private readonly int _widest;

    /// <param name="nodes">In the design's order: inputs before those that combine them.</param>
    public ScoringGraph(ImmutableArray<ScoringNode> nodes)
    {
        _nodes = nodes;
        _widest = nodes.Max(static n => Math.Max(n.Features.Length, n.Inputs.Length));
        for (var i = 0; i < nodes.Length; i++)
        {
            if (nodes[i].Inputs.Any(input => input >= i) || nodes[i].Base?.Node >= i)
            {
                throw new ArgumentException($"model {nodes[i].Name} stands before a model that it reads", nameof(nodes));
            }
        }
    }

    public ImmutableArray<ScoringNode> Nodes => _nodes;

    /// <summary>Scores one row.</summary>
    /// <param name="features">Every feature of the design as doubles, [feature count]; models read them as float32.</param>
    /// <param name="scores">[2 × nodes]: margin and probability of each node in turn.</param>
    public void Score(ReadOnlySpan<double> features, Span<double> scores)
    {
        Span<float> row = stackalloc float[_widest];
        Span<double> inputs = stackalloc double[_widest];
        Span<double> margin = stackalloc double[1];
        var nodes = ImmutableCollectionsMarshal.AsArray(_nodes)!;
        for (var i = 0; i < nodes.Length; i++)
        {
            var node = nodes[i];
            if (node.Model is { } model)
            {
                var columns = node.Features.AsSpan();
                for (var c = 0; c < columns.Length; c++) { row[c] = (float)features[columns[c]]; }
                model.Score(row[..columns.Length], margin);
                scores[2 * i] = margin[0];
            }
            else
            {
                var from = node.Inputs.AsSpan();
                for (var c = 0; c < from.Length; c++) { inputs[c] = scores[2 * from[c]]; }
                scores[2 * i] = node.Combiner!.Score(inputs[..from.Length]);
            }
            if (node.Base is { } start) { scores[2 * i] += start.Node >= 0 ? scores[2 * start.Node] : start.Of(features[start.Feature]); }
            scores[(2 * i) + 1] = node.Probability(scores[2 * i]);
        }
    }

    /// <summary>Scores many rows that stand in registers, model by model, to the same bits as <see cref="Score"/>.</summary>
    /// <param name="registers">[n, width]; scores are written.</param>
    /// <param name="features">Where a row's features begin.</param> <param name="scores">Where its scores do.</param>
    public void ScoreRegisters(Span<double> registers, int width, int features, int scores)
    {
        const int Block = 256;                                 // a block of rows stays in the second-level cache
        var rented = ArrayPool<float>.Shared.Rent(Block * _widest);
        Span<double> margins = stackalloc double[Block];
        try
        {
            for (; !registers.IsEmpty; registers = registers[(Math.Min(Block, registers.Length / width) * width)..])
            {
                var block = registers[..(Math.Min(Block, registers.Length / width) * width)];
                ScoreBlock(block, width, features, scores, rented, margins);
            }
        }
        finally { ArrayPool<float>.Shared.Return(rented); }
    }

    private void ScoreBlock(Span<double> registers, int width, int features, int scores, float[] gathered, Span<double> margins)
    {
        var count = registers.Length / width;
        Span<double> inputs = stackalloc double[_widest];
        var nodes = ImmutableCollectionsMarshal.AsArray(_nodes)!;
        for (var i = 0; i < nodes.Length; i++)
        {
            var node = nodes[i];
            if (node.Model is { } model)
            {
                var columns = node.Features.AsSpan();
                var at = 0;
                for (var r = 0; r < count; r++)
                {
                    foreach (var column in columns) { gathered[at++] = (float)registers[(r * width) + features + column]; }
                }
                model.Score(gathered.AsSpan(0, at), margins[..count]);
            }
            else
            {
                var from = node.Inputs.AsSpan();
                for (var r = 0; r < count; r++)
                {
                    for (var c = 0; c < from.Length; c++) { inputs[c] = registers[(r * width) + scores + (2 * from[c])]; }
                    margins[r] = node.Combiner!.Score(inputs[..from.Length]);
                }
            }
            for (var r = 0; r < count; r++)
            {
                var row = registers.Slice(r * width, width);
                var margin = margins[r];
                if (node.Base is { } start) { margin += start.Node >= 0 ? row[scores + (2 * start.Node)] : start.Of(row[features + start.Feature]); }
                row[scores + (2 * i)] = margin;
                row[scores + (2 * i) + 1] = node.Probability(margin);
            }
        }
    }

    /// <summary>Index of a node; −1: there is none of that name.</summary>
    public int IndexOf(string name)
    {
        var node = 0;
        while (node < _nodes.Length && _nodes[node].Name != name) { node++; }
        return node < _nodes.Length ? node : -1;
    }

    /// <summary>How unsure a model is of one row's margin; NaN: its kind does not tell.</summary>
    /// <param name="features">[feature count].</param>
    public double Variance(int node, ReadOnlySpan<double> features)
    {
        if (_nodes[node].Model is not IUncertainModel model) { return double.NaN; }
        var columns = _nodes[node].Features.AsSpan();
        Span<float> row = stackalloc float[_widest];
        for (var c = 0; c < columns.Length; c++) { row[c] = (float)features[columns[c]]; }
        return model.Variance(row[..columns.Length]);
    }

    /// <summary>Margins of many rows, by node.</summary>
    /// <param name="features">Row-major, [n, featureCount].</param>
    /// <returns>[node][row].</returns>
    public double[][] ScoreRows(ReadOnlySpan<float> features, int featureCount)
    {
        var count = features.Length / featureCount;
        var margins = new double[_nodes.Length][];
        for (var i = 0; i < _nodes.Length; i++)
        {
            var node = _nodes[i];
            margins[i] = node.Model is { } model
                ? ScoreModel(model, node.Features.AsSpan(), features, featureCount, count)
                : Combine(node.Combiner!, node.Inputs.AsSpan(), margins, count);
            if (node.Base is { } start) { AddBase(start, margins, features, featureCount, margins[i]); }
        }
        return margins;
    }

    /// <summary>Scores a model of features over rows that hold more columns than it reads.</summary>
    public static double[] ScoreModel(
        IModel model, ReadOnlySpan<int> columns, ReadOnlySpan<float> features, int featureCount, int count)
    {
        const int Block = 1024;                                // keeps the gathered block in the second-level cache
        var margins = new double[count];
        var block = new float[Block * columns.Length];
        for (var start = 0; start < count; start += Block)
        {
            var rows = Math.Min(Block, count - start);
            Gather(features.Slice(start * featureCount, rows * featureCount), featureCount, columns, block);
            model.Score(block.AsSpan(0, rows * columns.Length), margins.AsSpan(start, rows));
        }
        return margins;
    }

    /// <summary>Copies the named columns of row-major rows, [n, featureCount] to [n, columns].</summary>
    public static void Gather(
        ReadOnlySpan<float> features, int featureCount, ReadOnlySpan<int> columns, Span<float> gathered)
    {
        var at = 0;
        for (var start = 0; start < features.Length; start += featureCount)
        {
            foreach (var column in columns) { gathered[at++] = features[start + column]; }
        }
    }

    private static void AddBase(
        ScoreBase start, double[][] margins, ReadOnlySpan<float> features, int featureCount, double[] scores)
    {
        if (start.Node >= 0)
        {
            var from = margins[start.Node];
            for (var r = 0; r < scores.Length; r++) { scores[r] += from[r]; }
            return;
        }
        for (var r = 0; r < scores.Length; r++) { scores[r] += start.Of(features[(r * featureCount) + start.Feature]); }
    }

    private static double[] Combine(ICombiner combiner, ReadOnlySpan<int> inputs, double[][] margins, int count)
    {
        var result = new double[count];
        Span<double> row = stackalloc double[inputs.Length];
        for (var r = 0; r < count; r++)
        {
            for (var c = 0; c < inputs.Length; c++) { row[c] = margins[inputs[c]][r]; }
            result[r] = combiner.Score(row);
        }
        return result;
    }

    /// <summary>What each feature adds to the last node's margin, through the nodes that it combines.</summary>
    /// <param name="features">[feature count].</param> <param name="contributions">[feature count], overwritten.</param>
    /// <returns>The base value: with the contributions it sums to the margin within 1e-9.</returns>
    public double Explain(ReadOnlySpan<double> features, Span<double> contributions)
    {
        contributions.Clear();
        var scores = new double[2 * _nodes.Length];
        Score(features, scores);
        return Explain(_nodes.Length - 1, 1, features, scores, contributions);
    }

    private double Explain(
        int index, double weight, ReadOnlySpan<double> features, double[] scores, Span<double> contributions)
    {
        var node = _nodes[index];
        if (node.Model is { } model)
        {
            var columns = node.Features.AsSpan();
            var row = new float[columns.Length];
            for (var c = 0; c < columns.Length; c++) { row[c] = (float)features[columns[c]]; }
            var parts = new double[columns.Length];
            var modelBase = model.Explain(row, parts);
            for (var c = 0; c < columns.Length; c++) { contributions[columns[c]] += weight * parts[c]; }
            return (weight * modelBase) + ExplainBase(node, weight, features, scores, contributions);
        }
        var inputs = node.Inputs.AsSpan();
        var margins = new double[inputs.Length];
        for (var c = 0; c < inputs.Length; c++) { margins[c] = scores[2 * inputs[c]]; }
        var weights = new double[inputs.Length];
        var total = weight * node.Combiner!.Explain(margins, weights);
        for (var c = 0; c < inputs.Length; c++)
        {
            total += Explain(inputs[c], weight * weights[c], features, scores, contributions);
        }
        return total + ExplainBase(node, weight, features, scores, contributions);
    }

    /// <summary>What a node starts from, told apart; 0 where it starts from nothing.</summary>
    private double ExplainBase(
        ScoringNode node, double weight, ReadOnlySpan<double> features, double[] scores, Span<double> contributions)
    {
        if (node.Base is not { } start) { return 0; }
        if (start.Node >= 0) { return Explain(start.Node, weight, features, scores, contributions); }
        if (float.IsNaN((float)features[start.Feature])) { return weight * start.Missing; }
        contributions[start.Feature] += weight * start.Of(features[start.Feature]);
        return 0;
    }
}
