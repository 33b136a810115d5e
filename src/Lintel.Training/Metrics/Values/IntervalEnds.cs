using Lintel.Design;

namespace Lintel.Training.Metrics.Values;

/// <summary>Places of both ends of the central interval that is to hold a share of the labels.</summary>
internal static class IntervalEnds
{
    /// <param name="share">0 to 1: 80 % lies between the 10 % and the 90 % quantile.</param>
    /// <returns>Null: the answer lacks one of the two quantiles.</returns>
    public static (int Low, int High)? Of(double[] levels, double share)
    {
        var (low, high) = (QuantileScores.PlaceOf(levels, (1 - share) / 2), QuantileScores.PlaceOf(levels, (1 + share) / 2));
        return low < 0 || high < 0 ? null : (low, high);
    }

    public static RowFigure Missing(double share) => RowFigure.Undefined(
        $"the answer has no quantiles {QuantileOf.LevelText((1 - share) / 2)} and {QuantileOf.LevelText((1 + share) / 2)}; ask for both with 'quantiles'");
}
