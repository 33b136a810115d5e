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

    // two requests of three candidates; the second has nothing to find
    private static readonly float[] Grades = [0, 2, 1, 0, 0, 0];

    private static readonly float[][] RankStages =
    [
        [0, 0, 0, 0, 0, 0],
        [3, 2, 1, 9, 9, 9],
        [1, 3, 2, 0, 0, 0],
        [1, 2, 3, 0, 0, 0],
        [2, 4, 3, 0, 0, 0],
    ];

    [Theory]
    [InlineData(2, 2)]
    [InlineData(0, 0)]
    public void Choose_by_ndcg_takes_the_first_stage_that_ranks_best_within_patience(int patience, int stage) =>
        EarlyStopping.ChooseByNdcg([RankStages], [Grades], [[3, 3]], patience).ShouldBe(stage);

    [Fact]
    public void Choose_by_ndcg_gives_rows_of_one_score_the_mean_of_their_places()
    {
        // all alike: gains 0, 3, 1 at mean discount are worse than 3, 0, 1, and better than 0, 1, 3
        float[][] stages = [[1, 2, 3], [7, 7, 7], [2, 3, 1]];
        float[] grades = [2, 1, 0];
        EarlyStopping.ChooseByNdcg([stages[..2]], [grades], [[3]], patience: 9).ShouldBe(1);
        EarlyStopping.ChooseByNdcg([stages], [grades], [[3]], patience: 9).ShouldBe(2);
    }

    [Fact]
    public void Choose_counts_no_row_and_no_request_whose_label_is_not_known()
    {
        float[][] stages = [[0, 1, 2], [2, 1, 0]];
        EarlyStopping.ChooseByNdcg([stages], [[1, 0, float.NaN]], [[3]], patience: 9).ShouldBe(0);
        EarlyStopping.Choose([stages], [0], [[float.NaN, 0, 0]], patience: 9).ShouldBe(1);
    }

    [Fact]
    public void Only_the_best_ten_places_choose()
    {
        // the relevant row stands at place 12, then at 11: no better
        float[][] stages = [[.. Enumerable.Range(0, 12).Select(static i => 12f - i)], [.. Enumerable.Range(0, 12).Select(static i => i == 11 ? 1.5f : 12f - i)]];
        EarlyStopping.ChooseByNdcg([stages], [[.. new float[11], 1]], [[12]], patience: 9).ShouldBe(0);
    }
}
