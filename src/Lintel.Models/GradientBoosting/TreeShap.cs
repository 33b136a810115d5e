using System.Buffers;

namespace Lintel.Models.GradientBoosting;

/// <summary>Exact Shapley values of a forest when absent features follow the training rows' cover (path-dependent TreeSHAP).</summary>
/// <remarks>Source: Lundberg et al., "From local explanations to global understanding with explainable AI for trees", Nature Machine
/// Intelligence 2, 2020, algorithm 2; names as there. O(trees · leaves · depth²), in double. A split's shares of cover are taken
/// of its children's sum, so that they add up to 1 exactly; XGBoost divides by the parent's float32 cover and differs by about 1e-7.</remarks>
internal static class TreeShap
{
    /// <summary>One distinct feature on the path.</summary>
    /// <param name="Zero">Share of paths that go on when the feature is absent.</param>
    /// <param name="One">1 when the row's own value goes on, else 0.</param>
    /// <param name="Weight">Weight of the subsets of this size.</param>
    private record struct Step(int Feature, double Zero, double One, double Weight);

    /// <summary>Adds every tree's Shapley values.</summary>
    /// <param name="contributions">[features].</param>
    public static void Add(ReadOnlySpan<Tree> trees, ReadOnlySpan<float> row, Span<double> contributions)
    {
        var depth = 0;
        foreach (var tree in trees) { depth = Math.Max(depth, tree.Depth); }
        // each level keeps its own copy of the path above it: 1 + 2 + … + (depth + 2) steps
        var rented = ArrayPool<Step>.Shared.Rent((depth + 2) * (depth + 3) / 2);
        try
        {
            foreach (var tree in trees)
            {
                Recurse(new(tree, row, contributions), 0, rented, 0, new(-1, 1, 1, 0));
            }
        }
        finally
        {
            ArrayPool<Step>.Shared.Return(rented);
        }
    }

    /// <summary>The margin expected when every feature is absent, Σ over trees of the cover-weighted mean leaf.</summary>
    public static double Expectation(Tree tree, int node = 0)
    {
        if (tree.Nodes[node].IsLeaf) { return tree.Nodes[node].Value; }
        var share = tree.LeftShare(node);
        var left = tree.Left(node);
        return (share * Expectation(tree, left)) + ((1 - share) * Expectation(tree, left + 1));
    }

    private readonly ref struct Walk(Tree tree, ReadOnlySpan<float> row, Span<double> contributions)
    {
        public readonly Tree Tree = tree;
        public readonly ReadOnlySpan<float> Row = row;
        public readonly Span<double> Contributions = contributions;
    }

    /// <param name="path">Room; its first <paramref name="length"/> steps are the path so far, this call's to change.</param>
    /// <param name="next">The step that leads to <paramref name="node"/>.</param>
    private static void Recurse(in Walk walk, int node, Span<Step> path, int length, Step next)
    {
        Extend(path, length, next);
        var here = walk.Tree.Nodes[node];
        if (here.IsLeaf)
        {
            for (var i = 1; i <= length; i++)
            {
                walk.Contributions[path[i].Feature] += UnwoundSum(path, length, i) * (path[i].One - path[i].Zero) * here.Value;
            }
            return;
        }
        double zero = 1, one = 1;
        for (var i = 1; i <= length; i++)
        {
            if (path[i].Feature != here.Feature) { continue; }
            (zero, one) = (path[i].Zero, path[i].One);
            Unwind(path, length--, i);
            break;
        }
        var left = walk.Tree.Left(node);
        var hot = walk.Tree.Next(node, walk.Row);
        for (var child = left; child <= left + 1; child++)
        {
            var share = walk.Tree.LeftShare(node);
            var step = new Step(here.Feature, zero * (child == left ? share : 1 - share), child == hot ? one : 0, 0);
            // neither absent nor present rows come here: it adds nothing, and could not be unwound
            if (step.Zero == 0 && step.One == 0) { continue; }
            var below = path[(length + 1)..];
            path[..(length + 1)].CopyTo(below);
            Recurse(walk, child, below, length + 1, step);
        }
    }

    /// <summary>Puts a step at the path's end, growing subsets of every size by it.</summary>
    private static void Extend(Span<Step> path, int length, Step step)
    {
        path[length] = step with { Weight = length == 0 ? 1 : 0 };
        for (var i = length - 1; i >= 0; i--)
        {
            path[i + 1].Weight += step.One * path[i].Weight * (i + 1) / (length + 1);
            path[i].Weight = step.Zero * path[i].Weight * (length - i) / (length + 1);
        }
    }

    /// <summary>Takes one step out again, as if it had never been put in.</summary>
    private static void Unwind(Span<Step> path, int length, int index)
    {
        var (one, zero, above) = (path[index].One, path[index].Zero, path[length].Weight);
        for (var i = length - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var weight = path[i].Weight;
                path[i].Weight = above * (length + 1) / ((i + 1) * one);
                above = weight - (path[i].Weight * zero * (length - i) / (length + 1));
            }
            else
            {
                path[i].Weight = path[i].Weight * (length + 1) / (zero * (length - i));
            }
        }
        for (var i = index; i < length; i++)
        {
            path[i] = path[i + 1] with { Weight = path[i].Weight };
        }
    }

    /// <summary>Sum of the weights that <see cref="Unwind"/> would leave.</summary>
    private static double UnwoundSum(ReadOnlySpan<Step> path, int length, int index)
    {
        var (one, zero, above) = (path[index].One, path[index].Zero, path[length].Weight);
        var total = 0.0;
        for (var i = length - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var weight = above * (length + 1) / ((i + 1) * one);
                total += weight;
                above = path[i].Weight - (weight * zero * (length - i) / (length + 1));
            }
            else
            {
                total += path[i].Weight * (length + 1) / (zero * (length - i));
            }
        }
        return total;
    }
}
