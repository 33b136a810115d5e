using Lintel.Numerics.Random;

namespace Lintel.Worlds.Ads;

/// <summary>Simulates requests in the order of time: who comes, what the logging auction shows and at which price, what is
/// clicked and when.</summary>
internal sealed class AdsSimulator
{
    /// <summary>Least seconds between two requests of a user, so that the later one knows what the earlier one showed.</summary>
    public const int LeastPause = 20;

    private readonly AdsOptions _options;
    private readonly Ad[] _ads;
    private readonly Visitor[] _visitors;
    private readonly ClickModel _clicks;
    private readonly OldEstimate _estimate;
    private readonly LoggingAuction _auction;
    private readonly Sightings _sightings;
    private readonly int[] _last;

    private AdsSimulator(AdsOptions options, Ad[] ads, Visitor[] visitors, ClickModel clicks)
    {
        (_options, _ads, _visitors, _clicks) = (options, ads, visitors, clicks);
        Ledger = new(options.Pool);
        Budgets = new(options, ads);
        _estimate = new(options, ads);
        _auction = new(options, ads, _estimate, Budgets);
        _sightings = new(ads.Length);
        _last = new int[visitors.Length];
        Array.Fill(_last, -1);
    }

    private AdLedger Ledger { get; }

    private Budgets Budgets { get; }

    public static (AdLedger Ledger, Budgets Budgets) Run(
        AdsOptions options, Ad[] ads, Visitor[] visitors, ClickModel clicks, IProgress<double>? progress = null)
    {
        var simulator = new AdsSimulator(options, ads, visitors, clicks);
        List<(int Second, int Visitor, byte Slot, byte Device)> coming = [];
        for (var day = 0; day < options.Days; day++)
        {
            coming.Clear();
            foreach (var visitor in visitors) { Come(options, visitor, day, coming); }
            coming.Sort();
            simulator.RunDay(day, coming);
            progress?.Report((day + 1.0) / options.Days);
        }
        return (simulator.Ledger, simulator.Budgets);
    }

    private void RunDay(int day, List<(int Second, int Visitor, byte Slot, byte Device)> coming)
    {
        _estimate.Begin(day);
        var hour = -1;
        foreach (var (second, visitor, slot, device) in coming)
        {
            // hours without a request pass, too
            while (hour < second % 86_400 / 3_600)
            {
                hour++;
                Budgets.BeginHour(hour);
                _auction.BeginHour((day * 86_400) + (hour * 3_600));
            }
            var request = Ledger.Open(visitor, second, slot, device, _last[visitor]);
            _last[visitor] = request;
            Show(request);
            Ledger.Close();
        }
    }

    private static void Come(AdsOptions options, Visitor visitor, int day, List<(int, int, byte, byte)> coming)
    {
        if (day < visitor.Arrives) { return; }
        var random = AdStreams.Open(options, AdStreams.Requests, visitor.Id, day);
        // who arrives comes on that day for sure
        var count = Math.Max(visitor.Arrives > 0 && day == visitor.Arrives ? 1 : 0, random.NextPoisson(visitor.Rate));
        Span<int> seconds = stackalloc int[count];
        for (var i = 0; i < count; i++) { seconds[i] = DayTraffic.DrawSecond(random); }
        seconds.Sort();
        var last = -LeastPause;
        foreach (var second in seconds)
        {
            var slot = Slots.Draw(random);
            var device = random.NextDouble() < 0.7 ? visitor.Device : random.NextInt32(Visitor.Devices.Count);
            if (second - last < LeastPause) { continue; }
            coming.Add(((day * 86_400) + second, visitor.Id, (byte)slot, (byte)device));
            last = second;
        }
    }

    private void Show(int request)
    {
        var (visitor, second) = (Ledger.Visitor[request], Ledger.Second[request]);
        _sightings.Look(Ledger, request);
        Span<int> pool = stackalloc int[_options.Pool];
        Span<double> values = stackalloc double[_options.Pool];
        Span<int> places = stackalloc int[_options.Pool];
        var random = AdStreams.Open(_options, AdStreams.Page, visitor, second);
        var isDrawn = random.NextDouble() < _options.Explored;
        var count = _auction.Rank(_visitors[visitor], second, _sightings, random, pool, values);
        Ledger.PoolCount.Add((byte)count);
        for (var i = 0; i < pool.Length; i++) { Ledger.Pool.Add(i < count ? (ushort)pool[i] : ushort.MaxValue); }

        // places of the pool in the order of the page
        places = places[..count];
        for (var i = 0; i < count; i++) { places[i] = i; }
        if (isDrawn) { random.Shuffle(places); }
        random = AdStreams.Open(_options, AdStreams.Clicks, visitor, second);
        for (var k = 0; k < Math.Min(count, _options.Places); k++)
        {
            var value = values[places[k]];
            var next = k + 1 < count ? values[places[k + 1]] : 0;
            Ledger.Propensity.Add(LoggingAuction.Propensity(_options, count, places[k] == k));
            Expose(request, pool[places[k]], k + 1, LoggingAuction.Price(_options, _ads[pool[places[k]]], value, next), random);
        }
    }

    /// <summary>One ad at one position: is it clicked, and when?</summary>
    private void Expose(int request, int ad, int position, int price, RandomStream random)
    {
        var (visitor, second, day) = (Ledger.Visitor[request], Ledger.Second[request], Ledger.Day(request));
        // four draws for each place, so that one ad's fate does not move the next one's
        var (click, kind, length, again) = (random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble());
        var chance = ClickModel.Examined(position)
            * _clicks.IfExamined(visitor, ad, Ledger.Slot[request], Ledger.Device[request], second, _sightings.Week(ad));
        var isClicked = click < chance;
        Ledger.Request.Add(request);
        Ledger.Ad.Add((ushort)ad);
        Ledger.Price.Add(price);
        Ledger.Chance.Add(chance);
        Ledger.Delay.Add(isClicked ? ClickDelays.Delay(_options, kind, length) : AdLedger.None);
        Ledger.Again.Add(isClicked ? ClickDelays.Again(again) : (byte)0);
        _estimate.Shown(day, ad);
        if (!isClicked) { return; }
        _estimate.Clicked(day, ad);
        Budgets.Charge(ad, price, day, request);
    }
}
