using Lintel.Numerics.Random;

namespace Lintel.Worlds.Ads;

/// <summary>The logging policy's idea of how often an ad is clicked: an older model that counts a week of impressions up to the day
/// before yesterday, does not know that lower positions are examined less, and knows of the user only what they told. Per user,
/// ad and day it is off by a factor of its own.</summary>
internal sealed class OldEstimate(AdsOptions options, Ad[] ads)
{
    private const int Days = 7, Lag = 2;
    private const double Usual = 0.06, Weight = 40, Match = 3, Error = 0.3, Highest = 0.9;

    // impressions and clicks of each ad by day
    private readonly int[][] _shown = [.. Enumerable.Range(0, options.Days).Select(_ => new int[ads.Length])];
    private readonly int[][] _clicked = [.. Enumerable.Range(0, options.Days).Select(_ => new int[ads.Length])];
    private readonly double[] _rate = new double[ads.Length];
    private readonly double[] _errors =
        [.. AdStreams.Normals(AdStreams.Open(options, AdStreams.Guess), 1_024, Error).Select(static e => Math.Exp(e))];

    public void Shown(int day, int ad) => _shown[day][ad]++;

    public void Clicked(int day, int ad) => _clicked[day][ad]++;

    /// <summary>Counts what a day's estimate knows: an ad's own clicks, pulled to its advertiser's, pulled to the usual.</summary>
    public void Begin(int day)
    {
        var advertisers = ads[^1].Advertiser + 1;
        var (ofAdvertiser, counts) = (new (double Shown, double Clicked)[advertisers], new (int Shown, int Clicked)[ads.Length]);
        for (var d = Math.Max(0, day - Lag - Days + 1); d <= day - Lag; d++)
        {
            for (var ad = 0; ad < ads.Length; ad++)
            {
                counts[ad] = (counts[ad].Shown + _shown[d][ad], counts[ad].Clicked + _clicked[d][ad]);
                var (shown, clicked) = ofAdvertiser[ads[ad].Advertiser];
                ofAdvertiser[ads[ad].Advertiser] = (shown + _shown[d][ad], clicked + _clicked[d][ad]);
            }
        }
        for (var ad = 0; ad < ads.Length; ad++)
        {
            var (shown, clicked) = ofAdvertiser[ads[ad].Advertiser];
            var prior = (clicked + (Weight * Usual)) / (shown + Weight);
            _rate[ad] = (counts[ad].Clicked + (Weight * prior)) / (counts[ad].Shown + Weight);
        }
    }

    /// <summary>Chance of a click on an ad by anyone.</summary>
    public double Rate(int ad) => _rate[ad];

    /// <summary>What a user tells of each category: a factor.</summary>
    public static void Matches(Visitor visitor, Span<double> byCategory)
    {
        byCategory.Fill(1);
        foreach (var category in visitor.Told) { byCategory[category] = Match; }
    }

    /// <summary>Chance of a click by one user.</summary>
    /// <param name="salt">Of the user and the day.</param>
    public double Of(int ad, double match, ulong salt) =>
        Math.Min(Highest, _rate[ad] * match * _errors[RandomStream.Mix(salt + (uint)ad) & 1_023]);
}
