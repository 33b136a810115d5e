namespace Lintel.Worlds.Ads;

/// <summary>How well true chances foretell what happened.</summary>
/// <param name="Expected">Sum of the chances.</param> <param name="LogLoss">Mean, in nats.</param>
public sealed record TruthScore(int Impressions, int Clicks, double Expected, double LogLoss)
{
    public double ClickRate => (double)Clicks / Impressions;

    /// <summary>Log loss over that of the click rate itself. Source: He et al., ADKDD 2014.</summary>
    public double NormalisedEntropy => LogLoss / -((ClickRate * Math.Log(ClickRate)) + ((1 - ClickRate) * Math.Log(1 - ClickRate)));

    /// <summary>Expected over got.</summary>
    public double Calibration => Expected / Clicks;
}
