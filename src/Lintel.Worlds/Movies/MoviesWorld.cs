namespace Lintel.Worlds.Movies;

/// <summary>Writes the movies world: <c>movies.parquet</c>, <c>users.parquet</c>, and by month <c>visits/</c>,
/// <c>impressions/</c> and <c>plays/</c> for designs to read; under <c>truth/</c> what only a judge may know: tastes
/// and films as they are (<c>users.parquet</c>, <c>movies.parquet</c>), and <c>world.json</c> with the options and the
/// drift, from which <see cref="MoviesTruth"/> draws the world again.</summary>
public static class MoviesWorld
{
    /// <summary>Changes when the same options would make other bytes, so that older files are made anew.</summary>
    private const int Generation = 2;

    private static readonly string[] Folders = ["visits", "impressions", "plays"];

    private static readonly WorldMaker<MoviesOptions, MoviesDescription> Maker = new(Generation, Folders, Write);

    public static World World { get; } = new(
        "recommendations",
        "Visitors of a film service with tastes, fatigue and an age; pages shown by a policy that explores and logs it; releases, licences, "
        + "re-releases under nearly the same title, and a late turn of fashion.",
        Maker.Make);

    /// <summary>Makes the world's files, or finds the same ones there.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static WorldMade Make(string folder, MoviesOptions options, IProgress<double>? progress = null) =>
        Maker.Make(folder, options, progress);

    /// <summary>What <c>truth/world.json</c> says; null: not there, of another release, or cut short.</summary>
    internal static MoviesDescription? ReadDescription(string folder) => Maker.Read(folder);

    /// <summary>Microseconds since 1970 UTC of a second of the world.</summary>
    internal static long Instant(MoviesOptions options, long second) => WorldFiles.Instant(options, second);

    private static MoviesDescription Write(string folder, string truth, MoviesOptions options, IProgress<double>? progress)
    {
        var (films, viewers) = (FilmCatalogue.Draw(options), Viewer.Draw(options));
        var ledger = MoviesSimulator.Run(options, films, viewers, progress);
        MovieFiles.Write(folder, options, films, viewers, ledger);
        MovieFiles.WriteTruth(truth, films, viewers);
        return Describe(options, ledger);
    }

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
}

/// <summary>What <c>truth/world.json</c> says.</summary>
/// <param name="Impressions">Films shown.</param>
/// <param name="Examined">Chance that a place is looked at, from the top.</param>
public sealed record MoviesDescription(
    int Generation, MoviesOptions Options, int Visits, int Impressions, int Plays, int Likes, double[] Examined,
    IReadOnlyList<DriftMoment> Drifts)
    : WorldDescription<MoviesOptions>(Generation, Options, Drifts)
{
    internal override long Records => (long)Visits + Impressions + Plays;

    internal override string Summary =>
        $"{Visits:N0} visits of {Options.Users:N0} users, {Impressions:N0} films shown of {Options.Films:N0}, "
        + $"{Plays:N0} played, {Likes:N0} liked, {Calendar}";
}
