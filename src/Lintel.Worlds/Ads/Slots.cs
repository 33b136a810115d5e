using Lintel.Numerics.Random;

namespace Lintel.Worlds.Ads;

/// <summary>Where ads stand and when people come: sites with two slots each, and the traffic of an hour.</summary>
internal static class Slots
{
    public static IReadOnlyList<string> Sites { get; } = ["forum", "games", "news", "recipes", "sport", "weather"];

    private static readonly string[] Edges = ["side", "top"];

    // shares of the sites and of the top slots
    private static readonly double[] SiteShares = [0.12, 0.1, 0.34, 0.1, 0.16, 0.18];

    private const double TopShare = 0.6;

    // visits by hour of the day: nights are quiet, evenings are not
    private static readonly double[] Hours = [2, 1, 1, 1, 1, 2, 4, 6, 7, 7, 6, 6, 7, 7, 6, 6, 6, 7, 8, 9, 10, 10, 8, 5];

    private static readonly double HoursSum = Hours.Sum();

    public static int Count => Sites.Count * Edges.Length;

    public static int SiteOf(int slot) => slot / Edges.Length;

    public static string Name(int slot) => $"{Sites[SiteOf(slot)]}-{Edges[slot % Edges.Length]}";

    public static int Draw(RandomStream random)
    {
        var (u, site) = (random.NextDouble(), 0);
        while (site < Sites.Count - 1 && u >= SiteShares[site]) { u -= SiteShares[site++]; }
        return (site * Edges.Length) + (random.NextDouble() < TopShare ? 1 : 0);
    }

    /// <summary>A second of the day, none of the last minute.</summary>
    public static int DrawSecond(RandomStream random)
    {
        var (u, hour) = (random.NextDouble() * HoursSum, 0);
        while (hour < 23 && u >= Hours[hour]) { u -= Hours[hour++]; }
        return Math.Min(86_339, (hour * 3_600) + random.NextInt32(3_600));
    }

    /// <summary>Share of a day's visits that came before an hour.</summary>
    public static double Passed(int hour) => Hours.AsSpan(0, hour).ToArray().Sum() / HoursSum;
}
