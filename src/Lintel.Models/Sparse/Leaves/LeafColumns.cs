using Lintel.Design;
using Lintel.Models.GradientBoosting;

namespace Lintel.Models.Sparse.Leaves;

/// <summary>Turns a row into the columns of the linear part: for each tree the leaf that the row's numbers reach, then the row's ids.</summary>
internal sealed class LeafColumns
{
    private readonly int[] _ids;

    // per tree and node: the leaf's number, in the order of the nodes
    private readonly int[][] _leaves;

    /// <param name="trees">Over all columns of the row; they ask numbers only.</param>
    public LeafColumns(Tree[] trees, FeatureShape[] shapes)
    {
        (Trees, Shapes) = (trees, shapes);
        _ids = [.. Enumerable.Range(0, shapes.Length).Where(c => shapes[c].IsId)];
        _leaves = [.. trees.Select(static tree => Numbered(tree))];
        Wide = [.. _leaves.Select(static (numbers, t) => FeatureShape.Id(numbers.Max() + 1, t)), .. Ids()];
    }

    public Tree[] Trees { get; }

    /// <summary>Of the row, [columns].</summary>
    public FeatureShape[] Shapes { get; }

    /// <summary>Of the linear part, [trees + ids].</summary>
    public FeatureShape[] Wide { get; }

    public ReadOnlySpan<int> IdColumns => _ids;

    /// <summary>The leaf's number among those of its tree.</summary>
    public int Leaf(int tree, int node) => _leaves[tree][node];

    /// <param name="row">[columns].</param> <param name="wide">[trees + ids], overwritten.</param>
    public void Transform(ReadOnlySpan<float> row, Span<float> wide)
    {
        for (var t = 0; t < Trees.Length; t++)
        {
            var tree = Trees[t];
            var node = 0;
            while (!tree.Nodes[node].IsLeaf) { node = tree.Next(node, row); }
            wide[t] = _leaves[t][node];
        }
        for (var i = 0; i < _ids.Length; i++) { wide[Trees.Length + i] = row[_ids[i]]; }
    }

    /// <summary>The ids' shapes; their spaces follow those of the trees.</summary>
    private IEnumerable<FeatureShape> Ids()
    {
        var spaces = new Dictionary<int, int>();
        foreach (var c in _ids)
        {
            if (!spaces.TryGetValue(Shapes[c].Space, out var space)) { spaces[Shapes[c].Space] = space = Trees.Length + spaces.Count; }
            yield return FeatureShape.Id(Shapes[c].Ids, space);
        }
    }

    private static int[] Numbered(Tree tree)
    {
        var numbers = new int[tree.Nodes.Length];
        var next = 0;
        for (var n = 0; n < numbers.Length; n++)
        {
            if (tree.Nodes[n].IsLeaf) { numbers[n] = next++; }
        }
        return numbers;
    }
}
