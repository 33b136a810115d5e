using Lintel.Training.Fitting;

namespace Lintel.Training.Tests.Fitting;

public sealed class EarlyStoppingTests
{
    private static readonly float[] Labels = [1, 0];

    /// <summary>One fold whose margins are right at stage 2 and overconfident, on the wrong row, after it.</summary>
    private static readonly float[][] Stages =
    [
        [0.0f, 0.0f],
        [1.0f, -1.0f],
        [2.0f, -2.0f],
        [2.0f, 1.0f],
        [2.0f, 3.0f],
        [9.0f, -9.0f],
    ];

    [Fact]
    public void Choose_takes_the_stage_of_least_loss_within_patience()
    {
        EarlyStopping.Choose([Stages], [0], [Labels], patience: 2).ShouldBe(2);
    }

    [Fact]
    public void Choose_with_long_patience_sees_the_later_better_stage()
    {
        EarlyStopping.Choose([Stages], [0], [Labels], patience: 10).ShouldBe(5);
    }

    [Fact]
    public void Choose_adds_the_offset_of_sampled_negatives_before_it_measures()
    {
        // raw margins favour stage 1; corrected by −4 both rows are negative, and stage 0 is right about the only label
        float[][] stages = [[0, 0], [3, 3]];
        EarlyStopping.Choose([stages], [0], [[1, 1]], patience: 5).ShouldBe(1);
        EarlyStopping.Choose([stages], [-4], [[0, 0]], patience: 5).ShouldBe(0);
    }
}
