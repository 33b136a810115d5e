using System.Collections.Immutable;

namespace Lintel.Decisions;

/// <summary>What an outcome does to the decided thing.</summary>
public enum OutcomeRole : byte
{
    /// <summary>It goes through; a positive is missed.</summary>
    Passed,
    /// <summary>A person looks at it, and finds the truth.</summary>
    Reviewed,
    /// <summary>It is stopped; a negative is troubled for nothing.</summary>
    Refused,
}

/// <summary>Reads the roles of outcomes off their names and order: one whose name says review is reviewed, the first of the
/// others passes, the rest refuse, the later the harder.</summary>
public static class OutcomeRoles
{
    /// <returns>One role for each outcome, in order.</returns>
    public static ImmutableArray<OutcomeRole> Of(ImmutableArray<string> outcomes)
    {
        var passing = Passing(outcomes);
        return [.. outcomes.Select((name, index) =>
            IsReview(name) ? OutcomeRole.Reviewed : index == passing ? OutcomeRole.Passed : OutcomeRole.Refused)];
    }

    /// <summary>Index of the outcome that lets a decision pass; 0 when every outcome is a review.</summary>
    public static int Passing(ImmutableArray<string> outcomes)
    {
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (!IsReview(outcomes[i])) { return i; }
        }
        return 0;
    }

    /// <summary>Index of the hardest outcome: the last that refuses; −1 when none does.</summary>
    public static int Hardest(ImmutableArray<string> outcomes)
    {
        var roles = Of(outcomes);
        for (var i = roles.Length - 1; i >= 0; i--)
        {
            if (roles[i] == OutcomeRole.Refused) { return i; }
        }
        return -1;
    }

    private static bool IsReview(string name) => name.Contains("review", StringComparison.OrdinalIgnoreCase);
}
