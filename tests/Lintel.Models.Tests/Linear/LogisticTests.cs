using Lintel.Models.Linear;

namespace Lintel.Models.Tests.Linear;

public sealed class LogisticTests
{
    private static readonly float[] Features = [0.5f, 1, 1.5f, -1, -0.3f, 0.2f, 2.2f, 0.7f, -1.1f, -0.4f, 0.9f, 0.1f, -2, 1.3f, 0.1f, -1.7f];
    private static readonly float[] Labels = [1, 1, 0, 1, 0, 0, 0, 1];

    // scikit-learn 1.2.1, LogisticRegression(C=1/penalty, solver='newton-cg', tol=1e-15).decision_function on standardised columns
    public static TheoryData<double, double[]> ScikitLearn => new()
    {
        { 1, [-0.17950548, 1.27903212, -0.502224926, 1.209698897, -0.89528692, 0.439080818, -2.172799451, 0.468074188] },
        { 10, [-0.045225143, 0.314693446, -0.107474488, 0.275125993, -0.188530959, 0.108145852, -0.503054117, 0.139932156] },
    };

    [Theory, MemberData(nameof(ScikitLearn))]
    public void Margins_agree_with_scikit_learn(double penalty, double[] expected)
    {
        var margins = new double[8];
        Fit(Features, Labels, new() { Penalty = penalty }).Score(Features, margins);
        for (var i = 0; i < 8; i++) { margins[i].ShouldBe(expected[i], 1e-8); }
    }

    [Fact]
    public void Missing_value_counts_through_its_indicator()
    {
        // the second feature is missing exactly where the label is 1, and says nothing otherwise
        float[] features = [1, float.NaN, 2, 5, 1, float.NaN, 2, 5, 1, 5, 2, float.NaN];
        var model = Fit(features, [1, 0, 1, 0, 0, 1], new() { Penalty = 0.1 });
        var contributions = new double[2];
        model.Explain([1.5f, float.NaN], contributions);
        contributions[1].ShouldBeGreaterThan(0.5);
        model.Explain([1.5f, 5], contributions);
        contributions[1].ShouldBeLessThan(-0.5);
    }

    [Fact]
    public void Missing_where_training_had_none_counts_as_the_mean()
    {
        var model = Fit(Features, Labels, new());
        var contributions = new double[2];
        model.Explain([float.NaN, 1], contributions);
        contributions[0].ShouldBe(0);
    }

    [Fact]
    public void Constant_and_empty_features_get_no_weight()
    {
        float[] features = [3, float.NaN, 1, 3, float.NaN, 2, 3, float.NaN, 3, 3, float.NaN, 4];
        var model = (LogisticModel)new LogisticTrainer().Fit(new LogisticParameters(),
            new() { Features = features, FeatureCount = 3, Labels = [0, 1, 0, 1] }, SyntheticRows.Context());
        model.Terms[0].ShouldBe(default);
        model.Terms[1].ShouldBe(default);
        model.Terms[2].Weight.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Separable_classes_end_at_a_finite_minimum()
    {
        var margins = new double[4];
        Fit([1, 0, 2, 0, 30, 0, 40, 0], [0, 0, 1, 1], new() { Penalty = 1e-6 }).Score([1, 0, 2, 0, 30, 0, 40, 0], margins);
        margins.ShouldAllBe(m => double.IsFinite(m));
        margins[1].ShouldBeLessThan(0);
        margins[2].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Without_features_that_say_anything_the_margin_is_the_base_rate()
    {
        var margins = new double[1];
        Fit([1, 1, 1, 1, 1, 1, 1, 1], [1, 0, 0, 0], new()).Score([1, 1], margins);
        margins[0].ShouldBe(Math.Log(1.0 / 3), 1e-9);
    }

    private static LogisticModel Fit(float[] features, float[] labels, LogisticParameters parameters) =>
        (LogisticModel)new LogisticTrainer().Fit(
            parameters, new() { Features = features, FeatureCount = 2, Labels = labels }, SyntheticRows.Context());
}
