using Lintel.Numerics.Random;

namespace Lintel.Worlds.Ads;

/// <summary>What ads may still spend on a day, and how fast. A click is charged to the day of its impression, and at once, as if
/// it were logged without delay: so no ad spends more than its budget and the click that reached it.</summary>
/// <remarks>Pacing: an ad takes part in a share of the auctions. Each hour the share falls by 0.7 where the ad has spent more than
/// the share of the day's traffic that has passed, and else rises by 1.25, up to all.</remarks>
internal sealed class Budgets(AdsOptions options, Ad[] ads)
{
    private const double Slower = 0.7, Faster = 1.25, LeastShare = 0.05;

    private readonly long[] _spent = new long[ads.Length];
    private readonly double[] _share = [.. Enumerable.Repeat(1.0, ads.Length)];
    // [day][ad]: the request whose click reached the budget
    private readonly int[][] _reached = [.. Enumerable.Range(0, options.Days).Select(_ => Filled(ads.Length))];

    public void BeginHour(int hour)
    {
        if (hour == 0) { Array.Clear(_spent); }
        var passed = DayTraffic.Passed(hour);
        for (var ad = 0; hour > 0 && ad < ads.Length; ad++)
        {
            _share[ad] = _spent[ad] > ads[ad].Budget * passed ? Math.Max(LeastShare, _share[ad] * Slower) : Math.Min(1, _share[ad] * Faster);
        }
    }

    public bool HasLeft(int ad) => _spent[ad] < ads[ad].Budget;

    /// <summary>Whether an ad had some of its day's budget left when a request came.</summary>
    public bool HadLeft(int ad, int day, int request) => request <= _reached[day][ad];

    /// <summary>Whether the ad takes part in an auction.</summary>
    /// <param name="salt">Of the request.</param>
    public bool TakesPart(int ad, ulong salt) =>
        _share[ad] >= 1 || (RandomStream.Mix(salt + (uint)ad) >> 11) * (1.0 / (1UL << 53)) < _share[ad];

    public void Charge(int ad, int price, int day, int request)
    {
        _spent[ad] += price;
        if (!HasLeft(ad)) { _reached[day][ad] = Math.Min(_reached[day][ad], request); }
    }

    private static int[] Filled(int count)
    {
        var never = new int[count];
        Array.Fill(never, int.MaxValue);
        return never;
    }
}
