using Lintel.Numerics.Random;
using Lintel.Worlds.Ads;

namespace Lintel.Worlds.Tests.Ads;

public sealed class AdsTruthTests
{
    private static AdLedger Ledger => SmallAds.Ledger;

    [Fact]
    public void Truth_is_what_drew_the_clicks()
    {
        var truth = SmallAds.Truth();
        for (var i = 0; i < Ledger.Impressions; i++)
        {
            truth.ClickChance(Ledger.Request[i], Ledger.Ad[i], Ledger.Position(i)).ShouldBe(Ledger.Chance[i]);
        }
    }

    [Fact]
    public void Truth_is_calibrated_in_every_decile_and_at_every_position()
    {
        int[] order = [.. Enumerable.Range(0, Ledger.Impressions).OrderBy(i => Ledger.Chance[i])];
        for (var d = 0; d < 10; d++) { Check($"decile {d}", order[(d * order.Length / 10)..((d + 1) * order.Length / 10)]); }
        foreach (var group in order.GroupBy(Ledger.Position)) { Check($"position {group.Key}", [.. group]); }
        foreach (var group in order.GroupBy(static i => Ledger.Day(Ledger.Request[i]) >= SmallAds.Options.DriftDay)) { Check($"drift {group.Key}", [.. group]); }
        Check("all", order);

        static void Check(string bin, int[] impressions)
        {
            var expected = impressions.Sum(i => Ledger.Chance[i]);
            var spread = Math.Sqrt(impressions.Sum(i => Ledger.Chance[i] * (1 - Ledger.Chance[i])));
            var got = impressions.Count(Ledger.IsClicked);
            Math.Abs(got - expected).ShouldBeLessThan(3 * spread, $"{bin}: {got}, expected {expected:0.0} ± {spread:0.0}");
        }
    }

    [Fact]
    public void Best_page_is_worth_more_than_any_other()
    {
        var truth = SmallAds.Truth();
        var random = new RandomStream(1);
        for (var n = 0; n < 60; n++)
        {
            var request = random.NextInt32(truth.RequestCount);
            var best = truth.BestPage(request, 4);
            best.Length.ShouldBe(4);
            var value = truth.ValueOfPage(request, best);
            value.ShouldBeGreaterThanOrEqualTo(truth.ValueOfPage(request, truth.Shown(request)));
            value.ShouldBeGreaterThanOrEqualTo(truth.ValueOfPage(request, truth.Greedy(request).AsSpan(0, 4)));
            truth.RevenueOfPage(request, best, truth.SecondPrices(request, best)).ShouldBeInRange(0, value);
            // any exchange of an ad on it, or of two places, makes it worse or the same
            int[] changed = [.. best];
            changed[random.NextInt32(4)] = random.NextInt32(truth.AdCount);
            truth.ValueOfPage(request, changed).ShouldBeLessThanOrEqualTo(value + 1e-12);
            Array.Reverse(best);
            truth.ValueOfPage(request, best).ShouldBeLessThanOrEqualTo(value);
        }
    }

    [Fact]
    public void What_was_shown_could_be_shown_and_an_advertiser_counts_once()
    {
        var truth = SmallAds.Truth();
        for (var r = 0; r < truth.RequestCount; r += 20) { truth.Shown(r).All(ad => truth.CanShow(r, ad)).ShouldBeTrue(); }
        var pair = SmallAds.Ads.Zip(SmallAds.Ads.Skip(1)).First(p => p.First.Advertiser == p.Second.Advertiser && truth.CanShow(0, p.First.Id));
        truth.ValueOfPage(0, [pair.First.Id, pair.Second.Id]).ShouldBe(truth.ValueOfPage(0, [pair.First.Id]));
        var later = SmallAds.Ads.First(static a => a.Created > 86_400);
        truth.ValueOfPage(0, [later.Id]).ShouldBe(0);
        // some requests come after an ad's budget is spent
        Enumerable.Range(0, truth.RequestCount).Where(static r => r % 50 == 0)
            .Any(r => SmallAds.Ads.Any(a => a.IsThere(Ledger.Second[r]) && !truth.CanShow(r, a.Id))).ShouldBeTrue();
    }

