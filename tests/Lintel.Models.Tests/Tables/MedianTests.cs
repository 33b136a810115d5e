using Lintel.Models.Tables;

namespace Lintel.Models.Tests.Tables;

public sealed class MedianTests
{
    private static readonly MedianTrainer Trainer = new();

    // store, hour → minutes
    private static readonly TrainingRows Rows = new()
    {
        Features = [1, 9, 1, 9, 1, 9, 2, 9, 2, 18, 3, 18, 3, 18, float.NaN, 18],
        FeatureCount = 2,
        Labels = [10, 20, 60, 30, 40, 50, 70, 80],
    };

    [Theory]
    [InlineData(1, 9, 20)]                        // three rows of this store and hour
    [InlineData(2, 9, 25)]                        // one of its own: the hour's four, between 20 and 30
    [InlineData(2, 18, 60)]                       // the hour's four: 40, 50, 70, 80
    [InlineData(3, 18, 60)]                       // two rows are too few
    [InlineData(1, 12, 45)]                       // an hour that nobody knows: everything
    [InlineData(float.NaN, 9, 25)]
    [InlineData(1, float.NaN, 45)]
    public void Too_small_a_group_gives_way_to_the_next(float store, float hour, double expected)
    {
        var model = Trainer.Fit(new MedianParameters { AtLeast = 3 }, Rows, SyntheticRows.Context());
        var margin = new double[1];
        model.Score([store, hour], margin);
        margin[0].ShouldBe(expected);
    }

    [Fact]
    public void Contributions_tell_the_way_from_everything_to_the_group()
    {
        var model = Trainer.Fit(new MedianParameters { AtLeast = 3 }, Rows, SyntheticRows.Context());
        var parts = new double[2];
        model.Explain([1, 9], parts).ShouldBe(45);
        parts.ShouldBe([-5, -20]);
    }

    [Fact]
    public void Missing_agrees_with_missing_and_weights_count()
    {
        var model = Trainer.Fit(new MedianParameters { AtLeast = 1 }, new()
        {
            Features = [float.NaN, float.NaN, 1, 1],
            FeatureCount = 1,
            Labels = [5, 7, 1, 3],
            Weights = [1, 3, 0, 1],
        }, SyntheticRows.Context());
        var margins = new double[2];
        model.Score([float.NaN, 1], margins);
        margins.ShouldBe([7, 3]);
    }
}
