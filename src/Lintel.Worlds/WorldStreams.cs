using Lintel.Numerics.Random;

namespace Lintel.Worlds;

/// <summary>Random streams of a world: one for each thing that is drawn, so that more of one kind changes nothing of the
/// others.</summary>
internal static class WorldStreams
{
    /// <param name="what">The kind of thing, 0 to 255.</param> <param name="which">Its number.</param> <param name="part">A part of it.</param>
    public static RandomStream Open(ulong seed, ulong what, long which = 0, long part = 0) => new(seed, Key(what, which, part));

    /// <summary>A hash of the seed and of what is drawn, where a whole stream is too much.</summary>
    public static ulong Salt(ulong seed, ulong what, long which, long part) => RandomStream.Mix(seed ^ Key(what, which, part));

    /// <summary>A log-normal draw.</summary>
    /// <param name="deviation">Of the logarithm.</param>
    public static double LogNormal(this RandomStream random, double median, double deviation) =>
        median * Math.Exp(deviation * random.NextNormal());

    /// <summary>One of some things, every one alike.</summary>
    public static T Pick<T>(this RandomStream random, IReadOnlyList<T> from) => from[random.NextInt32(from.Count)];

    private static ulong Key(ulong what, long which, long part) =>
        RandomStream.Mix(RandomStream.Mix((what << 56) ^ (ulong)which) ^ (ulong)part);
}
