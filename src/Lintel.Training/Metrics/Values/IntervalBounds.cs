using Lintel.Design;

namespace Lintel.Training.Metrics.Values;

/// <summary>Both ends of the central interval that is to hold a share of the labels.</summary>
/// <param name="Low">By row in rank order.</param> <param name="High">Likewise.</param>
internal sealed record IntervalBounds(double[] Low, double[] High)
{
    /// <param name="share">0 to 1: 80 % lies between the 10 % and the 90 % quantile.</param>
    /// <returns>Null: the answer lacks one of the two quantiles.</returns>
    public static IntervalBounds? Of(RankedRows rows, double share) => rows.Quantiles is null ? null
        : rows.QuantileAt((1 - share) / 2) is { } low && rows.QuantileAt((1 + share) / 2) is { } high ? new(low, high) : null;

    public static PreparedMetric Missing(double share) => PreparedMetric.Undefined(
        $"the answer has no quantiles {QuantileOf.LevelText((1 - share) / 2)} and {QuantileOf.LevelText((1 + share) / 2)}; ask for both with 'quantiles'");
}
