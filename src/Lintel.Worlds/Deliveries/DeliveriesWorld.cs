namespace Lintel.Worlds.Deliveries;

/// <summary>Writes the deliveries world: <c>stores.parquet</c> and, by week, <c>orders/</c>, <c>asks/</c>, <c>accepted/</c>,
/// <c>picked_up/</c>, <c>delivered/</c> and <c>cancelled/</c> for designs to read; under <c>truth/</c> what only a judge may know: what
/// cancelled orders would have taken, kitchens as they are, and <c>world.json</c> with the options and the drift, from which
/// <see cref="DeliveriesTruth"/> makes the world again.</summary>
public static class DeliveriesWorld
{
    /// <summary>Changes when the same options would make other bytes, so that older files are made anew.</summary>
    private const int Generation = 1;

    private static readonly WorldMaker<DeliveriesOptions, DeliveriesDescription> Maker = new(Generation, DeliveryFiles.Folders, Write);

    public static World World { get; } = new(
        "delivery-eta",
        "A city's stores with kitchens that fill up, couriers who run short, rush hours, rain, customers who ask again or lose patience, stores "
        + "that open, a change of clocks, and late roadworks in one area.",
        Maker.Make);

    /// <summary>Makes the world's files, or finds the same ones there.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static WorldMade Make(string folder, DeliveriesOptions options, IProgress<double>? progress = null) =>
        Maker.Make(folder, options, progress);

    /// <summary>What <c>truth/world.json</c> says; null: not there, of another release, or cut short.</summary>
    internal static DeliveriesDescription? ReadDescription(string folder) => Maker.Read(folder);

    private static DeliveriesDescription Write(string folder, string truth, DeliveriesOptions options, IProgress<double>? progress)
    {
        var (stores, city) = (Store.Draw(options), new City(options));
        var orders = DeliveriesSimulator.Run(options, stores, city, progress);
        DeliveryFiles.Write(folder, options, city, stores, orders);
        DeliveryFiles.WriteTruth(truth, stores, orders);
        return Describe(options, orders);
    }

    private static DeliveriesDescription Describe(DeliveriesOptions options, List<Order> orders)
    {
        List<DriftMoment> drifts = [];
        if (options.DriftDay < options.Days)
        {
            drifts.Add(new(
                options.FirstDay.AddDays(options.DriftDay), DriftKind.Label, "store.area",
                $"roadworks in area {(1 % options.Areas) + 1}: drives take {City.Roadworks - 1:0%} longer"));
        }
        var minutes = orders.Where(static o => o.CancelledAt is null).Select(static o => (o.Delivered - o.Second) / 60d).Order().ToList();
        return new(
            Generation, options, orders.Count, orders.Sum(static o => o.Asks.Count), orders.Count(static o => o.CancelledAt is not null),
            minutes.Count == 0 ? 0 : Math.Round(minutes[minutes.Count / 2], 1), drifts);
    }
}

/// <summary>What <c>truth/world.json</c> says.</summary>
/// <param name="MedianMinutes">From order to delivery.</param>
public sealed record DeliveriesDescription(
    int Generation, DeliveriesOptions Options, int Orders, int Asks, int Cancelled, double MedianMinutes, IReadOnlyList<DriftMoment> Drifts)
    : WorldDescription<DeliveriesOptions>(Generation, Options, Drifts)
{
    internal override long Records => (long)Orders + Asks;

    internal override string Summary =>
        $"{Orders:N0} orders of {Options.Stores:N0} stores, {Asks:N0} asks, half are there within {MedianMinutes:0.0} minutes, "
        + $"{(double)Cancelled / Math.Max(1, Orders):0.0%} cancelled, {Calendar}";
}
