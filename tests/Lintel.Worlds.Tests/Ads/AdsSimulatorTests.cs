using Lintel.Worlds.Ads;

namespace Lintel.Worlds.Tests.Ads;

public sealed class AdsSimulatorTests
{
    private static AdsOptions Options => SmallAds.Options;

    private static AdLedger Ledger => SmallAds.Ledger;

    private static IEnumerable<int> Impressions => Enumerable.Range(0, Ledger.Impressions);

    [Fact]
    public void Requests_stand_in_order_of_time_and_a_users_own_are_apart()
    {
        var last = new Dictionary<int, int>();
        for (var r = 0; r < Ledger.Requests; r++)
        {
            var visitor = Ledger.Visitor[r];
            if (r > 0) { Ledger.Second[r].ShouldBeGreaterThanOrEqualTo(Ledger.Second[r - 1]); }
            Ledger.Previous[r].ShouldBe(last.GetValueOrDefault(visitor, -1));
            if (last.TryGetValue(visitor, out var before)) { (Ledger.Second[r] - Ledger.Second[before]).ShouldBeGreaterThanOrEqualTo(AdsSimulator.LeastPause); }
            else { Ledger.Day(r).ShouldBeGreaterThanOrEqualTo(SmallAds.Visitors[visitor].Arrives); }
            last[visitor] = r;
        }
    }

    [Fact]
    public void Pages_show_ads_that_are_there_one_of_an_advertiser()
    {
        for (var r = 0; r < Ledger.Requests; r++)
        {
            var page = Page(r);
            page.DistinctBy(static a => SmallAds.Ads[a].Advertiser).Count().ShouldBe(page.Length);
            page.All(a => SmallAds.Ads[a].IsThere(Ledger.Second[r])).ShouldBeTrue();
            page.Length.ShouldBe(Math.Min(Options.Places, Ledger.PoolCount[r]));
        }
        Ledger.PoolCount.Average(static n => n).ShouldBeGreaterThan(11);
    }

    [Fact]
    public void Frequency_cap_is_kept()
    {
        var most = 0;
        foreach (var times in Impressions.GroupBy(static i => (Ledger.Visitor[Ledger.Request[i]], Ledger.Ad[i]), Ledger.ShownAt))
        {
            int[] shown = [.. times];
            for (var i = 0; i < shown.Length; i++)
            {
                // within the 24 hours before the request that showed it again
                var within = shown.Take(i).Count(s => shown[i] - 1 - s < 86_400);
                within.ShouldBeLessThan(Options.FrequencyCap);
                most = Math.Max(most, within + 1);
            }
        }
        most.ShouldBe(Options.FrequencyCap);
    }

    [Fact]
    public void Budgets_are_overrun_by_one_click_at_most_and_many_are_spent()
    {
        var spent = 0;
        foreach (var clicks in Impressions.Where(Ledger.IsClicked).GroupBy(static i => (Ledger.Ad[i], Ledger.Day(Ledger.Request[i])), static i => Ledger.Price[i]))
        {
            var budget = SmallAds.Ads[clicks.Key.Item1].Budget;
            var sum = clicks.Sum(static p => (long)p);
            (sum - clicks.Last()).ShouldBeLessThan(budget);
            spent += sum >= budget ? 1 : 0;
        }
        spent.ShouldBeGreaterThan(Options.Days * 10);
    }

    [Fact]
    public void Pacing_spreads_a_budget_over_the_day()
    {
        // ads that spent their budgets, their clicks by half of the day's traffic
        var halves = Impressions.Where(Ledger.IsClicked).GroupBy(static i => (Ledger.Ad[i], Ledger.Day(Ledger.Request[i])))
            .Where(static g => g.Sum(static i => (long)Ledger.Price[i]) >= SmallAds.Ads[g.Key.Item1].Budget && g.Count() >= 6)
            .SelectMany(static g => g).GroupBy(static i => Ledger.ShownAt(i) % 86_400 / 3_600.0 < 14).ToDictionary(static g => g.Key, static g => g.Count());
        ((double)halves[true] / (halves[true] + halves[false])).ShouldBeInRange(0.35, 0.75);
    }

    [Fact]
    public void Prices_are_at_least_the_reserve_and_at_most_the_bid()
    {
        var reserve = (int)(Options.Reserve * Ad.Ticks);
        foreach (var i in Impressions) { Ledger.Price[i].ShouldBeInRange(reserve, SmallAds.Ads[Ledger.Ad[i]].Bid); }
        // most are really second prices: between the two
        Impressions.Average(i => Ledger.Price[i] > reserve && Ledger.Price[i] < SmallAds.Ads[Ledger.Ad[i]].Bid ? 1.0 : 0).ShouldBeGreaterThan(0.7);
    }

    [Theory]
    [InlineData(0.5, 0.25, 5_000)]                     // half of the bid keeps the place
    [InlineData(0.5, 0.6, 10_000)]                     // an explored page: never more than the bid
    [InlineData(0.5, 0, 500)]                          // nobody below: the reserve
    public void Price_is_the_least_bid_that_keeps_the_place(double value, double next, int price) =>
        LoggingAuction.Price(Options, SmallAds.Ads[0] with { Bid = 10_000 }, value, next).ShouldBe(price);

