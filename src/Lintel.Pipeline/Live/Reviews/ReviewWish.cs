using Lintel.Decisions.Review;

namespace Lintel.Pipeline.Live.Reviews;

/// <summary>What a reviewer asks of the queue.</summary>
public sealed record ReviewWish
{
    /// <summary>Longest name of a reviewer and id of an act, in characters.</summary>
    public const int MostName = 64;

    /// <summary>Longest note, in characters.</summary>
    public const int MostNote = 2_000;

    public required ReviewActKind Kind { get; init; }

    /// <summary>Id of the decision; null for a claim of whatever comes next.</summary>
    public string? Item { get; init; }

    /// <summary>Who asks.</summary>
    public required string By { get; init; }

    /// <summary>The client's own id of the act: sent again, it changes nothing and gets the same answer. Empty:
    /// none.</summary>
    public string Act { get; init; } = "";

    /// <summary>How long a claim should hold; null: as the design says.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>The verdict: 1 yes, 0 no.</summary>
    public double Value { get; init; } = double.NaN;

    public string Note { get; init; } = "";

    /// <summary>Change the verdict of another reviewer.</summary>
    public bool Overrule { get; init; }
}
