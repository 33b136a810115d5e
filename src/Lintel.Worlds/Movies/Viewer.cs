namespace Lintel.Worlds.Movies;

/// <summary>One user, and what nobody may know of them.</summary>
internal sealed record Viewer
{
    public static IReadOnlyList<string> Regions { get; } = ["north", "south", "east", "west", "islands", "capital"];

    public static IReadOnlyList<string> Devices { get; } = ["tv", "phone", "laptop"];

    public required int Id { get; init; }

    /// <summary>Index into <see cref="Regions"/>.</summary>
    public required int Region { get; init; }

    public required int Age { get; init; }

    /// <summary>First day on which they may visit.</summary>
    public required int Arrives { get; init; }

    /// <summary>Chance of a visit on a day.</summary>
    public required double VisitRate { get; init; }

    /// <summary>Index into <see cref="Devices"/>.</summary>
    public required int Device { get; init; }

    /// <summary>Liking of each genre beyond the usual.</summary>
    public required double[] Genres { get; init; }

    /// <summary>Taste, [<see cref="FilmCatalogue.Rank"/>].</summary>
    public required double[] Factors { get; init; }

    public static Viewer[] Draw(MoviesOptions options)
    {
        // what regions like: the same draw for everyone
        var regional = Regions.Select((_, r) =>
            FilmCatalogue.Normals(MovieStreams.Open(options, MovieStreams.Genre, 1_000 + r), FilmCatalogue.Genres.Count)).ToArray();
        return [.. Enumerable.Range(0, options.Users).Select(id => DrawOne(options, regional, id))];
    }

    private static Viewer DrawOne(MoviesOptions options, double[][] regional, int id)
    {
        var random = MovieStreams.Open(options, MovieStreams.User, id);
        var region = random.NextInt32(Regions.Count);
        var age = random.NextDouble() < 0.08 ? 8 + random.NextInt32(8) : 16 + (int)(64 * random.NextDouble() * random.NextDouble());
        var arrives = random.NextDouble() < options.Arriving ? 1 + random.NextInt32(options.Days - 1) : 0;
        // a product of uniforms: a few visit nearly daily, many seldom; its mean is a quarter
        var rate = Math.Min(0.95, options.VisitRate * 4 * random.NextDouble() * random.NextDouble());
        var genres = FilmCatalogue.Normals(random, FilmCatalogue.Genres.Count);
        for (var g = 0; g < genres.Length; g++) { genres[g] = (0.8 * genres[g]) + (0.4 * regional[region][g]) + OfAge(g, age); }
        return new()
        {
            Id = id,
            Region = region,
            Age = age,
            Arrives = arrives,
            VisitRate = rate,
            Device = random.NextInt32(Devices.Count),
            Genres = genres,
            Factors = FilmCatalogue.Normals(random, FilmCatalogue.Rank),
        };
    }

    /// <summary>Children like animation and family films, the old drama and war.</summary>
    private static double OfAge(int genre, int age) => FilmCatalogue.Genres[genre] switch
    {
        "Animation" or "Family" => age < 16 ? 1.5 : age < 30 ? 0.2 : -0.3,
        "Drama" or "War" => age > 50 ? 0.6 : age < 16 ? -0.8 : 0,
        "Horror" or "Action" => age is > 15 and < 30 ? 0.5 : age > 55 ? -0.5 : 0,
        _ => 0,
    };
}
