using Lintel.Numerics.Random;

namespace Lintel.Worlds.Ads;

/// <summary>Where ads stand: sites with two slots each.</summary>
internal static class Slots
{
    public static IReadOnlyList<string> Sites { get; } = ["forum", "games", "news", "recipes", "sport", "weather"];

    private static readonly string[] Edges = ["side", "top"];

    // shares of the sites and of the top slots
    private static readonly double[] SiteShares = [0.12, 0.1, 0.34, 0.1, 0.16, 0.18];

    private const double TopShare = 0.6;

    public static int Count => Sites.Count * Edges.Length;

    public static int SiteOf(int slot) => slot / Edges.Length;

    public static string Name(int slot) => $"{Sites[SiteOf(slot)]}-{Edges[slot % Edges.Length]}";

    public static int Draw(RandomStream random)
    {
        var (u, site) = (random.NextDouble(), 0);
        while (site < Sites.Count - 1 && u >= SiteShares[site]) { u -= SiteShares[site++]; }
        return (site * Edges.Length) + (random.NextDouble() < TopShare ? 1 : 0);
    }
}
