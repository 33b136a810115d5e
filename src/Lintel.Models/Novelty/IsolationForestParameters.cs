using Lintel.Design.Kinds;

namespace Lintel.Models.Novelty;

/// <summary>Settings of kind <c>isolation-forest</c>.</summary>
public sealed record IsolationForestParameters
{
    /// <summary>200: the paper's 100 leaves a noise of about 1.5 % in a row's score; twice as many cost a microsecond more.</summary>
    [Parameter("Trees to grow; more make the score less noisy.", Min = 1, Max = 10_000)]
    public int Trees { get; init; } = 200;

    /// <summary>256: the paper's; a larger sample hides the strange rows among the others.</summary>
    [Parameter("Rows that each tree is grown on, drawn without replacement; fewer when there are not so many.", Min = 2, Max = 65_536)]
    public int Sample { get; init; } = 256;
}
