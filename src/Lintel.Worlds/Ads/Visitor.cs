namespace Lintel.Worlds.Ads;

/// <summary>One user of the sites, and what nobody may know of them.</summary>
internal sealed record Visitor
{
    public static IReadOnlyList<string> Regions { get; } = ["north", "south", "east", "west", "islands", "capital"];

    public static IReadOnlyList<string> Devices { get; } = ["laptop", "phone", "tablet"];

    /// <summary>Most interests of a user.</summary>
    public const int MostInterests = 3;

    private const double OfUser = 0.15;

    public required int Id { get; init; }

    /// <summary>Index into <see cref="Regions"/>.</summary>
    public required int Region { get; init; }

    public required int Age { get; init; }

    /// <summary>First day on which they may come.</summary>
    public required int Arrives { get; init; }

    /// <summary>Mean number of requests on a day.</summary>
    public required double Rate { get; init; }

    /// <summary>Index into <see cref="Devices"/>: the usual one.</summary>
    public required int Device { get; init; }

    /// <summary>Indexes into <see cref="Ad.Categories"/>, in the order in which they were told.</summary>
    public required int[] Told { get; init; }

    /// <summary>By category: whether it interests them, told or not.</summary>
    public required bool[] Interests { get; init; }

    /// <summary>Log odds that they add to a click on anything.</summary>
    public required double Bias { get; init; }

    public static Visitor[] Draw(AdsOptions options) => [.. Enumerable.Range(0, options.Users).Select(id => DrawOne(options, id))];

    private static Visitor DrawOne(AdsOptions options, int id)
    {
        var random = AdStreams.Open(options, AdStreams.User, id);
        int[] order = [.. Enumerable.Range(0, Ad.Categories.Count)];
        random.Shuffle<int>(order);
        var interests = new bool[order.Length];
        List<int> told = [];
        for (var left = random.NextInt32(MostInterests) + 1; left > 0; left--)
        {
            interests[order[left]] = true;
            if (random.NextDouble() >= options.HiddenInterests) { told.Add(order[left]); }
        }
        var arrives = random.NextDouble() < options.Arriving ? 1 + random.NextInt32(options.Days - 1) : 0;
        return new()
        {
            Id = id,
            Region = random.NextInt32(Regions.Count),
            Age = 16 + (int)(64 * random.NextDouble() * random.NextDouble()),
            Arrives = arrives,
            // a product of uniforms: a few come often, many seldom; its mean is a quarter
            Rate = options.RequestRate * 4 * random.NextDouble() * random.NextDouble(),
            Device = random.NextDouble() switch { < 0.35 => 0, < 0.9 => 1, _ => 2 },
            Told = [.. told],
            Interests = interests,
            Bias = OfUser * random.NextNormal(),
        };
    }
}
