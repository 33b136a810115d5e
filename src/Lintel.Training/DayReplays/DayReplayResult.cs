namespace Lintel.Training.DayReplays;

/// <summary>What <c>lintel replay</c> found: what <c>--json</c> prints. Money is in the design's costs, over decisions whose
/// label is known by now.</summary>
/// <param name="Against"><c>recorded</c>, or the version that was replayed beside it.</param>
/// <param name="Decisions">Decisions of the day that stand on both sides.</param>
/// <param name="Mismatches">Those of which the outcome differs; where the same version had decided, anything: outcome, rule,
/// margin, probability, what was let through.</param>
/// <param name="Missing">Decisions of the day without an answer to compare with.</param>
/// <param name="Failed">Answers given by <c>on failure</c>: compared, but no mismatch, since no replay gives them.</param>
/// <param name="Incumbent">The part that the same version had decided: its mismatches must be 0.</param>
/// <param name="Differences">By what was decided and what would have been, the most first.</param>
public sealed record DayReplayResult(
    string Day, int Version, string Against, int Decisions, int Mismatches, int Missing, int Failed,
    IncumbentReplay Incumbent, IReadOnlyList<OutcomeDifference> Differences, DayFigures Whole,
    IReadOnlyList<SliceFigures> Slices)
{
    /// <summary>The decisions are promises of a regression: they differ where another value is promised, and nothing is reviewed or
    /// refused.</summary>
    public bool Promises { get; init; }

    /// <summary>Reviews that a day may bring; null: the design does not say.</summary>
    public double? ReviewCapacity { get; init; }
}

/// <param name="FirstDifference">The first mismatch in words; null: none.</param>
public sealed record IncumbentReplay(int Decisions, int Mismatches, string? FirstDifference);

/// <summary>Decisions that changed from one outcome to another; of promises: that became sooner or later.</summary>
/// <param name="Positives">Among those whose label is known.</param>
/// <param name="Cost">What the change costs more (less, if negative); null: no label is known.</param>
public sealed record OutcomeDifference(string From, string To, int Count, int Labelled, int Positives, double? Cost);

/// <summary>Both sides of a set of decisions.</summary>
/// <param name="Differences">Decisions whose outcome differs.</param>
/// <param name="CostBefore">Sum over labelled decisions of what was decided; null: no label is known.</param>
public sealed record DayFigures(
    int Decisions, int Differences, int ReviewsBefore, int ReviewsAfter, int RefusedBefore, int RefusedAfter,
    int Labelled, double? CostBefore, double? CostAfter);

public sealed record SliceFigures(string Slice, DayFigures Figures);
