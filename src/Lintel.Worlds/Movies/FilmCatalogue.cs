using Lintel.Numerics.Random;

namespace Lintel.Worlds.Movies;

/// <summary>Draws the films: most stand alone, some are parts of a franchise, a few are re-releases under nearly the
/// same title.</summary>
internal static class FilmCatalogue
{
    /// <summary>Dimensions of taste.</summary>
    public const int Rank = 8;

    public static IReadOnlyList<string> Genres { get; } =
        ["Action", "Adventure", "Animation", "Comedy", "Crime", "Documentary", "Drama", "Family", "Horror", "Romance", "Thriller", "War"];

    private const int Animation = 2, Family = 7, Horror = 8;
    private const double FranchiseShare = 0.25;
    private static readonly int[] Ages = [0, 6, 12, 16, 18];
    private static readonly string[] First =
    [
        "Amber", "Broken", "Burning", "Copper", "Crimson", "Distant", "Empty", "Endless", "Fallen", "Final", "Forgotten", "Frozen", "Gentle",
        "Golden", "Hidden", "Hollow", "Hungry", "Iron", "Last", "Lonely", "Lost", "Lucky", "Midnight", "Narrow", "Nameless", "Northern", "Old",
        "Pale", "Paper", "Perfect", "Quiet", "Restless", "Rising", "Sacred", "Second", "Secret", "Seventh", "Shattered", "Silent", "Silver",
        "Simple", "Sleeping", "Southern", "Stolen", "Strange", "Sudden", "Sunken", "Tender", "Thin", "Twisted", "Velvet", "Wandering", "Wicked",
        "Wild", "Winter", "Wooden",
    ];
    private static readonly string[] Second =
    [
        "Anchor", "Answer", "Arrow", "Bargain", "Bridge", "Brother", "Castle", "Circus", "City", "Coast", "Crossing", "Crown", "Dance", "Daughter",
        "Desert", "Dream", "Echo", "Empire", "Engine", "Farewell", "Fire", "Forest", "Garden", "Ghost", "Guest", "Harbor", "Harvest", "Heart",
        "Highway", "Horizon", "Hotel", "House", "Island", "Journey", "Kingdom", "Lantern", "Letter", "Mirror", "Mountain", "Neighbor", "Ocean",
        "Orchard", "Passenger", "Piano", "Planet", "Promise", "Rebel", "River", "Road", "Shadow", "Signal", "Sister", "Song", "Station", "Storm",
        "Stranger", "Summer", "Tower", "Train", "Witness",
    ];

    public static Film[] Draw(MoviesOptions options)
    {
        var genreFactors = Enumerable.Range(0, Genres.Count)
            .Select(g => Normals(MovieStreams.Open(options, MovieStreams.Genre, g), Rank)).ToArray();
        var titles = (from a in First from b in Second select $"{a} {b}").ToArray();
        MovieStreams.Open(options, MovieStreams.Titles).Shuffle<string>(titles);
        var films = new Film[options.Films];
        var originals = films.Length - (int)(options.Rereleased * films.Length);
        for (var id = 0; id < originals;)
        {
            // a work: one film, or a franchise of two to six whose parts are alike
            var random = MovieStreams.Open(options, MovieStreams.Work, id);
            var parts = random.NextDouble() < FranchiseShare ? 2 + random.NextInt32(5) : 1;
            var title = titles[id];
            var genres = DrawGenres(random);
            var shared = Normals(random, Rank);
            for (var part = 0; part < parts && id < originals; part++, id++)
            {
                films[id] = DrawFilm(
                    options, genreFactors, id, part == 0 ? title : $"{title} {part + 1}", parts > 1 ? title : null, genres, shared);
            }
        }
        for (var id = originals; id < films.Length; id++)
        {
            var random = MovieStreams.Open(options, MovieStreams.Film, id);
            var original = films[random.NextInt32(originals)];
            while (original.Released > 0) { original = films[random.NextInt32(originals)]; }         // nothing is old before it is new
            films[id] = Rerelease(options, random, original, id);
        }
        return films;
    }

    private static Film DrawFilm(
        MoviesOptions options, double[][] genreFactors, int id, string title, string? franchise, int[] genres, double[] shared)
    {
        var random = MovieStreams.Open(options, MovieStreams.Film, id);
        var own = Normals(random, Rank);
        var factors = new double[Rank];
        for (var k = 0; k < Rank; k++)
        {
            // three parts of variance: what its genres are like, what its franchise is, what it is itself
            var ofGenres = genres.Sum(g => genreFactors[g][k]) / Math.Sqrt(genres.Length);
            factors[k] = (0.6 * ofGenres) + (0.6 * shared[k]) + (0.53 * own[k]);
        }
        var quality = random.NextNormal();
        var fame = random.NextNormal();
        var isNew = random.NextDouble() < options.Released;
        var released = isNew
            ? ((1 + random.NextInt32(options.Days - 1)) * 86_400L) + (6 * 3_600)
            : -86_400L * (15 + random.NextInt32(1_500));
        var ends = random.NextDouble() switch
        {
            < 0.02 => -86_400L * (1 + random.NextInt32(10)),
            < 0.06 => 86_400L * (1 + random.NextInt32(options.Days)),
            _ => (long?)null,
        };
        var age = (int)Math.Floor(-18 * Math.Log(1 - random.NextDouble()));
        var mature = Array.IndexOf(genres, Animation) >= 0 || Array.IndexOf(genres, Family) >= 0 ? random.NextInt32(2)
            : Array.IndexOf(genres, Horror) >= 0 ? 3 + random.NextInt32(2) : 1 + random.NextInt32(4);
        return new()
        {
            Id = id,
            Title = title,
            Genres = genres,
            Franchise = franchise,
            Year = options.FirstDay.Year - (isNew ? 0 : Math.Min(75, 1 + age)),
            Minutes = 75 + random.NextInt32(75),
            Maturity = Ages[mature],
            Released = released,
            LicensedUntil = ends is { } until && until > released ? until : null,
            Work = id,
            Quality = quality,
            Fame = fame,
            Factors = factors,
        };
    }

    /// <summary>The same work again: another id, a title that differs as catalogues do.</summary>
    private static Film Rerelease(MoviesOptions options, RandomStream random, Film original, int id)
    {
        var title = random.NextInt32(5) switch
        {
            0 => original.Title.ToUpperInvariant(),
            1 => $"The {original.Title}",
            2 => original.Title + "!",
            3 => original.Title.Replace(" ", "  ", StringComparison.Ordinal),
            _ => $"{original.Title} (Remastered)",
        };
        return original with
        {
            Id = id,
            Title = title,
            Work = original.Work,
            Year = Math.Min(options.FirstDay.Year - 1, original.Year + 5 + random.NextInt32(20)),
            Released = -86_400L * (15 + random.NextInt32(700)),
            LicensedUntil = null,
            Fame = original.Fame - 0.3,
        };
    }

    private static int[] DrawGenres(RandomStream random)
    {
        int[] all = [.. Enumerable.Range(0, Genres.Count)];
        random.Shuffle<int>(all);
        return [.. all.Take(1 + random.NextInt32(3)).Order()];
    }

    internal static double[] Normals(RandomStream random, int count)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++) { values[i] = random.NextNormal(); }
        return values;
    }
}
