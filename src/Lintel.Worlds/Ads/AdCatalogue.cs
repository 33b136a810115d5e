namespace Lintel.Worlds.Ads;

/// <summary>Draws the ads: advertisers run campaigns, a campaign has one category and a few creatives, an ad shows one of
/// them at a bid and a daily budget of its own.</summary>
internal static class AdCatalogue
{
    private const double OfAdvertiser = 0.25, OfCreative = 0.4, OfAd = 0.15;
    private const double LowestBid = 0.1, HighestBid = 5;

    public static Ad[] Draw(AdsOptions options)
    {
        var ads = new Ad[options.Ads];
        var levels = AdStreams.Normals(AdStreams.Open(options, AdStreams.Parameters, 1), Ad.Categories.Count, 0.4);
        // all budgets together are a little more than what is clicked: the ads that rank first run out, the others do not
        var clicks = options.Users * options.RequestRate * Math.Min(options.Places, 4) * 0.1 / (options.Ads * 0.75);
        var (campaign, creative) = (0, 0);
        for (var (id, advertiser) = (0, 0); id < ads.Length; advertiser++)
        {
            var random = AdStreams.Open(options, AdStreams.Advertiser, advertiser);
            var reputation = OfAdvertiser * random.NextNormal();
            var home = random.NextInt32(Ad.Categories.Count);
            for (var left = 1 + random.NextInt32(4); left > 0 && id < ads.Length; left--, campaign++)
            {
                var category = random.NextDouble() < 0.75 ? home : random.NextInt32(Ad.Categories.Count);
                var creatives = new (int Id, int Format, double Quality)[1 + random.NextInt32(4)];
                for (var c = 0; c < creatives.Length; c++)
                {
                    creatives[c] = (creative++, random.NextInt32(Ad.Formats.Count), OfCreative * random.NextNormal());
                }
                for (var count = 2 + random.NextInt32(7); count > 0 && id < ads.Length; count--, id++)
                {
                    ads[id] = DrawAd(options, id, advertiser, campaign, category, creatives, reputation, levels[category], clicks);
                }
            }
        }
        return ads;
    }

    private static Ad DrawAd(
        AdsOptions options, int id, int advertiser, int campaign, int category, (int Id, int Format, double Quality)[] creatives,
        double reputation, double level, double clicks)
    {
        var random = AdStreams.Open(options, AdStreams.Ad, id);
        var (creative, format, quality) = creatives[random.NextInt32(creatives.Length)];
        var bid = Math.Round(Math.Clamp(Math.Exp(-0.5 + level + (0.5 * random.NextNormal())), LowestBid, HighestBid), 2);
        // never less than two clicks: a budget that nothing fits in is no budget
        var budget = Math.Round(bid * Math.Max(2, clicks * Math.Exp(0.8 * random.NextNormal())), 2);
        var isNew = random.NextDouble() < options.Created;
        var hour = 7 + random.NextInt32(12);
        var created = 3_600L * (hour + (24 * (isNew ? 1 + random.NextInt32(options.Days - 1) : -1 - random.NextInt32(90))));
        var ended = random.NextDouble() < 0.15 ? 86_400L * (1 + random.NextInt32(options.Days)) : (long?)null;
        return new()
        {
            Id = id,
            Advertiser = advertiser,
            Campaign = campaign,
            Creative = creative,
            Category = category,
            Format = format,
            Bid = (int)Math.Round(bid * Ad.Ticks),
            Budget = (long)Math.Round(budget * Ad.Ticks),
            Created = created,
            Ended = ended > created + 86_400 ? ended : null,
            Quality = reputation + quality + (OfAd * random.NextNormal()),
        };
    }
}
