using System.Collections.Immutable;

namespace Lintel.Decisions;

/// <summary>What a threshold was solved to: one margin for all decisions, and others where it is solved by segment. Values of a
/// segment are texts, whose codes differ between dictionaries: <c>true</c> and <c>false</c>, or the key or text itself.</summary>
/// <param name="All">Of segments that have none of their own, and of those never seen; +∞ turns the rule off there.</param>
/// <param name="BySegment">Margins of their own, by the segment's value.</param>
public sealed record ThresholdMargins(double All, ImmutableSortedDictionary<string, double> BySegment)
{
    public ThresholdMargins(double all) : this(all, None) { }

    /// <summary>No segment has a margin of its own.</summary>
    public static ImmutableSortedDictionary<string, double> None { get; } =
        ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>Solved margins without segments, in the plan's order.</summary>
    public static ImmutableArray<ThresholdMargins> Of(params IEnumerable<double> margins) =>
        [.. margins.Select(static m => new ThresholdMargins(m))];
}
