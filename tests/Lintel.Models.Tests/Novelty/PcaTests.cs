using Lintel.Models.Novelty;
using Lintel.Numerics.Random;
using MathNet.Numerics.LinearAlgebra;

namespace Lintel.Models.Tests.Novelty;

public sealed class PcaTests
{
    private const int Columns = SyntheticRows.Features;

    private static readonly TrainingRows Rows = SyntheticRows.Classification(400, 3);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void Score_agrees_with_projectors_computed_plainly(int components)
    {
        var model = Fit(Rows, new() { Components = components });
        var (z, residualOf) = Plain(Rows, components);
        var scores = new double[Rows.Count];
        model.Score(Rows.Features, scores);
        var contributions = new double[Columns];
        for (var i = 0; i < Rows.Count; i++)
        {
            var expected = residualOf * z.Row(i);
            scores[i].ShouldBe(expected.DotProduct(expected), 1e-9);
            model.Explain(Rows.Features.AsSpan(i * Columns, Columns), contributions).ShouldBe(0);
            for (var f = 0; f < Columns; f++) { contributions[f].ShouldBe(expected[f] * expected[f], 1e-9); }
        }
    }

    [Fact]
    public void Mean_error_on_training_rows_is_the_sum_of_the_eigenvalues_left_out()
    {
        // two columns of correlation 0.6: eigenvalues 1.6 and 0.4, by hand
        float[] features = [2, 2, -2, -2, 1, -1, -1, 1];
        var model = Fit(new() { Features = features, FeatureCount = 2, Labels = new float[4] }, new() { Components = 1 });
        var scores = new double[4];
        model.Score(features, scores);
        scores.Average().ShouldBe(0.4, 1e-12);
        model.Components[0].ShouldAllBe(w => Math.Abs(w - Math.Sqrt(0.5)) < 1e-12);
    }

    [Fact]
    public void Variance_keeps_the_fewest_components_that_explain_it_and_never_all()
    {
        float[] features = [2, 2, -2, -2, 1, -1, -1, 1];
        TrainingRows rows = new() { Features = features, FeatureCount = 2, Labels = new float[4] };
        Fit(rows, new() { Variance = 0.8 }).Components.Count.ShouldBe(1);
        Fit(rows, new() { Variance = 1 }).Components.Count.ShouldBe(1);
        Fit(Rows, new() { Variance = 0.01 }).Components.Count.ShouldBe(1);
        Fit(Rows, new() { Variance = 0.5 }).Components.Count.ShouldBeLessThan(Fit(Rows, new() { Variance = 0.9 }).Components.Count);
    }

    [Fact]
    public void Missing_counts_as_the_mean_and_a_feature_of_one_value_is_left_out()
    {
        float[] features = [1, 2, 7, 2, 4.5f, 7, 3, 5.5f, 7, 6, 12, 7];
        var model = Fit(new() { Features = features, FeatureCount = 3, Labels = new float[4] }, new() { Components = 1 });
        (Score(model, [float.NaN, 5, 7]) - Score(model, [3, 5, 7])).ShouldBe(0, 1e-12);
        Score(model, [3, 5, 900]).ShouldBe(Score(model, [3, 5, 7]));
        Score(model, [3, -5, 7]).ShouldBeGreaterThan(Score(model, [3, 6, 7]));
    }

    [Fact]
    public void Single_feature_scores_its_squared_distance_from_the_mean()
    {
        var model = Fit(new() { Features = [1, 3, 1, 3], FeatureCount = 1, Labels = new float[4] }, new());
        Score(model, [5]).ShouldBe(9, 1e-12);
    }

    [Fact]
    public void Infinite_value_scores_a_number() =>
        double.IsFinite(Score(Fit(Rows, new()), [.. Enumerable.Repeat(float.PositiveInfinity, Columns)])).ShouldBeTrue();

    [Fact]
    public void More_components_than_can_leave_an_error_are_refused() =>
        Should.Throw<FitException>(() => Fit(Rows, new() { Components = Columns })).Message
            .ShouldContain("9 components rebuild the 9 features");

    [Fact]
    public void Wide_rows_score_without_allocating()
    {
        const int features = 150;
        var random = new RandomStream(5);
        float[] values = [.. Enumerable.Range(0, 300 * features).Select(_ => (float)random.NextNormal())];
        var model = Fit(new() { Features = values, FeatureCount = features, Labels = new float[300] }, new() { Components = 20 });
        var scores = new double[300];
        for (var i = 0; i < 20; i++) { model.Score(values, scores); }
        var before = GC.GetAllocatedBytesForCurrentThread();
        model.Score(values, scores);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    /// <summary>I − V·Vᵀ by the singular value decomposition: another way to the same projector.</summary>
    private static (Matrix<double> Standardised, Matrix<double> ResidualOf) Plain(TrainingRows rows, int components)
    {
        var z = Matrix<double>.Build.Dense(rows.Count, Columns);
        for (var f = 0; f < Columns; f++)
        {
            var column = Enumerable.Range(0, rows.Count).Select(i => (double)rows.Features[(i * Columns) + f]).ToArray();
            var mean = column.Where(x => !double.IsNaN(x)).Average();
            var centred = column.Select(x => double.IsNaN(x) ? 0 : x - mean).ToArray();
            var deviation = Math.Sqrt(centred.Average(x => x * x));
            z.SetColumn(f, [.. centred.Select(x => x / deviation)]);
        }
        var directions = z.Svd().VT.SubMatrix(0, components, 0, Columns);
        return (z, Matrix<double>.Build.DenseIdentity(Columns) - directions.TransposeThisAndMultiply(directions));
    }

    private static PcaModel Fit(TrainingRows rows, PcaParameters settings) =>
        (PcaModel)new PcaTrainer().Fit(settings, rows, SyntheticRows.Context());

    private static double Score(PcaModel model, float[] row)
    {
        var score = new double[1];
        model.Score(row, score);
        return score[0];
    }
}
