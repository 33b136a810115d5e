using Lintel.Numerics.Random;

namespace Lintel.Worlds.Ads;

/// <summary>Random streams of the world: one for each thing that is drawn, so that more users or days change nothing of
/// the others.</summary>
internal static class AdStreams
{
    public const ulong Parameters = 1, Advertiser = 2, Ad = 3, User = 4, Requests = 5, Page = 6, Drift = 7, Guess = 8, Clicks = 9;

    public static RandomStream Open(AdsOptions options, ulong what, long which = 0, long part = 0) =>
        WorldStreams.Open(options.Seed, what, which, part);

    /// <summary>A hash of the seed and of what is drawn, where a whole stream is too much.</summary>
    public static ulong Salt(AdsOptions options, ulong what, long which, long part) =>
        WorldStreams.Salt(options.Seed, what, which, part);

    public static double[] Normals(RandomStream random, int count, double deviation)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++) { values[i] = deviation * random.NextNormal(); }
        return values;
    }
}
