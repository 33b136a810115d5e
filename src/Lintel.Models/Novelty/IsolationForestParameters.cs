using Lintel.Design.Kinds;

namespace Lintel.Models.Novelty;

/// <summary>Settings of kind <c>isolation-forest</c>.</summary>
public sealed record IsolationForestParameters
{
    /// <summary>200: twice the paper's 100, for less noise; a row then takes about two microseconds (bench <c>iforest</c>).</summary>
    [Parameter("Trees to grow; more make the score less noisy.", Min = 1, Max = 10_000)]
    public int Trees { get; init; } = 200;

    /// <summary>256: the paper's; a larger sample hides the strange rows among the others.</summary>
    [Parameter("Rows that each tree is grown on, drawn without replacement; fewer when there are not so many.", Min = 2, Max = 65_536)]
    public int Sample { get; init; } = 256;
}
