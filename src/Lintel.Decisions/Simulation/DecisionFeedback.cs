namespace Lintel.Decisions;

/// <summary>What a policy that aggregates its own decisions needs to know of the decisions of a period besides their
/// registers.</summary>
public sealed class DecisionFeedback
{
    /// <summary>When each decision was made, microseconds since 1970 UTC, [n]; its outcome is known at that instant, too, and
    /// decisions of one instant do not see each other.</summary>
    public required long[] Known { get; init; }

    /// <summary>Id of the decided event: what is let through is drawn by it.</summary>
    public required Func<int, string> Id { get; init; }

    /// <summary>What is fed back is the outcome that is shown.</summary>
    public required LetThrough LetThrough { get; init; }

    internal Shown Show(int row, int outcome) =>
        LetThrough.Draws(outcome) ? LetThrough.Show(Id(row), outcome) : new(outcome, 1, false);
}
