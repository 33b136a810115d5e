using Lintel.Worlds.Movies;

namespace Lintel.Worlds.Tests.Movies;

/// <summary>A movies world of a second, shared by the tests that only look at it.</summary>
internal static class SmallMovies
{
    public static readonly MoviesOptions Options = new() { Seed = 3, Films = 600, Users = 1_200, Days = 50 };

    public static readonly Film[] Films = FilmCatalogue.Draw(Options);

    public static readonly Viewer[] Viewers = Viewer.Draw(Options);

    public static readonly MovieLedger Ledger = MoviesSimulator.Run(Options, Films, Viewers);

    /// <summary>A reader of its own for each test: it is not thread-safe.</summary>
    public static MoviesTruth Truth() => new(Options, Films, Viewers, Ledger);
}
