using System.Collections.Immutable;

namespace Lintel.Design;

/// <summary>What an outcome does to the decided thing.</summary>
public enum OutcomeRole : byte
{
    /// <summary>It goes through; a positive is missed.</summary>
    Passed,
    /// <summary>A person looks at it, and finds the truth.</summary>
    Reviewed,
    /// <summary>It is stopped; a negative is troubled for nothing.</summary>
    Refused,
    /// <summary>It goes through for who passes a test, such as a second factor; most positives do not.</summary>
    Challenged,
}

/// <summary>One thing that can be decided.</summary>
/// <param name="Stops">Of a challenge: share of positives that it stops, 0 to 1. Else 0.</param>
public sealed record OutcomeDesign(string Name, OutcomeRole Role, double Stops = 0)
{
    /// <summary>Reads roles off names and order: one whose name says review is reviewed, one that says challenge is
    /// challenged, the first of the others passes, the rest refuse, the later the harder.</summary>
    /// <param name="names">From the mildest to the hardest.</param>
    public static ImmutableArray<OutcomeDesign> OfNames(IReadOnlyList<string> names)
    {
        var outcomes = ImmutableArray.CreateBuilder<OutcomeDesign>(names.Count);
        var hasPassing = false;
        foreach (var name in names)
        {
            var role = Says(name, "review") ? OutcomeRole.Reviewed
                : Says(name, "challenge") ? OutcomeRole.Challenged
                : hasPassing ? OutcomeRole.Refused : OutcomeRole.Passed;
            hasPassing |= role == OutcomeRole.Passed;
            outcomes.Add(new(name, role, role == OutcomeRole.Challenged ? 1 : 0));
        }
        return outcomes.MoveToImmutable();
    }

    /// <summary>Index of the outcome that lets a decision pass; 0 when none does.</summary>
    public static int Passing(ImmutableArray<OutcomeDesign> outcomes) =>
        Math.Max(0, IndexOf(outcomes, OutcomeRole.Passed, fromEnd: false));

    /// <summary>Index of the hardest outcome: the last that refuses; −1 when none does.</summary>
    public static int Hardest(ImmutableArray<OutcomeDesign> outcomes) =>
        IndexOf(outcomes, OutcomeRole.Refused, fromEnd: true);

    private static int IndexOf(ImmutableArray<OutcomeDesign> outcomes, OutcomeRole role, bool fromEnd)
    {
        for (var i = 0; i < outcomes.Length; i++)
        {
            var index = fromEnd ? outcomes.Length - 1 - i : i;
            if (outcomes[index].Role == role) { return index; }
        }
        return -1;
    }

    private static bool Says(string name, string word) => name.Contains(word, StringComparison.OrdinalIgnoreCase);
}
