namespace Lintel.Models.GradientBoosting;

/// <summary>One node: a split or a leaf.</summary>
/// <param name="Feature">Index of the feature that is asked; −1: a leaf.</param>
/// <param name="Value">A split's threshold: left when x &lt; threshold, in float32; a leaf's value.</param>
/// <param name="MissingLeft">Where a missing value goes.</param>
/// <param name="Cover">Sum of hessians of the training rows that came here: the weight that TreeSHAP gives the node.</param>
internal readonly record struct TreeNode(int Feature, float Value, bool MissingLeft, float Cover)
{
    public bool IsLeaf => Feature < 0;
}

/// <summary>One regression tree, checked: nodes stand breadth first, so that the children of the k-th split, in that order, are nodes
/// 2k + 1 and 2k + 2, and no index needs to be stored or trusted.</summary>
internal sealed class Tree
{
    /// <summary>Far above what boosting makes; a bound on recursion and on what a damaged file may ask for.</summary>
    public const int MaxDepth = 64;
    public const int MaxNodes = 1 << 22;

    private readonly TreeNode[] _nodes;
    private readonly int[] _left;

    /// <param name="nodes">Breadth first.</param> <param name="featureCount">Each split's feature is below.</param>
    /// <exception cref="InvalidDataException">These nodes are no tree; the message says where.</exception>
    public Tree(TreeNode[] nodes, int featureCount)
    {
        if (nodes.Length is < 1 or > MaxNodes)
        {
            throw new InvalidDataException($"a tree of {nodes.Length:N0} nodes, expected 1 to {MaxNodes:N0}");
        }
        _nodes = nodes;
        _left = new int[nodes.Length];
        var depths = new int[nodes.Length];
        var next = 1;
        for (var i = 0; i < nodes.Length; i++)
        {
            Check(nodes[i], i, featureCount);
            if (nodes[i].IsLeaf) { continue; }
            if (next + 2 > nodes.Length)
            {
                throw new InvalidDataException($"split {i} has no room for its children among {nodes.Length:N0} nodes");
            }
            _left[i] = next;
            depths[next] = depths[next + 1] = depths[i] + 1;
            next += 2;
        }
        if (next != nodes.Length)
        {
            throw new InvalidDataException($"{nodes.Length:N0} nodes, of which the splits reach {next:N0}");
        }
        Depth = depths[^1];
        if (Depth > MaxDepth) { throw new InvalidDataException($"a tree of depth {Depth}, expected at most {MaxDepth}"); }
    }

    public ReadOnlySpan<TreeNode> Nodes => _nodes;

    /// <summary>Splits on the longest way to a leaf; 0: the tree is one leaf.</summary>
    public int Depth { get; }

    /// <summary>The left child of a split; the right one follows it.</summary>
    public int Left(int node) => _left[node];

    /// <summary>The child that a row goes to.</summary>
    public int Next(int node, ReadOnlySpan<float> row)
    {
        ref readonly var split = ref _nodes[node];
        var x = row[split.Feature];
        return _left[node] + (float.IsNaN(x) ? (split.MissingLeft ? 0 : 1) : (x < split.Value ? 0 : 1));
    }

    /// <summary>Share of a split's training weight that went left; a half where no weight came at all.</summary>
    public double LeftShare(int node)
    {
        double left = _nodes[_left[node]].Cover, right = _nodes[_left[node] + 1].Cover;
        return left + right > 0 ? left / (left + right) : 0.5;
    }

    private static void Check(in TreeNode node, int index, int featureCount)
    {
        if (node.Feature < -1 || node.Feature >= featureCount)
        {
            throw new InvalidDataException($"node {index} asks feature {node.Feature} of {featureCount}");
        }
        if (!float.IsFinite(node.Value) || !float.IsFinite(node.Cover) || node.Cover < 0)
        {
            throw new InvalidDataException(
                $"node {index} has value {node.Value} and cover {node.Cover}, expected finite numbers, the cover 0 or more");
        }
    }
}
