using Lintel.Design.Expressions;
using Lintel.Events.Parquet;
using static Lintel.Worlds.WorldFiles;

namespace Lintel.Worlds.Ads;

/// <summary>Lays the world out in files: a file a week, clicks by when they were logged.</summary>
internal static class AdFiles
{
    public static readonly string[] Folders = ["requests", "impressions", "clicks"];

    public static void Write(string folder, AdsOptions options, Ad[] ads, Visitor[] visitors, AdLedger ledger)
    {
        WriteAds(Path.Combine(folder, "ads.parquet"), options, ads);
        WriteUsers(Path.Combine(folder, "users.parquet"), visitors);
        Clear(folder, Folders);
        for (var (day, from) = (0, 0); day < options.Days; day += FileDays)
        {
            var to = from;
            while (to < ledger.Requests && ledger.Day(to) < day + FileDays) { to++; }
            var name = $"{options.FirstDay.AddDays(day):yyyy-MM-dd}.parquet";
            WriteRequests(Path.Combine(folder, "requests", name), options, ledger, from, to);
            WriteImpressions(Path.Combine(folder, "impressions", name), options, ledger, ledger.First(from), ledger.First(to));
            WriteClicks(Path.Combine(folder, "clicks", name), options, ledger, ledger.First(from), ledger.First(to));
            from = to;
        }
    }

    public static void WriteTruth(string folder, AdsOptions options, Ad[] ads, Visitor[] visitors, AdLedger ledger)
    {
        ParquetFiles.Write(
            Path.Combine(folder, "impressions.parquet"),
            new ParquetColumn.Whole("impression_id", Column(0, ledger.Impressions, static i => (long)i)),
            new ParquetColumn.Number("click_chance", [.. ledger.Chance]),
            new ParquetColumn.Number(
                "click_chance_30m", Column(0, ledger.Impressions, i => ledger.Chance[i] * (1 - options.LateClicks))),
            new ParquetColumn.Flag("clicked", Column(0, ledger.Impressions, ledger.IsClicked)));
        ParquetFiles.Write(
            Path.Combine(folder, "ads.parquet"),
            new ParquetColumn.Whole("ad_id", [.. ads.Select(static a => (long)a.Id)]),
            new ParquetColumn.Number("quality", [.. ads.Select(static a => a.Quality)]));
        ParquetFiles.Write(
            Path.Combine(folder, "users.parquet"),
            new ParquetColumn.Whole("user_id", [.. visitors.Select(static v => (long)v.Id)]),
            new ParquetColumn.Number("requests_a_day", [.. visitors.Select(static v => v.Rate)]),
            new ParquetColumn.Number("bias", [.. visitors.Select(static v => v.Bias)]),
            new ParquetColumn.Text("interests", [.. visitors.Select(static v => Named(Ad.Categories.Where((_, c) => v.Interests[c])))]));
    }

    private static void WriteAds(string path, AdsOptions options, Ad[] ads) => ParquetFiles.Write(
        path,
        new ParquetColumn.Whole("ad_id", [.. ads.Select(static a => (long)a.Id)]),
        new ParquetColumn.Text("advertiser", [.. ads.Select(static a => $"advertiser {a.Advertiser}")]),
        new ParquetColumn.Text("campaign", [.. ads.Select(static a => $"campaign {a.Campaign}")]),
        new ParquetColumn.Text("creative", [.. ads.Select(static a => $"creative {a.Creative}")]),
        new ParquetColumn.Text("category", [.. ads.Select(static a => Ad.Categories[a.Category])]),
        new ParquetColumn.Text("format", [.. ads.Select(static a => Ad.Formats[a.Format])]),
        new ParquetColumn.Number("bid", [.. ads.Select(static a => a.Bid / (double)Ad.Ticks)]),
        new ParquetColumn.Number("budget", [.. ads.Select(static a => a.Budget / (double)Ad.Ticks)]),
        new ParquetColumn.Instant("created", [.. ads.Select(a => AdsWorld.Instant(options, a.Created))]),
        new ParquetColumn.Register(
            "ended", [.. ads.Select(a => a.Ended is { } until ? AdsWorld.Instant(options, until) : double.NaN)], DataType.Time));

