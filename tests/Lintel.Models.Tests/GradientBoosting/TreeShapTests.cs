using Lintel.Models.GradientBoosting;
using Lintel.Native.XGBoost;
using Lintel.Numerics.Random;

namespace Lintel.Models.Tests.GradientBoosting;

public sealed class TreeShapTests
{
    /// <summary>x0 &lt; 1 ? (x1 &lt; 2 ? 1 : 2) : 5, covers 6 (4, 2) and 4: worked by hand.</summary>
    [Fact]
    public void Two_splits_by_hand()
    {
        var tree = new Tree([
            new(0, 1, true, 10), new(1, 2, false, 6), new(-1, 5, false, 4), new(-1, 1, false, 4), new(-1, 2, false, 2)], 2);
        // v(∅) = .6·(4/3) + .4·5 = 2.8; v({0}) = 4/3 at x0 = 0; v({1}) = .6·1 + .4·5 = 2.6 at x1 = 0; v({0,1}) = 1
        var contributions = new double[2];
        TreeShap.Add([tree], [0, 0], contributions);
        contributions[0].ShouldBe(0.5 * ((4.0 / 3) - 2.8 + (1 - 2.6)), 1e-12);
        contributions[1].ShouldBe(0.5 * ((2.6 - 2.8) + (1 - (4.0 / 3))), 1e-12);
        TreeShap.Expectation(tree).ShouldBe(2.8, 1e-12);
    }

    [Fact]
    public void Random_trees_agree_with_brute_force()
    {
        const int features = 5;
        for (var seed = 0ul; seed < 300; seed++)
        {
            var random = new RandomStream(seed);
            var tree = RandomTree(random, features);
            var row = new float[features];
            for (var f = 0; f < features; f++) { row[f] = random.NextInt32(6) == 0 ? float.NaN : random.NextInt32(8); }
            var contributions = new double[features];
            TreeShap.Add([tree], row, contributions);
            var expected = BruteForce(tree, row, features);
            for (var f = 0; f < features; f++) { contributions[f].ShouldBe(expected[f], 1e-10, $"seed {seed}, feature {f}"); }
        }
    }

    [Fact]
    public void Contributions_agree_with_the_librarys()
    {
        var rows = SyntheticRows.Classification(2_000);
        using var matrix = DMatrix.FromDense(rows.Features, rows.FeatureCount, 1);
        matrix.SetLabels(rows.Labels);
        using var booster = new Booster(matrix);
        foreach (var (name, value) in new[] { ("objective", "binary:logistic"), ("tree_method", "hist"), ("nthread", "1"), ("verbosity", "0") })
        {
            booster.SetParameter(name, value);
        }
        for (var i = 0; i < 40; i++) { booster.Update(i); }
        var theirs = new float[rows.Count * (rows.FeatureCount + 1)];
        booster.PredictContributions(matrix, theirs);

        var model = XGBoostJson.Read(booster.SaveJson());
        var expectation = model.Trees.Sum(static t => TreeShap.Expectation(t));
        var ours = new double[rows.FeatureCount];
        for (var i = 0; i < 500; i++)
        {
            var start = model.Explain(rows.Features.AsSpan(i * rows.FeatureCount, rows.FeatureCount), ours);
            for (var f = 0; f < ours.Length; f++)
            {
                double their = theirs[(i * (rows.FeatureCount + 1)) + f];
                ours[f].ShouldBe(their, 1e-4 * (0.1 + Math.Abs(their)));
            }
            // the base differs from the expectation by the rounding of a float32 sum alone
            start.ShouldBe(expectation, 1e-5);
        }
    }

    [Fact]
    public void A_side_that_no_training_row_took_still_explains()
    {
        var tree = new Tree([
            new(0, 1, true, 3), new(1, 2, false, 0), new(1, 4, false, 3), new(-1, 7, false, 0), new(-1, 8, false, 0),
            new(0, 9, false, 3), new(-1, 2, false, 0), new(-1, 3, false, 2), new(-1, 4, false, 1)], 2);
        foreach (var row in new float[][] { [0, 0], [0, 3], [5, 1], [5, 6], [float.NaN, float.NaN] })
        {
            var contributions = new double[2];
            TreeShap.Add([tree], row, contributions);
            contributions.ShouldAllBe(c => double.IsFinite(c));
            var leaf = 0;
            while (!tree.Nodes[leaf].IsLeaf) { leaf = tree.Next(leaf, row); }
            (TreeShap.Expectation(tree) + contributions.Sum()).ShouldBe(tree.Nodes[leaf].Value, 1e-12);
        }
    }

    private static Tree RandomTree(RandomStream random, int features)
    {
        var nodes = new List<TreeNode>();
        var depths = new Queue<int>([0]);
        while (depths.TryDequeue(out var depth))
        {
            var cover = 1 + random.NextInt32(20);
            if (depth == 5 || (depth > 0 && random.NextInt32(4) == 0))
            {
                nodes.Add(new(-1, (float)random.NextNormal(), false, cover));
                continue;
            }
            nodes.Add(new(random.NextInt32(features), random.NextInt32(8), random.NextInt32(2) == 0, cover));
            depths.Enqueue(depth + 1);
            depths.Enqueue(depth + 1);
        }
        return new([.. nodes], features);
    }

    /// <summary>Shapley's formula over all subsets: what the fast algorithm must equal.</summary>
    private static double[] BruteForce(Tree tree, float[] row, int features)
    {
        var values = new double[features];
        var factorials = Enumerable.Range(0, features + 1).Select(static n => Enumerable.Range(1, n).Aggregate(1.0, static (a, b) => a * b)).ToArray();
        for (var subset = 0; subset < 1 << features; subset++)
        {
            var size = System.Numerics.BitOperations.PopCount((uint)subset);
            var without = Expected(tree, 0, row, subset);
            for (var f = 0; f < features; f++)
            {
                if ((subset & (1 << f)) != 0) { continue; }
                var weight = factorials[size] * factorials[features - size - 1] / factorials[features];
                values[f] += weight * (Expected(tree, 0, row, subset | (1 << f)) - without);
            }
        }
        return values;
    }

    private static double Expected(Tree tree, int node, float[] row, int present)
    {
        var here = tree.Nodes[node];
        if (here.IsLeaf) { return here.Value; }
        if ((present & (1 << here.Feature)) != 0) { return Expected(tree, tree.Next(node, row), row, present); }
        var share = tree.LeftShare(node);
        return (share * Expected(tree, tree.Left(node), row, present)) + ((1 - share) * Expected(tree, tree.Left(node) + 1, row, present));
    }
}
