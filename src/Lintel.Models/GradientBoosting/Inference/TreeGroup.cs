namespace Lintel.Models.GradientBoosting.Inference;

/// <summary>Eight consecutive trees, laid out to be walked together: eight independent chains of loads hide each other's latency.</summary>
/// <remarks>Shallow trees (depth to 7) are completed to their deepest one's depth d and stored level by level, all eight side by side:
/// the node at place p of level l, p in [0, 8·2^l), has its children at places 2p and 2p + 1 of level l + 1, and the leaves are
/// level d. Level l begins at 8·(2^l − 1). So a step is <c>p = 2p + (x &gt;= threshold)</c> for every chain alike, without a
/// branch. Deeper trees keep their links and walk as many steps as the deepest needs.
/// A group that is not full is filled with trees of −0, the neutral element of float addition.</remarks>
internal sealed class TreeGroup
{
    public const int Size = 8;

    /// <summary>The vector kernel takes three levels at a time; flatter trees are completed to it.</summary>
    public const int MinCompleteDepth = 3;

    /// <summary>Deepest tree that is completed: 127 splits of 8 bytes and 128 leaves.</summary>
    public const int MaxCompleteDepth = 7;

    public TreeGroup(ReadOnlySpan<Tree> trees)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(trees.Length, Size, nameof(trees));
        foreach (var tree in trees) { Depth = Math.Max(Depth, tree.Depth); }
        if (Depth <= MaxCompleteDepth)
        {
            Depth = Math.Max(Depth, MinCompleteDepth);
            Splits = new SplitNode[LevelStart(Depth)];
            Leaves = new float[Size << Depth];
            Array.Fill(Splits, SplitNode.Padding);
            Array.Fill(Leaves, -0f);
            for (var i = 0; i < trees.Length; i++) { Complete(trees[i], 0, 0, i); }
            return;
        }
        var links = new List<LinkedNode>();
        for (var i = 0; i < Size; i++)
        {
            _roots[i] = links.Count;
            if (i < trees.Length) { Link(trees[i], links); }
            else { links.Add(new(-0f, 0, links.Count, 0)); }
        }
        Links = [.. links];
    }

    private readonly int[] _roots = new int[Size];

    public int Depth { get; }

    public bool IsComplete => Links.Length == 0;

    public SplitNode[] Splits { get; } = [];

    public float[] Leaves { get; } = [];

    public LinkedNode[] Links { get; } = [];

    /// <summary>First node of each tree in <see cref="Links"/>.</summary>
    public ReadOnlySpan<int> Roots => _roots;

    public static int LevelStart(int level) => Size * ((1 << level) - 1);

    private void Complete(Tree tree, int node, int level, int place)
    {
        var here = tree.Nodes[node];
        if (here.IsLeaf)
        {
            var width = 1 << (Depth - level);
            Leaves.AsSpan(place * width, width).Fill(here.Value);
            return;
        }
        Splits[LevelStart(level) + place] = SplitNode.Of(here);
        var left = tree.Left(node);
        Complete(tree, left, level + 1, 2 * place);
        Complete(tree, left + 1, level + 1, (2 * place) + 1);
    }

    private static void Link(Tree tree, List<LinkedNode> links)
    {
        var first = links.Count;
        for (var i = 0; i < tree.Nodes.Length; i++)
        {
            var node = tree.Nodes[i];
            var split = SplitNode.Of(node);
            links.Add(node.IsLeaf
                ? new(node.Value, 0, first + i, 0)
                : new(split.Threshold, split.Column, first + tree.Left(i), 1));
        }
    }
}
