using Lintel.Design.Expressions;
using Lintel.Events.Parquet;

namespace Lintel.Worlds.Movies;

/// <summary>Lays the world out in files. An impression is known a second after its visit, and a play when it
/// ended.</summary>
internal static class MovieFiles
{
    public static void Write(string folder, MoviesOptions options, Film[] films, Viewer[] viewers, MovieLedger ledger)
    {
        WriteCatalogues(folder, options, films, viewers);
        WorldFiles.Clear(folder, ["visits", "impressions", "plays"]);
        for (var from = 0; from < ledger.Visits;)
        {
            var month = Month(from);
            var to = from;
            while (to < ledger.Visits && Month(to) == month) { to++; }
            WriteMonth(folder, $"{month.Year:0000}-{month.Month:00}.parquet", options, ledger, from, to);
            from = to;
        }

        (int Year, int Month) Month(int visit)
        {
            var day = options.FirstDay.AddDays(ledger.Day(visit));
            return (day.Year, day.Month);
        }
    }

    public static void WriteTruth(string folder, Film[] films, Viewer[] viewers)
    {
        ParquetFiles.Write(
            Path.Combine(folder, "movies.parquet"),
            [
                new ParquetColumn.Whole("movie_id", [.. films.Select(static f => (long)f.Id)]),
                new ParquetColumn.Whole("work", [.. films.Select(static f => (long)f.Work)]),
                new ParquetColumn.Number("quality", [.. films.Select(static f => f.Quality)]),
                new ParquetColumn.Number("fame", [.. films.Select(static f => f.Fame)]),
                .. Factors("factor", FilmCatalogue.Rank, films, static f => f.Factors),
            ]);
        ParquetFiles.Write(
            Path.Combine(folder, "users.parquet"),
            [
                new ParquetColumn.Whole("user_id", [.. viewers.Select(static v => (long)v.Id)]),
                new ParquetColumn.Number("visits_a_day", [.. viewers.Select(static v => v.VisitRate)]),
                .. Factors("factor", FilmCatalogue.Rank, viewers, static v => v.Factors),
                .. Factors("genre", FilmCatalogue.Genres.Count, viewers, static v => v.Genres),
            ]);
    }

    private static void WriteCatalogues(string folder, MoviesOptions options, Film[] films, Viewer[] viewers)
    {
        Directory.CreateDirectory(folder);
        ParquetFiles.Write(
            Path.Combine(folder, "movies.parquet"),
            new ParquetColumn.Whole("movie_id", [.. films.Select(static f => (long)f.Id)]),
            new ParquetColumn.Text("title", [.. films.Select(static f => f.Title)]),
            new ParquetColumn.Text("genres", [.. films.Select(static f => string.Join('|', f.Genres.Select(static g => FilmCatalogue.Genres[g])))]),
            new ParquetColumn.Text("franchise", [.. films.Select(static f => f.Franchise)]),
            new ParquetColumn.Whole("year", [.. films.Select(static f => (long)f.Year)]),
            new ParquetColumn.Whole("minutes", [.. films.Select(static f => (long)f.Minutes)]),
            new ParquetColumn.Whole("maturity", [.. films.Select(static f => (long)f.Maturity)]),
            new ParquetColumn.Instant("released", [.. films.Select(f => MoviesWorld.Instant(options, f.Released))]),
            new ParquetColumn.Register(
                "licensed_until",
                [.. films.Select(f => f.LicensedUntil is { } until ? MoviesWorld.Instant(options, until) : double.NaN)], DataType.Time));
        ParquetFiles.Write(
            Path.Combine(folder, "users.parquet"),
            new ParquetColumn.Whole("user_id", [.. viewers.Select(static v => (long)v.Id)]),
            new ParquetColumn.Text("region", [.. viewers.Select(static v => Viewer.Regions[v.Region])]),
            new ParquetColumn.Whole("age", [.. viewers.Select(static v => (long)v.Age)]));
    }

    private static void WriteMonth(string folder, string name, MoviesOptions options, MovieLedger ledger, int from, int to)
    {
        int[] visits = [.. Enumerable.Range(from, to - from)];
        ParquetFiles.Write(
            Path.Combine(folder, "visits", name),
            new ParquetColumn.Whole("visit_id", [.. visits.Select(static v => (long)v)]),
            new ParquetColumn.Instant("at", [.. visits.Select(v => MoviesWorld.Instant(options, ledger.Second[v]))]),
            new ParquetColumn.Whole("user_id", [.. visits.Select(v => (long)ledger.Viewer[v])]),
            new ParquetColumn.Text("device", [.. visits.Select(v => Viewer.Devices[ledger.Device[v]])]),
            new ParquetColumn.Text("region", [.. visits.Select(v => Viewer.Regions[ledger.Region[v]])]));

        var places = ledger.Places;
        int[] shown = [.. Enumerable.Range(from * places, (to - from) * places)];
        ParquetFiles.Write(
            Path.Combine(folder, "impressions", name),
            new ParquetColumn.Whole("impression_id", [.. shown.Select(static i => (long)i)]),
            new ParquetColumn.Whole("visit_id", [.. shown.Select(i => (long)(i / places))]),
            new ParquetColumn.Whole("movie_id", [.. shown.Select(i => (long)ledger.Film[i])]),
            new ParquetColumn.Instant("at", [.. shown.Select(i => MoviesWorld.Instant(options, ledger.Second[i / places] + 1))]),
            new ParquetColumn.Whole("position", [.. shown.Select(i => (long)(i % places) + 1)]),
            new ParquetColumn.Number("propensity", [.. shown.Select(i => ledger.Propensity[i])]));

        int[] played = [.. shown.Where(i => !double.IsNaN(ledger.Share[i]))];
        ParquetFiles.Write(
            Path.Combine(folder, "plays", name),
            new ParquetColumn.Whole("impression_id", [.. played.Select(static i => (long)i)]),
            new ParquetColumn.Instant("at", [.. played.Select(i => MoviesWorld.Instant(options, ledger.Second[i / places] + ledger.Begins[i]))]),
            new ParquetColumn.Instant("ended", [.. played.Select(i => MoviesWorld.Instant(options, ledger.Second[i / places] + ledger.Ends[i]))]),
            new ParquetColumn.Number("share", [.. played.Select(i => ledger.Share[i])]),
            new ParquetColumn.Flag("liked", [.. played.Select(i => ledger.Liked[i])]));
    }

    private static IEnumerable<ParquetColumn> Factors<T>(string name, int count, T[] of, Func<T, double[]> values) =>
        Enumerable.Range(0, count).Select(k => new ParquetColumn.Number($"{name}_{k}", [.. of.Select(one => values(one)[k])]));
}
