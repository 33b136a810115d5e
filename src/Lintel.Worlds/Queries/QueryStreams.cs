using Lintel.Numerics.Random;

namespace Lintel.Worlds.Queries;

/// <summary>Random streams of the world.</summary>
internal static class QueryStreams
{
    public const ulong Document = 1, Query = 2, Session = 3, Day = 4, Match = 5, Ranker = 6;

    public static RandomStream Open(QueriesOptions options, ulong what, long which = 0, long part = 0) =>
        WorldStreams.Open(options.Seed, what, which, part);

    /// <summary>A draw for a pair, uniform in [0, 1), without a stream.</summary>
    public static double Uniform(QueriesOptions options, ulong what, int query, int document) =>
        (WorldStreams.Salt(options.Seed, what, query, document) >> 11) * (1.0 / (1UL << 53));
}
