namespace Lintel.Worlds.Ads;

/// <summary>What pages of ads were worth beside the best ones, over many requests and by slice. Not thread-safe.</summary>
/// <remarks>A slice of requests (users who were shown nothing within a week, the others) sums whole pages. Of new ads
/// the slice sums what they add to the given pages and to the best ones: where the best pages earn much more from them than the
/// given ones, they are shown too little. The best page maximises welfare and is priced as if its chances were known; it
/// need not be the one that earns the site most.</remarks>
public sealed class AuctionRegret(AdsTruth truth)
{
    private readonly SortedDictionary<string, AuctionSlice> _slices = new(StringComparer.Ordinal);

    /// <summary>Adds a request's page, from the top, beside the best page of as many positions as the world has.</summary>
    /// <param name="prices">What a click on each costs; null: second prices as if the chances were known.</param>
    public void Add(int request, ReadOnlySpan<int> page, double[]? prices = null)
    {
        var best = truth.BestPage(request, truth.Options.Places);
        var (mine, most) = (truth.ValuesOfPage(request, page), truth.ValuesOfPage(request, best));
        prices ??= truth.SecondPrices(request, page);
        var whole = new AuctionSlice(
            "all", 1, mine.Sum(), most.Sum(), truth.RevenueOfPage(request, page, prices),
            truth.RevenueOfPage(request, best, truth.SecondPrices(request, best)));
        Sum(whole);
        Sum(whole with { Slice = truth.IsColdUser(request) ? "requests of cold users" : "requests of known users" });
        double[] own = [.. page.ToArray().Select((ad, i) => truth.IsNewAd(request, ad) ? mine[i] : 0)];
        double[] theirs = [.. best.Select((ad, i) => truth.IsNewAd(request, ad) ? most[i] : 0)];
        double Paid(ReadOnlySpan<double> values, ReadOnlySpan<int> of, ReadOnlySpan<double> at)
        {
            double paid = 0;
            for (var i = 0; i < of.Length; i++) { paid += values[i] / truth.Bid(of[i]) * at[i]; }
            return paid;
        }
        Sum(new("new ads", 1, own.Sum(), theirs.Sum(), Paid(own, page, prices), Paid(theirs, best, truth.SecondPrices(request, best))));
    }

    /// <summary>By slice, alphabetically; means over its requests.</summary>
    public IReadOnlyList<AuctionSlice> Results() => [.. _slices.Values.Select(static s => s with
    {
        Value = s.Value / s.Requests,
        Best = s.Best / s.Requests,
        Revenue = s.Revenue / s.Requests,
        RevenueOfBest = s.RevenueOfBest / s.Requests,
    })];

    private void Sum(AuctionSlice one)
    {
        var sum = _slices.GetValueOrDefault(one.Slice) ?? new(one.Slice, 0, 0, 0, 0, 0);
        _slices[one.Slice] = new(
            one.Slice, sum.Requests + 1, sum.Value + one.Value, sum.Best + one.Best, sum.Revenue + one.Revenue,
            sum.RevenueOfBest + one.RevenueOfBest);
    }
}

/// <param name="Value">Expected welfare of a page: chance × bid.</param>
/// <param name="Best">The same of the best page.</param>
/// <param name="Revenue">What clicks on a page are expected to pay.</param> <param name="RevenueOfBest">The same of the best
/// page.</param>
public sealed record AuctionSlice(string Slice, int Requests, double Value, double Best, double Revenue, double RevenueOfBest)
{
    public double Regret => Best - Value;

    /// <summary>Share of the best pages' value.</summary>
    public double Efficiency => Value / Best;
}
