using System.Diagnostics;
using Lintel.Numerics.Random;
using Lintel.Worlds.Ads;

namespace Lintel.Bench.Worlds;

/// <summary>What pages of the ads world were worth beside the best possible ones, by slice: those that were shown, the logging
/// policy's own order, and pages drawn at random; and how well the truth itself foretells the clicks of the last fifth of the
/// days. Arguments: requests that are looked at (2,000 of the last fifth of the days).</summary>
internal static class AdsRegretBench
{
    public static int Run(string[] arguments)
    {
        var count = arguments.Length > 0 ? int.Parse(arguments[0]) : 2_000;
        var started = Stopwatch.GetTimestamp();
        var truth = AdsTruth.Of(new());
        Console.WriteLine(
            $"{truth.RequestCount:N0} requests, {truth.ImpressionCount:N0} impressions drawn in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        var (days, late) = (truth.Options.Days, (int)(0.8 * truth.Options.Days));
        Score("clicked, all days", truth.Score(0, days, isWithinHalfHour: false));
        Score($"clicked within 30m, days {late + 1} to {days}", truth.Score(late, days, isWithinHalfHour: true));
        Score("of it before the drift", truth.Score(late, truth.DriftDay, isWithinHalfHour: true));
        Score("of it after the drift", truth.Score(truth.DriftDay, days, isWithinHalfHour: true));
        var random = new RandomStream(1);
        var requests = Enumerable.Range(0, truth.RequestCount).Where(r => truth.Day(r) >= late).ToArray();
        random.Shuffle<int>(requests);
        requests = [.. requests.Take(count).Order()];
        Report("shown, with its exploration, at logged prices", truth, requests, truth.Shown, truth.ShownPrices);
        Report("the logging policy's own order", truth, requests, r => [.. truth.Greedy(r).Take(truth.Options.Places)]);
        Report("random", truth, requests, r => Random(truth, random, r));
        Report("best", truth, requests, r => truth.BestPage(r, truth.Options.Places));
        return 0;
    }

    private static void Score(string name, TruthScore score) => Console.WriteLine(
        $"{name}: {score.Impressions:N0} impressions, {score.Clicks:N0} clicks ({score.ClickRate:0.00%}), the truth's log loss "
        + $"{score.LogLoss:0.00000}, NE {score.NormalisedEntropy:0.00000}, calibration {score.Calibration:0.000}");

    private static void Report(string name, AdsTruth truth, int[] requests, Func<int, int[]> page, Func<int, double[]>? prices = null)
    {
        var regret = new AuctionRegret(truth);
        var (first, pages) = (0.0, 0);
        foreach (var request in requests)
        {
            var shown = page(request);
            regret.Add(request, shown, prices?.Invoke(request));
            if (shown.Length == 0) { continue; }
            first += truth.ClickChance(request, shown[0], 1);
            pages++;
        }
        Console.WriteLine($"{name}: a page's expected welfare and revenue; its first ad is clicked with {first / pages:0.0%}");
        foreach (var slice in regret.Results())
        {
            Console.WriteLine(
                $"  {slice.Slice,-24} {slice.Requests,7:N0} requests  {slice.Value:0.0000} of {slice.Best:0.0000} ({slice.Efficiency:0%}), "
                + $"regret {slice.Regret:0.0000}; revenue {slice.Revenue:0.0000}, of the best {slice.RevenueOfBest:0.0000}");
        }
    }

    private static int[] Random(AdsTruth truth, RandomStream random, int request)
    {
        List<int> page = [];
        while (page.Count < truth.Options.Places)
        {
            var ad = random.NextInt32(truth.AdCount);
            if (truth.CanShow(request, ad) && truth.ValuesOfPage(request, [.. page, ad])[^1] > 0) { page.Add(ad); }
        }
        return [.. page];
    }
}
