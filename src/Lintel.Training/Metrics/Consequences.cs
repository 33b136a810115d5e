using Lintel.Design;

namespace Lintel.Training.Metrics;

/// <summary>The outcome of each decision and the design's costs for it.</summary>
/// <remarks>Conventions: a passed positive costs <c>missed</c>, a refused negative <c>blocked</c>, everything reviewed
/// <c>review</c> (the reviewer then decides rightly), all else nothing. A cost that the design does not name is 0; a row whose
/// cost is missing (NaN) is left out of the mean.</remarks>
public sealed class Consequences
{
    /// <summary>See <see cref="OutcomeRole"/>, [n].</summary>
    public required OutcomeRole[] Roles { get; init; }

    /// <summary>Cost of passing a positive, also the value at stake, [n]; null: not named.</summary>
    public double[]? Missed { get; init; }

    /// <summary>Cost of refusing a negative, [n]; null: not named.</summary>
    public double[]? Blocked { get; init; }

    /// <summary>Cost of a review, [n]; null: not named.</summary>
    public double[]? Review { get; init; }

    /// <summary>Cost of one decision.</summary>
    public double CostOf(int row, float label) => Roles[row] switch
    {
        OutcomeRole.Passed => label > 0 ? At(Missed, row) : 0,
        OutcomeRole.Refused => label > 0 ? 0 : At(Blocked, row),
        _ => At(Review, row),
    };

    internal Consequences ReassignedBy(double[] margins)
    {
        var order = Ranking.Descending(margins);
        var roles = new OutcomeRole[margins.Length];
        var refused = Roles.Count(static r => r == OutcomeRole.Refused);
        var reviewed = Roles.Count(static r => r == OutcomeRole.Reviewed);
        for (var i = 0; i < order.Length; i++)
        {
            roles[order[i]] = i < refused ? OutcomeRole.Refused
                : i < refused + reviewed ? OutcomeRole.Reviewed : OutcomeRole.Passed;
        }
        return new() { Roles = roles, Missed = Missed, Blocked = Blocked, Review = Review };
    }

    private static double At(double[]? column, int row) => column is null ? 0 : column[row];
}
