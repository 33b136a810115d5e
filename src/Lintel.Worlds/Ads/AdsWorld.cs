namespace Lintel.Worlds.Ads;

/// <summary>Writes the ads world: <c>ads.parquet</c>, <c>users.parquet</c>, and by week <c>requests/</c>, <c>impressions/</c>
/// and <c>clicks/</c> for designs to read; under <c>truth/</c> what only a judge may know: the chance of a click of each impression
/// (<c>impressions.parquet</c>), ads and users as they are, the click model's tables (<c>parameters.json</c>), and <c>world.json</c> with
/// the options and the drift, from which <see cref="AdsTruth"/> draws the world again.</summary>
public static class AdsWorld
{
    /// <summary>Changes when the same options would make other bytes, so that older files are made anew.</summary>
    private const int Generation = 1;

    private static readonly WorldMaker<AdsOptions, AdsDescription> Maker = new(Generation, AdFiles.Folders, Write);

    public static World World { get; } = new(
        "ad-click",
        "Users of a few sites with told and hidden interests and fatigue; pages of ads by second-price auctions with budgets, pacing, caps and "
        + "logged exploration; late and doubled clicks, new ads every day, and a late turn of interest.",
        Maker.Make);

    /// <summary>Makes the world's files, or finds the same ones there.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static WorldMade Make(string folder, AdsOptions options, IProgress<double>? progress = null) => Maker.Make(folder, options, progress);

    /// <summary>What <c>truth/world.json</c> says; null: not there, of another release, or cut short.</summary>
    internal static AdsDescription? ReadDescription(string folder) => Maker.Read(folder);

    /// <summary>Microseconds since 1970 UTC of a second of the world.</summary>
    internal static long Instant(AdsOptions options, long second) => WorldFiles.Instant(options, second);

    private static AdsDescription Write(string folder, string truth, AdsOptions options, IProgress<double>? progress)
    {
        var (ads, visitors, parameters) = (AdCatalogue.Draw(options), Visitor.Draw(options), ClickParameters.Draw(options));
        var (ledger, _) = AdsSimulator.Run(options, ads, visitors, new(options, parameters, ads, visitors), progress);
        AdFiles.Write(folder, options, ads, visitors, ledger);
        AdFiles.WriteTruth(truth, options, ads, visitors, ledger);
        File.WriteAllText(Path.Combine(truth, "parameters.json"), WorldMaker.Text(parameters));
        return Describe(options, parameters, ledger);
    }

    private static AdsDescription Describe(AdsOptions options, ClickParameters parameters, AdLedger ledger)
    {
        List<DriftMoment> drifts = [];
        if (options.DriftDay < options.Days)
        {
            string Named(int sign) => string.Join(" and ", Ad.Categories.Where((_, c) => Math.Sign(parameters.Turned[c]) == sign));
            drifts.Add(new(
                options.FirstDay.AddDays(options.DriftDay), DriftKind.Label, "ad.category",
                $"{Named(1)} are clicked more than before, {Named(-1)} less"));
        }
        var clicks = Enumerable.Range(0, ledger.Impressions).Count(ledger.IsClicked);
        return new(
            Generation, options, ledger.Requests, ledger.Impressions, clicks, clicks + ledger.Again.Count(static a => a > 0),
            [.. Enumerable.Range(1, options.Places).Select(ClickModel.Examined)], drifts);
    }
}

/// <summary>What <c>truth/world.json</c> says.</summary>
/// <param name="Clicks">Impressions that were clicked.</param>
/// <param name="LoggedClicks">Rows of <c>clicks/</c>: some are logged twice.</param>
/// <param name="Examined">Chance that a position is examined, from the top.</param>
public sealed record AdsDescription(
    int Generation, AdsOptions Options, int Requests, int Impressions, int Clicks, int LoggedClicks, double[] Examined,
    IReadOnlyList<DriftMoment> Drifts)
    : WorldDescription<AdsOptions>(Generation, Options, Drifts)
{
    internal override long Records => (long)Requests + Impressions + LoggedClicks;

    internal override string Summary =>
        $"{Requests:N0} requests of {Options.Users:N0} users, {Impressions:N0} impressions of {Options.Ads:N0} ads, "
        + $"{Clicks:N0} clicked ({(double)Clicks / Math.Max(1, Impressions):0.0%}), {Calendar}";
}
