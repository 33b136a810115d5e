using Lintel.Worlds.Ads;

namespace Lintel.Worlds.Tests.Ads;

/// <summary>An ads world of a second, shared by the tests that only look at it.</summary>
internal static class SmallAds
{
    public static readonly AdsOptions Options = new() { Seed = 3, Ads = 500, Users = 3_000, Days = 15 };

    public static readonly Ad[] Ads = AdCatalogue.Draw(Options);

    public static readonly Visitor[] Visitors = Visitor.Draw(Options);

    public static readonly ClickParameters Parameters = ClickParameters.Draw(Options);

    public static readonly ClickModel Clicks = new(Options, Parameters, Ads, Visitors);

    public static readonly AdLedger Ledger;

    private static readonly Budgets Budgets;

    static SmallAds() => (Ledger, Budgets) = AdsSimulator.Run(Options, Ads, Visitors, Clicks);

    /// <summary>A reader of its own for each test: it is not thread-safe.</summary>
    public static AdsTruth Truth() => new(Options, Ads, Ledger, Budgets, Clicks);
}
