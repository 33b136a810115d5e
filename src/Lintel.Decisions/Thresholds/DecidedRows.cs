namespace Lintel.Decisions;

/// <summary>Fills a decision's registers: columns, aggregates, features, scores and list memberships; thresholds are the solver's.</summary>
/// <param name="registers">[register count of the plan], may hold another row's values.</param>
public delegate void RegisterReader(int row, Span<double> registers);

/// <summary>The decisions of a period, as the policy sees them.</summary>
public sealed class DecidedRows
{
    public const long DayMicroseconds = 86_400_000_000;

    public required int Count { get; init; }

    public required RegisterReader Read { get; init; }

    /// <summary>0, 1, or NaN where the truth is unknown, [n].</summary>
    public required float[] Labels { get; init; }

    /// <summary>Day number of each decision in the design's time zone, [n].</summary>
    public required int[] Days { get; init; }

    /// <summary>What a policy that aggregates its own decisions needs besides; null: it aggregates none.</summary>
    public DecisionFeedback? Feedback { get; init; }

    /// <summary>First day of the period.</summary>
    public required int FirstDay { get; init; }

    /// <summary>Days of the period, those without a decision included; at least 1.</summary>
    public required int DayCount { get; init; }
}
