namespace Lintel.Worlds.Ads;

/// <summary>What only a judge may know of an ads world: how likely each user would have clicked each ad at each request and
/// position, and so the best page and what any page is worth. Ads, users, requests and impressions are told by the ids of the
/// events. Not thread-safe.</summary>
/// <remarks>Nothing is read but the options: the world is drawn again from its seed. The value of a page is the welfare that it is
/// expected to make, Σ over positions of p^−½ · P(click if examined) · bid, given what the user had been shown before the request. What
/// could not be shown there is worth nothing: an ad that is not there, whose budget the log had spent by then, which the user
/// has seen as often as the cap allows, or whose advertiser stands higher on the page. As positions count less the lower they stand, the best
/// page has each advertiser's best ad in the order of bid × chance.</remarks>
public sealed class AdsTruth
{
    private readonly AdsOptions _options;
    private readonly Ad[] _ads;
    private readonly AdLedger _ledger;
    private readonly Budgets _budgets;
    private readonly ClickModel _clicks;
    private readonly Sightings _sightings;
    private int _looked = -1;

    internal AdsTruth(AdsOptions options, Ad[] ads, AdLedger ledger, Budgets budgets, ClickModel clicks)
    {
        (_options, _ads, _ledger, _budgets, _clicks) = (options, ads, ledger, budgets, clicks);
        _sightings = new(ads.Length);
    }

    /// <summary>Draws a world again from its options.</summary>
    public static AdsTruth Of(AdsOptions options)
    {
        options.Check();
        var (ads, visitors) = (AdCatalogue.Draw(options), Visitor.Draw(options));
        var clicks = new ClickModel(options, ClickParameters.Draw(options), ads, visitors);
        var (ledger, budgets) = AdsSimulator.Run(options, ads, visitors, clicks);
        return new(options, ads, ledger, budgets, clicks);
    }

    /// <summary>Of the files in a folder.</summary>
    /// <exception cref="InvalidDataException">The folder holds no ads world of this release.</exception>
    public static AdsTruth Read(string folder) => AdsWorld.ReadDescription(folder) is { } there
        ? Of(there.Options)
        : throw new InvalidDataException($"{folder} holds no ads world; 'lintel up ad-click' makes one");

    public AdsOptions Options => _options;

    public int AdCount => _ads.Length;

    public int RequestCount => _ledger.Requests;

    public int ImpressionCount => _ledger.Impressions;

    /// <summary>User of a request.</summary>
    public int User(int request) => _ledger.Visitor[request];

    /// <summary>Slot of a request, as the events name it.</summary>
    public string Slot(int request) => Slots.Name(_ledger.Slot[request]);

    /// <summary>Site of a request's slot.</summary>
    public string Site(int request) => Slots.Sites[Slots.SiteOf(_ledger.Slot[request])];

    /// <summary>Device of a request.</summary>
    public string Device(int request) => Visitor.Devices[_ledger.Device[request]];

    /// <summary>When a request came, microseconds since 1970 UTC.</summary>
    public long At(int request) => AdsWorld.Instant(_options, _ledger.Second[request]);

    /// <summary>Day of a request, from 0.</summary>
    public int Day(int request) => _ledger.Day(request);

    /// <summary>First day of the changed interest; the number of days: never.</summary>
    public int DriftDay => _options.DriftDay;

    /// <summary>What was shown, from the top.</summary>
    public int[] Shown(int request) => [.. Impressions(request).Select(i => (int)_ledger.Ad[i])];

    /// <summary>What a click on each shown ad cost.</summary>
    public double[] ShownPrices(int request) => [.. Impressions(request).Select(i => _ledger.Price[i] / (double)Ad.Ticks)];

    /// <summary>Ids of a request's impressions, from the top.</summary>
    public IEnumerable<int> Impressions(int request) => Enumerable.Range(_ledger.First(request), _ledger.PageLength(request));

    /// <summary>The logging policy's own order, before exploration.</summary>
    public int[] Greedy(int request) =>
        [.. Enumerable.Range(request * _ledger.PoolPlaces, _ledger.PoolCount[request]).Select(i => (int)_ledger.Pool[i])];

    public double Bid(int ad) => _ads[ad].Bid / (double)Ad.Ticks;

    /// <summary>Chance that a position, from 1, is examined.</summary>
    public static double Examined(int position) => ClickModel.Examined(position);

    /// <summary>Chance that an ad that is examined is clicked.</summary>
    public double ClickIfExamined(int request, int ad)
    {
        Look(request);
        return _clicks.IfExamined(User(request), ad, _ledger.Slot[request], _ledger.Device[request], _ledger.Second[request], _sightings.Week(ad));
    }

