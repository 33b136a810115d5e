using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lintel.Worlds.Movies;

/// <summary>Writes the movies world: <c>movies.parquet</c>, <c>users.parquet</c>, and by month <c>visits/</c>,
/// <c>impressions/</c> and <c>plays/</c> for designs to read; under <c>truth/</c> what only a judge may know: tastes
/// and films as they are (<c>users.parquet</c>, <c>movies.parquet</c>), and <c>world.json</c> with the options and the
/// drift, from which <see cref="MoviesTruth"/> draws the world again.</summary>
public static class MoviesWorld
{
    /// <summary>Changes when the same options would make other bytes, so that older files are made anew.</summary>
    private const int Generation = 2;

    /// <summary>A play that began on the last day is over a day later.</summary>
    private const int SettleDays = 1;

    private static readonly string[] Folders = ["visits", "impressions", "plays"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static World World { get; } = new(
        "recommendations",
        "Visitors of a film service with tastes, fatigue and an age; pages shown by a policy that explores and logs it; releases, licences, "
        + "re-releases under nearly the same title, and a late turn of fashion.",
        Make);

    /// <summary>Makes what was ordered. Files of the same order are kept while their calendar ended less than four
    /// weeks before today.</summary>
    public static WorldMade Make(WorldOrder order)
    {
        var options = new MoviesOptions { Seed = order.Seed };
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

    /// <summary>The same weekday as the default first day, so late that everything is over by today, and no
    /// later.</summary>
    private static DateOnly FirstDayBefore(DateOnly today, MoviesOptions options)
    {
        var latest = today.AddDays(-options.Days - SettleDays).DayNumber - options.FirstDay.DayNumber;
        return options.FirstDay.AddDays(7 * (int)Math.Floor(latest / 7.0));
    }

    /// <summary>Makes the world's files, or finds the same ones there.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static WorldMade Make(string folder, MoviesOptions options, IProgress<double>? progress = null)
    {
        options.Check();
        if (ReadDescription(folder) is { } there && there.Options == options && Folders.All(f => Directory.Exists(Path.Combine(folder, f))))
        {
            return new(folder, there.Visits + there.Impressions + there.Plays, Line(there), Fresh: false);
        }
        var (films, viewers) = (FilmCatalogue.Draw(options), Viewer.Draw(options));
        var ledger = MoviesSimulator.Run(options, films, viewers, progress);

        // the description comes last: a run cut short is not taken for a whole one
        var truth = Path.GetDirectoryName(DescriptionPath(folder))!;
        Directory.CreateDirectory(truth);
        File.Delete(DescriptionPath(folder));
        MovieFiles.Write(folder, options, films, viewers, ledger);
        MovieFiles.WriteTruth(truth, films, viewers);
        var description = Describe(options, ledger);
        File.WriteAllText(DescriptionPath(folder), JsonSerializer.Serialize(description, Json) + "\n");
        progress?.Report(1);
        return new(folder, description.Visits + description.Impressions + description.Plays, Line(description), Fresh: true);
    }

    /// <summary>What <c>truth/world.json</c> says; null: not there, of another release, or cut short.</summary>
    internal static MoviesDescription? ReadDescription(string folder)
    {
        var path = DescriptionPath(folder);
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize<MoviesDescription>(File.ReadAllText(path), Json) is { Generation: Generation } there
                ? there : null;
        }
        catch (JsonException) { return null; }                       // half written: made anew
    }

    /// <summary>Microseconds since 1970 UTC of a second of the world.</summary>
    internal static long Instant(MoviesOptions options, long second) =>
        (new DateTimeOffset(options.FirstDay, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds() + second) * 1_000_000L;

    private static string DescriptionPath(string folder) => Path.Combine(folder, "truth", "world.json");

    private static MoviesDescription Describe(MoviesOptions options, MovieLedger ledger)
    {
        List<DriftMoment> drifts = [];
        if (options.DriftDay < options.Days)
        {
            var turned = Tastes.Turned(options);
            string Named(int sign) => string.Join(" and ", FilmCatalogue.Genres.Where((_, g) => turned[g] == sign));
            drifts.Add(new(
                options.FirstDay.AddDays(options.DriftDay), DriftKind.Label, "movie.genres", $"{Named(1)} come into fashion, {Named(-1)} go out of it"));
        }
        return new(
            Generation, options, ledger.Visits, ledger.Film.Count, ledger.Share.Count(static s => !double.IsNaN(s)), ledger.Liked.Count(static l => l),
            [.. Enumerable.Range(1, options.Places).Select(Tastes.Examined)], drifts);
    }

    private static string Line(MoviesDescription there)
    {
        var options = there.Options;
        return $"{there.Visits:N0} visits of {options.Users:N0} users, {there.Impressions:N0} films shown of {options.Films:N0}, "
            + $"{there.Plays:N0} played, {there.Likes:N0} liked, {options.FirstDay:yyyy-MM-dd} to "
            + $"{options.FirstDay.AddDays(options.Days - 1):yyyy-MM-dd}";
    }
}

/// <summary>What <c>truth/world.json</c> says.</summary>
/// <param name="Impressions">Films shown.</param>
/// <param name="Examined">Chance that a place is looked at, from the top.</param>
public sealed record MoviesDescription(
    int Generation, MoviesOptions Options, int Visits, int Impressions, int Plays, int Likes, double[] Examined,
    IReadOnlyList<DriftMoment> Drifts);
