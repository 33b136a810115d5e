using Lintel.Models.GradientBoosting;
using Lintel.Models.Novelty;
using Lintel.Numerics.Random;

namespace Lintel.Models.Tests.Novelty;

public sealed class IsolationForestTests
{
    private const int Columns = SyntheticRows.Features;

    // scikit-learn 1.2.1, mean of IsolationForest(n_estimators=2000, max_samples=32, random_state=0..2).fit(X).score_samples(X) on Grid()
    private static readonly double[] ScikitLearn =
    [
        -0.4827, -0.4633, -0.4341, -0.4759, -0.4782, -0.4872, -0.4136, -0.5674, -0.4247, -0.4890, -0.5256, -0.4997,
        -0.4405, -0.4302, -0.4269, -0.4387, -0.4919, -0.4386, -0.4655, -0.4293, -0.5136, -0.4741, -0.5390, -0.5540,
        -0.4509, -0.4084, -0.4328, -0.4514, -0.4881, -0.4698, -0.4600, -0.4767, -0.4415, -0.4953, -0.4685, -0.4926,
        -0.4104, -0.4554, -0.4276, -0.4885, -0.5050, -0.7005, -0.4447, -0.4286, -0.4397, -0.4483, -0.4857, -0.4292,
        -0.4712, -0.4257, -0.5014, -0.4942, -0.6269, -0.4437, -0.4415, -0.4131, -0.4333, -0.4694, -0.4686, -0.4645,
    ];

    [Fact]
    public void Scores_agree_with_scikit_learn_in_rank_and_in_size()
    {
        var features = Grid();
        var model = Fit(new() { Features = features, FeatureCount = 3, Labels = new float[60] }, new() { Trees = 4_000, Sample = 32 });
        var scores = Score(model, features);
        Spearman(scores, [.. ScikitLearn.Select(static s => -s)]).ShouldBeGreaterThan(0.98);
        // theirs is −2^score; two of its own forests of 2,000 trees differ by up to 0.007
        for (var i = 0; i < 60; i++) { (-Math.Pow(2, scores[i])).ShouldBe(ScikitLearn[i], 0.012); }
    }

    [Fact]
    public void Expected_path_length_is_the_paper_s()
    {
        // scikit-learn 1.2.1, _average_path_length([256, 3, 32])
        PathLength.Expected(256).ShouldBe(10.24477092, 5e-9);
        PathLength.Expected(3).ShouldBe(1.20739236, 5e-9);
        PathLength.Expected(32).ShouldBe(6.08490574, 5e-9);
        PathLength.Expected(2).ShouldBe(1);
        PathLength.Expected(1).ShouldBe(0);
        (PathLength.Limit(2), PathLength.Limit(3), PathLength.Limit(256), PathLength.Limit(257)).ShouldBe((1, 2, 8, 9));
    }

    [Fact]
    public void Two_rows_are_isolated_by_one_split_in_every_tree()
    {
        var model = Fit(new() { Features = [0, 1], FeatureCount = 1, Labels = new float[2] }, new() { Trees = 8 });
        model.Trees.ShouldAllBe(static t => t.Depth == 1);
        // path 1 over c(2) = 1
        Score(model, [0, 1, 0.3f, 17]).ShouldBe([-1, -1, -1, -1]);
    }

