using System.Collections.Immutable;
using Lintel.Decisions.Review;

namespace Lintel.Pipeline.Live.Reviews;

/// <summary>One item of the queue as it stood at an instant. Immutable; instants are microseconds since 1970 UTC.</summary>
/// <param name="Deadline">When the verdict should be there; null: the design does not say.</param>
/// <param name="HeldBy">Who holds it; null: nobody.</param> <param name="Until">End of that lock.</param>
/// <param name="Verdict">1 yes, 0 no; NaN while there is none.</param>
/// <param name="JudgedBy">Empty: it came as an event of an unknown sender.</param>
public sealed record ReviewView(
    string Id, ReviewState State, long Place, long Known, double Priority, double Probability, double Stake,
    long? Deadline, string? HeldBy, long Until, double Verdict, string? JudgedBy, long JudgedAt,
    ImmutableArray<ReviewAct> Acts)
{
    internal static ReviewView Of(ReviewItem item, long now, TimeSpan? within) => new(
        item.Id, item.StateAt(now), item.Place, item.Known, item.Priority, item.Probability, item.Stake,
        within is { } time ? item.Known + (time.Ticks / TimeSpan.TicksPerMicrosecond) : null,
        item.HolderAt(now), item.Until, item.Verdict, item.JudgedBy, item.JudgedAt, [.. item.Acts]);
}

/// <summary>What became of a wish.</summary>
/// <param name="Repeated">The act was done before under the same id; this is how the item stands now.</param>
public sealed record ReviewAnswer(ReviewView Item, bool Repeated);

/// <summary>The queue in figures, at an instant.</summary>
/// <param name="OldestKnown">Of what waits; null: nothing does.</param>
/// <param name="Overdue">Items that wait longer than the design's <c>within</c>; 0 when it does not say.</param>
/// <param name="Today">What today, UTC, brought.</param> <param name="Days">The days before, the latest last.</param>
public sealed record ReviewFigures(
    long Now, int Open, int Claimed, int Closed, long? OldestKnown, int Overdue, ReviewDay Today,
    ImmutableArray<ReviewDay> Days, long Enqueued, long Confirmed, long Dismissed, long Undone, long Lapsed,
    ImmutableArray<long> Minutes, double MinutesSum);

/// <summary>Which items of the queue are asked for.</summary>
public enum ReviewFilter
{
    /// <summary>Open and claimed, in the order of the queue.</summary>
    Waiting,
    Open,
    Claimed,
    /// <summary>With a verdict, the latest first.</summary>
    Closed,
}
