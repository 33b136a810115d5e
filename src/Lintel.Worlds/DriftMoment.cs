namespace Lintel.Worlds;

public enum DriftKind
{
    /// <summary>What is seen changes.</summary>
    Covariate,
    /// <summary>What it means changes: the share and the mix of the label.</summary>
    Label,
    /// <summary>Positives of a kind that never was before.</summary>
    NewKind,
}

/// <param name="At">First day of the changed world.</param> <param name="What">The field that moves.</param>
public sealed record DriftMoment(DateOnly At, DriftKind Kind, string What, string How);
