using Lintel.Numerics.Random;

namespace Lintel.Worlds.Ads;

/// <summary>The policy that made the log: ads in the order of bid × an older estimate, one for each advertiser, within budget,
/// pace and frequency cap; a few new ads at the end of the pool. A declared share of pages stands in an order drawn uniformly
/// from the pool. A click costs what keeps an ad above the next one.</summary>
internal sealed class LoggingAuction(AdsOptions options, Ad[] ads, OldEstimate estimate, Budgets budgets)
{
    // of each category the ads that are looked at; the rest waits until these have spent their budgets
    private const int Shortlist = 20;
    private const int Newcomers = 2;
    private const int Attempts = 6;

    private readonly List<int>[] _first = [.. Ad.Categories.Select(static _ => new List<int>())];
    private readonly List<int> _new = [];
    private readonly double[] _match = new double[Ad.Categories.Count];

    /// <summary>Ads that take part in an hour's auctions, the most valuable first.</summary>
    public void BeginHour(int second)
    {
        _new.Clear();
        foreach (var list in _first) { list.Clear(); }
        foreach (var ad in ads)
        {
            if (!ad.IsThere(second) || !budgets.HasLeft(ad.Id)) { continue; }
            _first[ad.Category].Add(ad.Id);
            if (ad.IsNew(second)) { _new.Add(ad.Id); }
        }
        foreach (var list in _first)
        {
            list.Sort((a, b) => (Value(b), a).CompareTo((Value(a), b)));
            if (list.Count > Shortlist) { list.RemoveRange(Shortlist, list.Count - Shortlist); }
        }

        double Value(int ad) => ads[ad].Bid * estimate.Rate(ad);
    }

    /// <summary>The pool before exploration, best first, and what an impression of each is thought to be worth.</summary>
    /// <param name="random">Draws the newcomers.</param> <param name="pool">[Pool].</param> <param name="values">[Pool].</param>
    /// <returns>Ads in the pool.</returns>
    public int Rank(Visitor visitor, int second, Sightings sightings, RandomStream random, Span<int> pool, Span<double> values)
    {
        OldEstimate.Matches(visitor, _match);
        var ofUser = AdStreams.Salt(options, AdStreams.Guess, visitor.Id, second / 86_400);
        var ofRequest = AdStreams.Salt(options, AdStreams.Page, visitor.Id, ~second);
        var count = 0;
        var own = pool[..^Newcomers];
        for (var category = 0; category < _first.Length; category++)
        {
            foreach (var ad in _first[category])
            {
                if (!budgets.HasLeft(ad) || sightings.Day(ad) >= options.FrequencyCap || !budgets.TakesPart(ad, ofRequest)) { continue; }
                Insert(ad, ads[ad].Bid * estimate.Of(ad, _match[category], ofUser), own, values, ref count);
            }
        }
        for (var n = 0; n < Attempts && _new.Count > 0 && count < pool.Length; n++)
        {
            var ad = _new[random.NextInt32(_new.Count)];
            if (!budgets.HasLeft(ad) || sightings.Day(ad) >= options.FrequencyCap || HasAdvertiser(pool[..count], ad)) { continue; }
            (pool[count], values[count]) = (ad, ads[ad].Bid * estimate.Of(ad, _match[ads[ad].Category], ofUser));
            count++;
        }
        return count;
    }

    /// <summary>What a click costs, in ticks: the least bid that would have kept the place, at least the reserve, never more than the
    /// bid.</summary>
    /// <param name="value">What an impression of the ad is thought to be worth.</param> <param name="next">Of the one below; 0: there is
    /// none.</param>
    public static int Price(AdsOptions options, Ad ad, double value, double next)
    {
        // a price of exactly the needed bid is not above the next one: round up
        var price = (int)Math.Min(ad.Bid, Math.Ceiling(next * ad.Bid / value));
        return Math.Max((int)Math.Ceiling(options.Reserve * Ad.Ticks), price);
    }

    /// <summary>The chance that a page holds an ad at a position: its share of drawn pages, and the rest where the own order has
    /// it.</summary>
    public static double Propensity(AdsOptions options, int poolCount, bool isOwn) =>
        (options.Explored / poolCount) + (isOwn ? 1 - options.Explored : 0);

    /// <summary>Keeps the best ad of each advertiser, best first.</summary>
    private void Insert(int ad, double value, Span<int> pool, Span<double> values, ref int count)
    {
        if (count == pool.Length && !(value > values[count - 1])) { return; }
        var from = count;
        for (var i = 0; i < count; i++)
        {
            if (ads[pool[i]].Advertiser != ads[ad].Advertiser) { continue; }
            if (values[i] >= value) { return; }
            from = i;
            break;
        }
        // the advertiser's other ad makes room, else the last one, else there is room
        if (from == count) { from = count < pool.Length ? count++ : count - 1; }
        for (; from > 0 && values[from - 1] < value; from--) { (pool[from], values[from]) = (pool[from - 1], values[from - 1]); }
        (pool[from], values[from]) = (ad, value);
    }

    private bool HasAdvertiser(ReadOnlySpan<int> pool, int ad)
    {
        foreach (var other in pool)
        {
            if (ads[other].Advertiser == ads[ad].Advertiser) { return true; }
        }
        return false;
    }
}
