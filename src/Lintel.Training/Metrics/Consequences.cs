using Lintel.Design;

namespace Lintel.Training.Metrics;

/// <summary>The outcome of each decision and the design's costs for it.</summary>
/// <remarks>Conventions: a passed positive costs <c>missed</c>, a refused negative <c>blocked</c>, everything reviewed
/// <c>review</c> (the reviewer then decides rightly), everything challenged <c>challenge</c>, and a positive the share of
/// <c>missed</c> that the challenge does not stop; all else nothing. A cost that the design does not name is 0; a row whose cost is
/// missing (NaN) is left out of the mean.</remarks>
public sealed class Consequences
{
    /// <summary>See <see cref="OutcomeRole"/>, [n].</summary>
    public required OutcomeRole[] Roles { get; init; }

    /// <summary>Share of positives that each outcome stops, [n], read of challenges; null: there are none.</summary>
    public double[]? Stops { get; init; }

    /// <summary>Cost of passing a positive, also the value at stake, [n]; null: not named.</summary>
    public double[]? Missed { get; init; }

    /// <summary>Cost of refusing a negative, [n]; null: not named.</summary>
    public double[]? Blocked { get; init; }

    /// <summary>Cost of a review, [n]; null: not named.</summary>
    public double[]? Review { get; init; }

    /// <summary>Cost of a challenge, [n]; null: not named.</summary>
    public double[]? Challenge { get; init; }

    /// <summary>Cost of one decision.</summary>
    public double CostOf(int row, float label) => Roles[row] switch
    {
        OutcomeRole.Passed => label > 0 ? At(Missed, row) : 0,
        OutcomeRole.Refused => label > 0 ? 0 : At(Blocked, row),
        OutcomeRole.Challenged =>
            At(Challenge, row) + (label > 0 ? (1 - At(Stops, row)) * At(Missed, row) : 0),
        _ => At(Review, row),
    };

    internal Consequences ReassignedBy(double[] margins)
    {
        var order = Ranking.Descending(margins);
        var hardest = Roles.Zip(Stops ?? new double[Roles.Length])
            .OrderByDescending(static o => Hardness(o.First)).ThenByDescending(static o => o.Second).ToArray();
        var roles = new OutcomeRole[margins.Length];
        var stops = new double[margins.Length];
        for (var i = 0; i < order.Length; i++) { (roles[order[i]], stops[order[i]]) = hardest[i]; }
        return new()
        {
            Roles = roles,
            Stops = stops,
            Missed = Missed,
            Blocked = Blocked,
            Review = Review,
            Challenge = Challenge,
        };
    }

    private static int Hardness(OutcomeRole role) => role switch
    {
        OutcomeRole.Passed => 0,
        OutcomeRole.Challenged => 1,
        OutcomeRole.Reviewed => 2,
        _ => 3,
    };

    private static double At(double[]? column, int row) => column is null ? 0 : column[row];
}