    [Fact]
    public void Score_is_the_mean_path_walked_plainly()
    {
        var rows = SyntheticRows.Classification(600, 4);
        var model = Fit(rows, new() { Trees = 30, Sample = 100 });
        var scores = Score(model, rows.Features);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows.Features.AsSpan(i * Columns, Columns);
            var path = 0.0;
            foreach (var tree in model.Trees) { path += Path(tree, row); }
            scores[i].ShouldBe(-path / 30 / PathLength.Expected(100), 1e-5);
        }
    }

    [Fact]
    public void Trees_hold_their_sample_and_the_missing_go_where_more_of_it_went()
    {
        var complete = SyntheticRows.Classification(600, 4, missing: 0);
        foreach (var tree in Fit(complete, new() { Trees = 30, Sample = 100 }).Trees)
        {
            tree.Nodes[0].Cover.ShouldBe(100);
            for (var i = 0; i < tree.Nodes.Length; i++)
            {
                if (tree.Nodes[i].IsLeaf) { continue; }
                var (left, right) = (tree.Nodes[tree.Left(i)].Cover, tree.Nodes[tree.Left(i) + 1].Cover);
                Math.Min(left, right).ShouldBeGreaterThan(0);
                (left + right).ShouldBe(tree.Nodes[i].Cover);
                tree.Nodes[i].MissingLeft.ShouldBe(left >= right);
            }
        }
    }

    [Fact]
    public void Labels_are_not_read()
    {
        var rows = SyntheticRows.Classification(600, 4);
        var blank = new float[rows.Count];
        Array.Fill(blank, float.NaN);
        var unlabelled = Fit(new() { Features = rows.Features, FeatureCount = Columns, Labels = blank }, new() { Trees = 20 });
        Score(unlabelled, rows.Features).ShouldBe(Score(Fit(rows, new() { Trees = 20 }), rows.Features));
    }

    [Fact]
    public void Rows_that_are_all_alike_are_equally_usual()
    {
        var model = Fit(new() { Features = new float[40], FeatureCount = 2, Labels = new float[20] }, new() { Trees = 10 });
        Score(model, [0, 0, 5, float.NaN]).ShouldAllBe(s => Math.Abs(s + 1) < 1e-6);
    }

    [Fact]
    public void Sample_takes_each_row_once_at_most_never_one_of_weight_0_and_heavy_rows_more_often()
    {
        var random = new RandomStream(3);
        float[] weights = [0, 1, 1, 8, 1, 1, 1, 1, 1, 1, 1];
        var drawn = new int[weights.Length];
        var weighted = new RowSample(weights.Length, weights, 2);
        var even = new RowSample(weights.Length, [.. weights.Select(static w => Math.Min(w, 1))], 2);
        var evenly = new int[weights.Length];
        for (var i = 0; i < 4_000; i++)
        {
            var (a, b) = (weighted.Draw(random), even.Draw(random));
            a.Distinct().Count().ShouldBe(2);
            b.Distinct().Count().ShouldBe(2);
            foreach (var row in a) { drawn[row]++; }
            foreach (var row in b) { evenly[row]++; }
        }
        (drawn[0], evenly[0]).ShouldBe((0, 0));
        // first of two draws 8/17, else second 8/16: 0.735; the others 2 of 10
        (drawn[3] / 4_000.0).ShouldBe(8 / 17.0 + (9 / 17.0 * 0.5), 0.03);
        evenly[1..].ShouldAllBe(n => Math.Abs((n / 4_000.0) - 0.2) < 0.03);
    }

    [Fact]
    public void File_of_boosted_trees_is_no_isolation_forest()
    {
        var rows = SyntheticRows.Classification(300, 4);
        var boosted = new XGBoostTrainer().Fit(new XGBoostParameters { Trees = 2 }, rows, SyntheticRows.Context());
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        boosted.Write(writer);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        Should.Throw<InvalidDataException>(() => new IsolationForestTrainer().Read(reader)).Message.ShouldContain("LogOdds, expected Novelty");
    }

    /// <summary>60 rows of 3 whole tenths, four of them far out.</summary>
    private static float[] Grid()
    {
        var x = new float[60 * 3];
        for (var i = 0; i < x.Length; i++) { x[i] = (float)(((i / 3 * 37) + (i % 3 * 17)) * ((i % 3) + 3) % 101 / 10.0); }
        ((float[])[25, 5, 5]).CopyTo(x, 7 * 3);
        ((float[])[5, -12, 4]).CopyTo(x, 23 * 3);
        ((float[])[18, 18, -9]).CopyTo(x, 41 * 3);
        ((float[])[-6, 3, 16]).CopyTo(x, 52 * 3);
        return x;
    }

    private static double Path(Tree tree, ReadOnlySpan<float> row)
    {
        var (node, depth) = (0, 0);
        for (; !tree.Nodes[node].IsLeaf; depth++) { node = tree.Next(node, row); }
        return depth + PathLength.Expected((int)tree.Nodes[node].Cover);
    }

    /// <summary>Rank correlation; no two values are alike in either.</summary>
    private static double Spearman(double[] a, double[] b)
    {
        var (ranksA, ranksB) = (Ranks(a), Ranks(b));
        double n = a.Length, squares = ranksA.Zip(ranksB, static (x, y) => (double)(x - y) * (x - y)).Sum();
        return 1 - (6 * squares / (n * ((n * n) - 1)));

        static int[] Ranks(double[] values) => [.. values.Select(v => values.Count(other => other < v))];
    }

    private static TreeModel Fit(TrainingRows rows, IsolationForestParameters settings) =>
        (TreeModel)new IsolationForestTrainer().Fit(settings, rows, SyntheticRows.Context());

    private static double[] Score(TreeModel model, float[] rows)
    {
        var scores = new double[rows.Length / model.FeatureCount];
        model.Score(rows, scores);
        return scores;
    }
}
