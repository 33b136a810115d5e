namespace Lintel.Worlds.Ads;

/// <summary>The truth of who clicks what.</summary>
/// <remarks>A position p, from 1, is examined with probability p^−½, and what is examined is clicked with probability σ(b +
/// interest + quality + user + slot + device + age · category + region · category + site · category + slot · format + device ·
/// format + hour − fatigue + drift), whatever else is on the page (position-based model: Craswell et al., WSDM 2008). Interest is
/// 1.6 where the category is one of the user's; the hour is a wave of 0.2 with its crest at nine in the evening; fatigue is
/// 0.2 for each time that the user was shown the ad within 7 days, at most 10 times.</remarks>
internal sealed class ClickModel(AdsOptions options, ClickParameters parameters, Ad[] ads, Visitor[] visitors)
{
    public const int FatigueDays = 7;

    private const double Base = -3.1, Interest = 1.6, Crest = 21, Wave = 0.2, PerSighting = 0.2;
    private const int MostSightings = 10;

    /// <summary>Chance that a position, from 1, is examined.</summary>
    public static double Examined(int position) => 1 / Math.Sqrt(position);

    /// <summary>Chance that an ad that is examined is clicked.</summary>
    /// <param name="second">Since the first midnight.</param>
    /// <param name="sightings">Times that the ad was shown to the user within <see cref="FatigueDays"/>.</param>
    public double IfExamined(int visitor, int ad, int slot, int device, int second, int sightings)
    {
        var (v, a) = (visitors[visitor], ads[ad]);
        var hour = second % 86_400 / 3_600.0;
        var logit = Base + (v.Interests[a.Category] ? Interest : 0) + a.Quality + v.Bias + parameters.Slot[slot] + parameters.Device[device]
            + (parameters.AgeSlope[a.Category] * (v.Age - 40) / 20) + parameters.RegionCategory[v.Region][a.Category]
            + parameters.SiteCategory[Slots.SiteOf(slot)][a.Category] + parameters.SlotFormat[slot][a.Format]
            + parameters.DeviceFormat[device][a.Format] + (Wave * Math.Cos(2 * Math.PI * (hour - Crest) / 24))
            - (PerSighting * Math.Min(sightings, MostSightings));
        if (second / 86_400 >= options.DriftDay) { logit += parameters.Turned[a.Category]; }
        return 1 / (1 + Math.Exp(-logit));
    }
}
