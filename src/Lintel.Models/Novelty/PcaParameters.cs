using Lintel.Design.Kinds;

namespace Lintel.Models.Novelty;

/// <summary>Settings of kind <c>pca</c>.</summary>
public sealed record PcaParameters
{
    /// <summary>95%: what is left is mostly noise on usual rows, so that a broken correlation stands out.</summary>
    [Parameter("Share of the variance that the components kept explain.", Min = 0.01, Max = 1, Share = true)]
    public double Variance { get; init; } = 0.95;

    [Parameter("Components to keep, whatever they explain; left out: as many as variance asks for.", Min = 1, Max = 4_095)]
    public int? Components { get; init; }
}
