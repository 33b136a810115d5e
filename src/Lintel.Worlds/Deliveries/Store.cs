namespace Lintel.Worlds.Deliveries;

/// <summary>A store: where it lies, and what nobody may know of its kitchen.</summary>
internal sealed record Store
{
    public static IReadOnlyList<string> Cuisines { get; } =
        ["burger", "pizza", "sushi", "thai", "indian", "mexican", "salad", "chicken", "dessert", "grocery"];

    // minutes that a kitchen of each cuisine takes, and what stores of one cuisine differ by (of the logarithm)
    private static readonly double[] Cooking = [9, 15, 14, 12, 16, 10, 7, 11, 6, 8];

    private const double Between = 0.35;

    public required int Id { get; init; }

    public required int Area { get; init; }

    /// <summary>Index into <see cref="Cuisines"/>.</summary>
    public required int Cuisine { get; init; }

    /// <summary>Degrees.</summary>
    public required double Latitude { get; init; }

    public required double Longitude { get; init; }

    /// <summary>First day on which it takes orders.</summary>
    public required int Opens { get; init; }

    /// <summary>Share of the demand, before that of others.</summary>
    public required double Popularity { get; init; }

    /// <summary>Minutes that an order of three things takes in an empty kitchen: the median.</summary>
    public required double Kitchen { get; init; }

    /// <summary>Orders that are cooked side by side without delay.</summary>
    public required int Capacity { get; init; }

    public static Store[] Draw(DeliveriesOptions options) => [.. Enumerable.Range(0, options.Stores).Select(id => DrawOne(options, id))];

    private static Store DrawOne(DeliveriesOptions options, int id)
    {
        var random = DeliveryStreams.Open(options, DeliveryStreams.Store, id);
        var (area, cuisine) = (id % options.Areas, random.NextInt32(Cuisines.Count));
        var (latitude, longitude) = City.Centre(options, area);
        return new()
        {
            Id = id,
            Area = area,
            Cuisine = cuisine,
            Latitude = latitude + (0.010 * random.NextNormal()),
            Longitude = longitude + (0.012 * random.NextNormal()),
            Opens = random.NextDouble() < options.Opening ? 1 + random.NextInt32(options.Days - 1) : 0,
            Popularity = 0.1 + (random.NextDouble() * random.NextDouble() * 3),
            Kitchen = random.LogNormal(Cooking[cuisine], Between),
            Capacity = 2 + random.NextInt32(4),
        };
    }
}