    [Fact]
    public void Propensities_sum_to_one_over_the_pool_and_are_those_with_which_ads_were_shown()
    {
        double greedy = 0, expected = 0, inverse = 0, foreign = 0;
        for (var r = 0; r < Ledger.Requests; r++)
        {
            var count = Ledger.PoolCount[r];
            for (var k = 0; k < Ledger.PageLength(r); k++)
            {
                Enumerable.Range(0, count).Sum(n => LoggingAuction.Propensity(Options, count, n == k)).ShouldBe(1, 1e-12);
                var i = Ledger.First(r) + k;
                var isOwn = Ledger.Ad[i] == Ledger.Pool[(r * Ledger.PoolPlaces) + k];
                Ledger.Propensity[i].ShouldBe(LoggingAuction.Propensity(Options, count, isOwn));
                greedy += isOwn ? 1 : 0;
                expected += LoggingAuction.Propensity(Options, count, true);
                // what the own order does not have there: one draw in the pool each
                inverse += isOwn ? 0 : 1 / Ledger.Propensity[i];
                foreign += count - 1;
            }
        }
        (greedy / expected).ShouldBe(1, 0.005);
        (inverse / foreign).ShouldBe(1, 0.05);
    }

    [Fact]
    public void Pages_in_drawn_order_hold_the_pool_evenly()
    {
        // places of the pool on the first position of pages that are not in the own order: all but the first alike
        var places = new int[Options.Pool];
        for (var r = 0; r < Ledger.Requests; r++)
        {
            if (Ledger.PoolCount[r] < Options.Pool) { continue; }
            places[Ledger.Pool.IndexOf(Ledger.Ad[Ledger.First(r)], r * Ledger.PoolPlaces, Options.Pool) - (r * Ledger.PoolPlaces)]++;
        }
        var mean = places.Skip(1).Average();
        foreach (var count in places.Skip(1)) { Math.Abs(count - mean).ShouldBeLessThan(4 * Math.Sqrt(mean)); }
    }

    [Fact]
    public void Click_rate_falls_with_the_position()
    {
        var rates = Impressions.GroupBy(Ledger.Position).OrderBy(static g => g.Key).Select(static g => g.Average(static i => Ledger.IsClicked(i) ? 1.0 : 0)).ToArray();
        rates.Length.ShouldBe(4);
        rates.ShouldBeInOrder(SortDirection.Descending);
        (rates[3] / rates[0]).ShouldBeLessThan(0.6);
    }

    [Fact]
    public void Delays_are_as_declared()
    {
        int[] delays = [.. Impressions.Where(Ledger.IsClicked).Select(i => Ledger.Delay[i])];
        delays.Length.ShouldBeGreaterThan(10_000);
        double Share(Func<int, bool> holds) => delays.Count(holds) / (double)delays.Length;
        Share(static d => d > 1_800).ShouldBe(Options.LateClicks, 0.004);
        Share(static d => d is > 60 and <= 1_500).ShouldBe(ClickDelays.Slow, 0.005);
        Share(static d => d < 0).ShouldBe(ClickDelays.Early, 0.0015);
        Share(static d => d is > 1_500 and < 2_100).ShouldBe(0);
        delays.Max().ShouldBeInRange(60_000, ClickDelays.Longest);
        delays.Min().ShouldBe(-3);
        Impressions.Where(Ledger.IsClicked).Average(i => Ledger.Again[i] > 0 ? 1.0 : 0).ShouldBe(ClickDelays.Doubled, 0.004);
        Impressions.All(i => Ledger.Again[i] == 0 || Ledger.IsClicked(i)).ShouldBeTrue();
    }

    [Fact]
    public void New_ads_come_all_the_time_and_are_shown()
    {
        var created = SmallAds.Ads.Where(static a => a.Created > 0).ToArray();
        created.Select(static a => a.Created / 86_400).Distinct().Count().ShouldBe(Options.Days - 1);
        created.Length.ShouldBeInRange((int)(0.3 * Options.Ads), (int)(0.5 * Options.Ads));
        var fresh = Impressions.Where(i => SmallAds.Ads[Ledger.Ad[i]].IsNew(Ledger.ShownAt(i))).Select(i => Ledger.Ad[i]).Distinct().Count();
        fresh.ShouldBeGreaterThan(created.Length / 2);
    }

    [Fact]
    public void Days_before_the_drift_stay_as_they_were()
    {
        var options = Options with { DriftAt = 0.5 };
        var (ledger, _) = AdsSimulator.Run(options, SmallAds.Ads, SmallAds.Visitors, new(options, SmallAds.Parameters, SmallAds.Ads, SmallAds.Visitors));
        var before = Ledger.First(Enumerable.Range(0, Ledger.Requests).First(r => Ledger.Day(r) == options.DriftDay));
        ledger.Ad.Take(before).SequenceEqual(Ledger.Ad.Take(before)).ShouldBeTrue();
        ledger.Delay.Take(before).SequenceEqual(Ledger.Delay.Take(before)).ShouldBeTrue();
        ledger.Delay.SequenceEqual(Ledger.Delay).ShouldBeFalse();
    }

    private static int[] Page(int request) =>
        [.. Enumerable.Range(Ledger.First(request), Ledger.PageLength(request)).Select(i => (int)Ledger.Ad[i])];
}
