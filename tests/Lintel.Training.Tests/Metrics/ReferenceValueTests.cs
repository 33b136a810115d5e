namespace Lintel.Training.Tests.Metrics;

/// <summary>Against scikit-learn 1.2.1 on twelve rows with ties: <c>roc_auc_score</c>, <c>average_precision_score</c>,
/// <c>log_loss(eps=1e-15)</c>, <c>brier_score_loss</c>, with and without <c>sample_weight</c>; p = 1 / (1 + exp(−m)).</summary>
public sealed class ReferenceValueTests
{
    private static readonly double[] Margins = [2.5, -1.0, 0.3, 0.3, 1.7, -2.2, 0.3, 0.9, -0.4, 1.7, -1.0, 0.0];
    private static readonly float[] Labels = [1, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0];
    private static readonly double[] Weights = [1, 2, 3, 1, 0.5, 2, 1, 4, 1, 2, 1, 3];

    [Theory]
    [InlineData("auc", 0.734375)]
    [InlineData("average-precision", 0.6349206349206349)]
    [InlineData("log-loss", 0.6630375440806492)]
    [InlineData("normalised-entropy", 1.0416697335377327)]
    [InlineData("brier", 0.23784131643945394)]
    [InlineData("calibration", 1.6471085036547228)]
    public void Metric_with_ties_equals_scikit_learn(string metric, double expected) =>
        JudgedRows.Evaluate(metric, JudgedRows.Of(Margins, Labels)).ShouldBe(expected, 1e-12);

    [Theory]
    [InlineData("auc", 0.6306818181818182)]
    [InlineData("average-precision", 0.47774891774891776)]
    [InlineData("log-loss", 0.7617281407070255)]
    [InlineData("brier", 0.2799032838705387)]
    [InlineData("calibration", 2.1202957880118425)]
    public void Metric_with_weights_equals_scikit_learn(string metric, double expected) =>
        JudgedRows.Evaluate(metric, JudgedRows.Of(Margins, Labels, weights: Weights)).ShouldBe(expected, 1e-12);

    [Fact]
    public void Log_loss_of_a_certain_mistake_is_bounded_as_in_scikit_learn()
    {
        var rows = new Training.Metrics.Judged
        {
            Margins = [double.NegativeInfinity, double.NegativeInfinity],
            Probabilities = [0, 0],
            Labels = [1, 0],
            Days = [0, 0],
        };
        JudgedRows.Evaluate("log-loss", rows).ShouldBe(17.269388197455342, 1e-12);
    }

    [Fact]
    public void Calibration_error_by_hand()
    {
        // two bins of three rows; probabilities .1 .1 .4 | .6 .6 .9; positives 0 1 0 | 1 0 1: |.6 − 1| / 6 + |2.1 − 2| / 6
        var rows = new Training.Metrics.Judged
        {
            Margins = [1, 2, 3, 4, 5, 6],
            Probabilities = [0.1, 0.1, 0.4, 0.6, 0.6, 0.9],
            Labels = [0, 1, 0, 1, 0, 1],
            Days = new int[6],
        };
        JudgedRows.Evaluate("calibration-error@2", rows).ShouldBe((0.4 + 0.1) / 6, 1e-12);
    }

    [Fact]
    public void Calibration_error_keeps_equal_probabilities_together()
    {
        // one plateau of four rows: whatever the number of bins, it is one bin
        var rows = new Training.Metrics.Judged
        {
            Margins = [4, 3, 2, 1],
            Probabilities = [0.5, 0.5, 0.5, 0.5],
            Labels = [1, 1, 0, 0],
            Days = new int[4],
        };
        JudgedRows.Evaluate("calibration-error", rows).ShouldBe(0, 1e-15);
    }
}
