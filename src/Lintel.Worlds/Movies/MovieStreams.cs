using Lintel.Numerics.Random;

namespace Lintel.Worlds.Movies;

/// <summary>Random streams of the world: one for each thing that is drawn, so that more users or days change nothing of
/// the others.</summary>
internal static class MovieStreams
{
    public const ulong Genre = 1, Work = 2, Film = 3, User = 4, Visit = 5, Titles = 6, Page = 7, Watching = 8;

    public static RandomStream Open(MoviesOptions options, ulong what, long which = 0, int day = 0) =>
        new(options.Seed, RandomStream.Mix((what << 56) ^ ((ulong)which << 16) ^ (uint)day));
}