    private static void WriteUsers(string path, Visitor[] visitors) => ParquetFiles.Write(
        path,
        [
            new ParquetColumn.Whole("user_id", [.. visitors.Select(static v => (long)v.Id)]),
            new ParquetColumn.Whole("age", [.. visitors.Select(static v => (long)v.Age)]),
            new ParquetColumn.Text("region", [.. visitors.Select(static v => Visitor.Regions[v.Region])]),
            new ParquetColumn.Text("interests", [.. visitors.Select(static v => Named(v.Told.Select(static c => Ad.Categories[c])))]),
            // one by one as well: to compare them with an ad's category
            .. Enumerable.Range(0, Visitor.MostInterests).Select(n => new ParquetColumn.Text(
                $"interest_{n + 1}", [.. visitors.Select(v => n < v.Told.Length ? Ad.Categories[v.Told[n]] : null)])),
        ]);

    private static void WriteRequests(string path, AdsOptions options, AdLedger ledger, int from, int to)
    {
        string[] slots = [.. Enumerable.Range(0, Slots.Count).Select(Slots.Name)];
        ParquetFiles.Write(
            path,
            new ParquetColumn.Whole("request_id", Column(from, to, static r => (long)r)),
            new ParquetColumn.Instant("at", Column(from, to, r => AdsWorld.Instant(options, ledger.Second[r]))),
            new ParquetColumn.Whole("user_id", Column(from, to, r => (long)ledger.Visitor[r])),
            new ParquetColumn.Text("slot_id", Column(from, to, r => slots[ledger.Slot[r]])),
            new ParquetColumn.Text("site", Column(from, to, r => Slots.Sites[Slots.SiteOf(ledger.Slot[r])])),
            new ParquetColumn.Text("device", Column(from, to, r => Visitor.Devices[ledger.Device[r]])));
    }

    private static void WriteImpressions(string path, AdsOptions options, AdLedger ledger, int from, int to) => ParquetFiles.Write(
        path,
        new ParquetColumn.Whole("impression_id", Column(from, to, static i => (long)i)),
        new ParquetColumn.Whole("request_id", Column(from, to, i => (long)ledger.Request[i])),
        new ParquetColumn.Instant("at", Column(from, to, i => AdsWorld.Instant(options, ledger.ShownAt(i)))),
        new ParquetColumn.Whole("ad_id", Column(from, to, i => (long)ledger.Ad[i])),
        new ParquetColumn.Whole("position", Column(from, to, i => (long)ledger.Position(i))),
        new ParquetColumn.Number("propensity", Column(from, to, i => ledger.Propensity[i])),
        new ParquetColumn.Number("price", Column(from, to, i => ledger.Price[i] / (double)Ad.Ticks)));

    /// <summary>Clicks of some impressions, in the order in which they were logged.</summary>
    private static void WriteClicks(string path, AdsOptions options, AdLedger ledger, int from, int to)
    {
        List<(int Second, int Impression)> clicks = [];
        for (var i = from; i < to; i++)
        {
            if (!ledger.IsClicked(i)) { continue; }
            clicks.Add((ledger.ShownAt(i) + ledger.Delay[i], i));
            if (ledger.Again[i] > 0) { clicks.Add((ledger.ShownAt(i) + ledger.Delay[i] + ledger.Again[i], i)); }
        }
        clicks.Sort();
        ParquetFiles.Write(
            path,
            new ParquetColumn.Whole("impression_id", [.. clicks.Select(static c => (long)c.Impression)]),
            new ParquetColumn.Instant("at", [.. clicks.Select(c => AdsWorld.Instant(options, c.Second))]));
    }

    private static string? Named(IEnumerable<string> categories) => string.Join('|', categories) is { Length: > 0 } names ? names : null;
}
