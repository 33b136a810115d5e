namespace Lintel.Decisions.Cascades;

/// <summary>What a light model is unsure of and a heavy one is asked about: margins from <paramref name="Low"/> to below <paramref name="High"/>.</summary>
/// <remarks>Both models' margins must mean the same (calibrated log-odds), since one threshold judges either.</remarks>
/// <param name="Low">Below it the light model's margin stands; may be −∞.</param> <param name="High">From it on too; may be +∞.</param>
public readonly record struct GreyBand(double Low, double High)
{
    /// <summary>Nothing is sent.</summary>
    public static GreyBand None { get; } = new(double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>Whether the heavy model is asked. Of what the light one cannot score (NaN) it is.</summary>
    public bool Sends(double light) => !(light < Low || light >= High);
}
