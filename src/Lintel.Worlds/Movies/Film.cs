namespace Lintel.Worlds.Movies;

/// <summary>One film of the catalogue, and what nobody may know of it.</summary>
internal sealed record Film
{
    public required int Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Indexes into <see cref="FilmCatalogue.Genres"/>, one to three, ascending.</summary>
    public required int[] Genres { get; init; }

    public string? Franchise { get; init; }

    public required int Year { get; init; }

    public required int Minutes { get; init; }

    /// <summary>Least age: 0, 6, 12, 16 or 18.</summary>
    public required int Maturity { get; init; }

    /// <summary>Seconds since the first midnight, below 0 before it.</summary>
    public required long Released { get; init; }

    /// <summary>Likewise; null: without end.</summary>
    public long? LicensedUntil { get; init; }

    /// <summary>The film that it is a re-release of, or itself: who has seen one has seen both.</summary>
    public required int Work { get; init; }

    /// <summary>How good it is to anyone, standard normal.</summary>
    public required double Quality { get; init; }

    /// <summary>How much its name alone makes people press play, standard normal.</summary>
    public required double Fame { get; init; }

    /// <summary>What it is like, [<see cref="FilmCatalogue.Rank"/>].</summary>
    public required double[] Factors { get; init; }

    public bool IsThere(long second) => Released <= second && (LicensedUntil is not { } until || second < until);
}
