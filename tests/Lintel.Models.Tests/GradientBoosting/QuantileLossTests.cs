using Lintel.Models.GradientBoosting;

namespace Lintel.Models.Tests.GradientBoosting;

/// <summary>Trees whose leaves are quantiles.</summary>
public sealed class QuantileLossTests
{
    private static readonly XGBoostTrainer Trainer = new();

    [Theory]
    [InlineData(0.1, 2)]
    [InlineData(0.5, 5.5)]
    [InlineData(0.9, 9)]
    public void One_leaf_is_the_quantile_itself(double level, double expected)
    {
        // 1 to 10 in one leaf: the mean of both neighbours where the share falls between two
        var model = Fit(new float[10], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], new() { Trees = 1, LearningRate = 1, Rows = 1, Objective = "quantile", Level = level });
        Score(model, 0).ShouldBe(level == 0.5 ? expected : expected + (level < 0.5 ? -0.5 : 0.5));
    }

    [Fact]
    public void Leaves_are_the_quantiles_of_their_rows()
    {
        // two groups far apart: brute force says what each leaf must hold
        float[] x = [.. Enumerable.Range(0, 40).Select(static i => i < 20 ? 0f : 1f)];
        float[] y = [.. Enumerable.Range(0, 40).Select(static i => i < 20 ? i : (float)(100 + (3 * (i - 20))))];
        var model = Fit(x, y, new() { Trees = 1, Depth = 1, LearningRate = 1, Rows = 1, Columns = 1, Lambda = 0, Objective = "quantile", Level = 0.75 });
        Score(model, 0).ShouldBe(14.5, 1e-4);
        Score(model, 1).ShouldBe(143.5, 1e-4);
    }

    [Fact]
    public void Weights_move_the_quantile()
    {
        var rows = new TrainingRows
        {
            Features = new float[4],
            FeatureCount = 1,
            Labels = [1, 2, 3, 4],
            Weights = [1, 1, 1, 5],
        };
        var model = Trainer.Fit(new XGBoostParameters { Trees = 1, LearningRate = 1, Rows = 1, Objective = "absolute" }, rows, SyntheticRows.Context());
        Score(model, 0).ShouldBe(4);
    }

    [Fact]
    public void Hubers_leaf_is_the_median_and_what_lies_near_it()
    {
        // median 3, residuals −2, −1, 0, 1, 97; their 80 % quantile, between 2 and 97, bounds what each may pull
        var model = Fit(new float[5], [1, 2, 3, 4, 100], new() { Trees = 1, LearningRate = 1, Rows = 1, Objective = "huber", SquaredShare = 0.6 });
        // δ = quantile of {0, 1, 1, 2, 97} at 0.6 = (1 + 2) / 2; the step is the mean of −1.5, −1, 0, 1, 1.5
        Score(model, 0).ShouldBe(3, 1e-5);
    }

    [Theory]
    [InlineData("absolute")]
    [InlineData("huber")]
    [InlineData("quantile")]
    public void Stages_are_the_models_of_so_many_trees(string objective)
    {
        var rows = SyntheticRows.Values(600);
        var heldOut = SyntheticRows.Values(100, 2);
        var settings = new XGBoostParameters { Trees = 7, Depth = 3, Objective = objective, Level = objective == "quantile" ? 0.9 : null };
        var stages = Trainer.FitStages(settings, rows, heldOut.Features, SyntheticRows.Context())!;
        var model = Trainer.Fit(settings with { Trees = 4 }, rows, SyntheticRows.Context());
        var margins = new double[heldOut.Count];
        model.Score(heldOut.Features, margins);
        stages[3].Select(static m => (double)m).ShouldBe(margins, "to the bit");
    }

    [Fact]
    public void Rows_that_a_tree_does_not_see_take_no_part_in_its_leaves()
    {
        // half the rows a tree: the estimate is that of the rows all the same, and another seed draws others
        var rows = SyntheticRows.Values(2_000);
        var settings = new XGBoostParameters { Trees = 40, Depth = 3, Rows = 0.5, Objective = "quantile", Level = 0.9 };
        var judged = SyntheticRows.Values(2_000, 5);
        var share = Below(Trainer.Fit(settings, rows, SyntheticRows.Context()), judged);
        share.ShouldBe(0.9, 0.04);
        Below(Trainer.Fit(settings, rows, SyntheticRows.Context(8)), judged).ShouldNotBe(share);
    }

    private static double Below(IModel model, TrainingRows rows)
    {
        var margins = new double[rows.Count];
        model.Score(rows.Features, margins);
        return Enumerable.Range(0, rows.Count).Count(i => rows.Labels[i] <= margins[i]) / (double)rows.Count;
    }

    private static IModel Fit(float[] x, float[] y, XGBoostParameters settings) =>
        Trainer.Fit(settings, new() { Features = x, FeatureCount = 1, Labels = y }, SyntheticRows.Context());

    private static double Score(IModel model, float x)
    {
        var margin = new double[1];
        model.Score([x], margin);
        return margin[0];
    }
}