    [Fact]
    public void Seeing_again_lowers_the_chance_and_interest_raises_it()
    {
        var clicks = SmallAds.Clicks;
        clicks.IfExamined(0, 1, 2, 1, 50_000, 4).ShouldBeLessThan(clicks.IfExamined(0, 1, 2, 1, 50_000, 0));
        clicks.IfExamined(0, 1, 2, 1, 50_000, 10).ShouldBe(clicks.IfExamined(0, 1, 2, 1, 50_000, 20));
        clicks.IfExamined(0, 1, 2, 1, 21 * 3_600, 0).ShouldBeGreaterThan(clicks.IfExamined(0, 1, 2, 1, 9 * 3_600, 0));
        var (interested, other) = (SmallAds.Visitors.First(static v => v.Interests[SmallAds.Ads[1].Category]), SmallAds.Visitors.First(static v => !v.Interests[SmallAds.Ads[1].Category]));
        clicks.IfExamined(interested.Id, 1, 2, 1, 0, 0).ShouldBeGreaterThan(clicks.IfExamined(other.Id, 1, 2, 1, 0, 0));
        SmallAds.Visitors.Any(static v => v.Interests.Count(static i => i) > v.Told.Length).ShouldBeTrue();
    }

    [Fact]
    public void Interest_turns_at_the_drift()
    {
        var turned = SmallAds.Parameters.Turned;
        turned.Sum().ShouldBe(0);
        var day = SmallAds.Options.DriftDay;
        foreach (var sign in (int[])[1, -1, 0])
        {
            var ad = SmallAds.Ads.First(a => Math.Sign(turned[a.Category]) == sign).Id;
            double At(int d) => SmallAds.Clicks.IfExamined(0, ad, 2, 1, d * 86_400, 0);
            Math.Sign(At(day) - At(day - 1)).ShouldBe(sign);
        }
        var still = SmallAds.Options with { DriftAt = 1 };
        new ClickModel(still, SmallAds.Parameters, SmallAds.Ads, SmallAds.Visitors).IfExamined(0, 1, 2, 1, day * 86_400, 0)
            .ShouldBe(SmallAds.Clicks.IfExamined(0, 1, 2, 1, (day - 1) * 86_400, 0));
    }

    [Fact]
    public void Truth_s_own_score_is_below_that_of_the_click_rate()
    {
        var truth = SmallAds.Truth();
        var (whole, late) = (truth.Score(0, 15, isWithinHalfHour: false), truth.Score(12, 15, isWithinHalfHour: true));
        whole.Impressions.ShouldBe(truth.ImpressionCount);
        whole.Clicks.ShouldBe(Enumerable.Range(0, Ledger.Impressions).Count(Ledger.IsClicked));
        whole.Calibration.ShouldBe(1, 3 / Math.Sqrt(whole.Clicks));
        late.Calibration.ShouldBe(1, 3 / Math.Sqrt(late.Clicks));
        whole.NormalisedEntropy.ShouldBeInRange(0.8, 0.95);
        (late.Impressions, truth.ClickWithinHalfHour(5, 1, 1)).ShouldBe((Enumerable.Range(0, truth.RequestCount).Where(r => truth.Day(r) >= 12).Sum(Ledger.PageLength), 0.975 * truth.ClickChance(5, 1, 1)));
    }

    [Fact]
    public void Regret_is_summed_by_slice()
    {
        var truth = SmallAds.Truth();
        var (shown, best) = (new AuctionRegret(truth), new AuctionRegret(truth));
        for (var request = 0; request < truth.RequestCount; request += 100)
        {
            shown.Add(request, truth.Shown(request), truth.ShownPrices(request));
            best.Add(request, truth.BestPage(request, 4));
        }
        var slices = shown.Results().ToDictionary(static s => s.Slice);
        slices.Keys.ShouldBe(["all", "new ads", "requests of cold users", "requests of known users"]);
        slices["all"].Regret.ShouldBeGreaterThan(0);
        slices["all"].Revenue.ShouldBeInRange(0.01, slices["all"].Value);
        slices["all"].Efficiency.ShouldBeInRange(0.2, 0.9);
        (slices["requests of cold users"].Requests + slices["requests of known users"].Requests).ShouldBe(slices["all"].Requests);
        best.Results().ShouldAllBe(static s => Math.Abs(s.Regret) < 1e-12 && Math.Abs(s.Revenue - s.RevenueOfBest) < 1e-12);
    }
}
