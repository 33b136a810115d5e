using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lintel.Worlds.Ads;

/// <summary>Writes the ads world: <c>ads.parquet</c>, <c>users.parquet</c>, and by week <c>requests/</c>, <c>impressions/</c>
/// and <c>clicks/</c> for designs to read; under <c>truth/</c> what only a judge may know: the chance of a click of each impression
/// (<c>impressions.parquet</c>), ads and users as they are, the click model's tables (<c>parameters.json</c>), and <c>world.json</c> with
/// the options and the drift, from which <see cref="AdsTruth"/> draws the world again.</summary>
public static class AdsWorld
{
    /// <summary>Changes when the same options would make other bytes, so that older files are made anew.</summary>
    private const int Generation = 1;

    /// <summary>A click is logged at most so much later than its impression.</summary>
    private const int SettleDays = 1 + (ClickDelays.Longest / 86_400);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static World World { get; } = new(
        "ad-click",
        "Users of a few sites with told and hidden interests and fatigue; pages of ads by second-price auctions with budgets, pacing, caps and "
        + "logged exploration; late and doubled clicks, new ads every day, and a late turn of interest.",
        Make);

    /// <summary>Makes what was ordered. Files of the same order are kept while their calendar ended less than four weeks before
    /// today.</summary>
    public static WorldMade Make(WorldOrder order)
    {
        var options = new AdsOptions { Seed = order.Seed };
        if (order.Days is { } days) { options = options with { Days = days }; }
        if (order.Today is { } today)
        {
            var there = ReadDescription(order.Folder)?.Options;
            var isRecent = there is not null && there with { FirstDay = options.FirstDay } == options
                && today.DayNumber - there.FirstDay.AddDays(there.Days).DayNumber is >= 0 and < 28;
            options = options with { FirstDay = isRecent ? there!.FirstDay : FirstDayBefore(today, options) };
        }
        return Make(order.Folder, options, order.Progress);
    }

    /// <summary>The same weekday as the default first day, so late that every click is logged by today, and no later.</summary>
    private static DateOnly FirstDayBefore(DateOnly today, AdsOptions options)
    {
        var latest = today.AddDays(-options.Days - SettleDays).DayNumber - options.FirstDay.DayNumber;
        return options.FirstDay.AddDays(7 * (int)Math.Floor(latest / 7.0));
    }

    /// <summary>Makes the world's files, or finds the same ones there.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static WorldMade Make(string folder, AdsOptions options, IProgress<double>? progress = null)
    {
        options.Check();
        if (ReadDescription(folder) is { } there && there.Options == options && AdFiles.Folders.All(f => Directory.Exists(Path.Combine(folder, f))))
        {
            return Made(folder, there, isFresh: false);
        }
        var (ads, visitors, parameters) = (AdCatalogue.Draw(options), Visitor.Draw(options), ClickParameters.Draw(options));
        var (ledger, _) = AdsSimulator.Run(options, ads, visitors, new(options, parameters, ads, visitors), progress);

        // the description comes last: a run cut short is not taken for a whole one
        var truth = Path.GetDirectoryName(DescriptionPath(folder))!;
        Directory.CreateDirectory(truth);
        File.Delete(DescriptionPath(folder));
        AdFiles.Write(folder, options, ads, visitors, ledger);
        AdFiles.WriteTruth(truth, options, ads, visitors, ledger);
        File.WriteAllText(Path.Combine(truth, "parameters.json"), JsonSerializer.Serialize(parameters, Json) + "\n");
        var description = Describe(options, parameters, ledger);
        File.WriteAllText(DescriptionPath(folder), JsonSerializer.Serialize(description, Json) + "\n");
        progress?.Report(1);
        return Made(folder, description, isFresh: true);
    }

    /// <summary>What <c>truth/world.json</c> says; null: not there, of another release, or cut short.</summary>
    internal static AdsDescription? ReadDescription(string folder)
    {
        var path = DescriptionPath(folder);
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize<AdsDescription>(File.ReadAllText(path), Json) is { Generation: Generation } there
                ? there : null;
        }
        catch (JsonException) { return null; }                       // half written: made anew
    }

    /// <summary>Microseconds since 1970 UTC of a second of the world.</summary>
    internal static long Instant(AdsOptions options, long second) =>
        (new DateTimeOffset(options.FirstDay, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds() + second) * 1_000_000L;

    private static string DescriptionPath(string folder) => Path.Combine(folder, "truth", "world.json");

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

    private static WorldMade Made(string folder, AdsDescription there, bool isFresh)
    {
        var options = there.Options;
        return new(
            folder, there.Requests + there.Impressions + there.LoggedClicks,
            $"{there.Requests:N0} requests of {options.Users:N0} users, {there.Impressions:N0} impressions of {options.Ads:N0} ads, "
            + $"{there.Clicks:N0} clicked ({(double)there.Clicks / Math.Max(1, there.Impressions):0.0%}), {options.FirstDay:yyyy-MM-dd} to "
            + $"{options.FirstDay.AddDays(options.Days - 1):yyyy-MM-dd}", isFresh);
    }
}

/// <summary>What <c>truth/world.json</c> says.</summary>
/// <param name="Clicks">Impressions that were clicked.</param>
/// <param name="LoggedClicks">Rows of <c>clicks/</c>: some are logged twice.</param>
/// <param name="Examined">Chance that a position is examined, from the top.</param>
public sealed record AdsDescription(
    int Generation, AdsOptions Options, int Requests, int Impressions, int Clicks, int LoggedClicks, double[] Examined,
    IReadOnlyList<DriftMoment> Drifts);