    /// <summary>Chance that an ad is clicked at a position, whenever.</summary>
    public double ClickChance(int request, int ad, int position) => Examined(position) * ClickIfExamined(request, ad);

    /// <summary>Chance that it is clicked within half an hour.</summary>
    public double ClickWithinHalfHour(int request, int ad, int position) => (1 - _options.LateClicks) * ClickChance(request, ad, position);

    /// <summary>Whether an ad could be shown at a request.</summary>
    public bool CanShow(int request, int ad)
    {
        Look(request);
        return _ads[ad].IsThere(_ledger.Second[request]) && _sightings.Day(ad) < _options.FrequencyCap && _budgets.HadLeft(ad, Day(request), request);
    }

    /// <summary>An ad created within three days before the request.</summary>
    public bool IsNewAd(int request, int ad) => _ads[ad].IsNew(_ledger.Second[request]);

    /// <summary>A user who has been shown nothing within a week.</summary>
    public bool IsColdUser(int request)
    {
        Look(request);
        return _sightings.Count == 0;
    }

    /// <summary>What each position of a page is expected to earn the advertisers: chance × bid; 0 where the ad could not be
    /// shown.</summary>
    public double[] ValuesOfPage(int request, ReadOnlySpan<int> page)
    {
        var values = new double[page.Length];
        for (var i = 0; i < page.Length; i++)
        {
            var counts = CanShow(request, page[i]);
            for (var j = 0; j < i; j++) { counts &= _ads[page[j]].Advertiser != _ads[page[i]].Advertiser; }
            if (counts) { values[i] = ClickChance(request, page[i], i + 1) * Bid(page[i]); }
        }
        return values;
    }

    /// <summary>The welfare that a page is expected to make.</summary>
    public double ValueOfPage(int request, ReadOnlySpan<int> page) => ValuesOfPage(request, page).Sum();

    /// <summary>What the advertisers are expected to pay.</summary>
    /// <param name="prices">Of a click, by position.</param>
    public double RevenueOfPage(int request, ReadOnlySpan<int> page, ReadOnlySpan<double> prices)
    {
        var values = ValuesOfPage(request, page);
        double revenue = 0;
        for (var i = 0; i < page.Length; i++) { revenue += values[i] / Bid(page[i]) * prices[i]; }
        return revenue;
    }

    /// <summary>What clicks on a page would cost if the chances were known: generalised second price in the page's own order, the last
    /// ad at the reserve.</summary>
    public double[] SecondPrices(int request, ReadOnlySpan<int> page)
    {
        var prices = new double[page.Length];
        for (var i = 0; i < page.Length; i++)
        {
            var next = i + 1 < page.Length ? Bid(page[i + 1]) * ClickIfExamined(request, page[i + 1]) : 0;
            prices[i] = Math.Max(_options.Reserve, Math.Min(Bid(page[i]), next / ClickIfExamined(request, page[i])));
        }
        return prices;
    }

    /// <summary>The page of the highest value; shorter where fewer advertisers can be shown.</summary>
    public int[] BestPage(int request, int length)
    {
        var best = new Dictionary<int, (double Value, int Ad)>();
        for (var ad = 0; ad < _ads.Length; ad++)
        {
            if (!CanShow(request, ad)) { continue; }
            var value = Bid(ad) * ClickIfExamined(request, ad);
            if (!best.TryGetValue(_ads[ad].Advertiser, out var other) || value > other.Value) { best[_ads[ad].Advertiser] = (value, ad); }
        }
        return [.. best.Values.OrderByDescending(static b => b.Value).ThenBy(static b => b.Ad).Take(length).Select(static b => b.Ad)];
    }

    /// <summary>How well the truth itself foretells the clicks of some days: no model can do better but by chance.</summary>
    /// <param name="isWithinHalfHour">The label: clicked within half an hour, else clicked at all.</param>
    public TruthScore Score(int fromDay, int toDay, bool isWithinHalfHour)
    {
        var (share, count, clicks, expected, loss) = (isWithinHalfHour ? 1 - _options.LateClicks : 1, 0, 0, 0.0, 0.0);
        for (var i = 0; i < _ledger.Impressions; i++)
        {
            if (_ledger.Day(_ledger.Request[i]) is var day && (day < fromDay || day >= toDay)) { continue; }
            var isPositive = _ledger.IsClicked(i) && !(isWithinHalfHour && _ledger.Delay[i] > 1_800);
            var chance = share * _ledger.Chance[i];
            loss -= Math.Log(isPositive ? chance : 1 - chance);
            expected += chance;
            clicks += isPositive ? 1 : 0;
            count++;
        }
        return new(count, clicks, expected, loss / count);
    }

    private void Look(int request)
    {
        if (_looked == request) { return; }
        _sightings.Look(_ledger, request);
        _looked = request;
    }
}
