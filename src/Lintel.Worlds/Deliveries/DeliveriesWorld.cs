using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lintel.Worlds.Deliveries;

/// <summary>Writes the deliveries world: <c>stores.parquet</c> and, by week, <c>orders/</c>, <c>asks/</c>, <c>accepted/</c>,
/// <c>picked_up/</c>, <c>delivered/</c> and <c>cancelled/</c> for designs to read; under <c>truth/</c> what only a judge may know: what
/// cancelled orders would have taken, kitchens as they are, and <c>world.json</c> with the options and the drift, from which
/// <see cref="DeliveriesTruth"/> makes the world again.</summary>
public static class DeliveriesWorld
{
    /// <summary>Changes when the same options would make other bytes, so that older files are made anew.</summary>
    private const int Generation = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static World World { get; } = new(
        "delivery-eta",
        "A city's stores with kitchens that fill up, couriers who run short, rush hours, rain, customers who ask again or lose patience, stores "
        + "that open, a change of clocks, and late roadworks in one area.",
        Make);

    /// <summary>Makes what was ordered. Files of the same order are kept while their calendar ended less than four weeks before
    /// today.</summary>
    public static WorldMade Make(WorldOrder order)
    {
        var options = new DeliveriesOptions { Seed = order.Seed };
        if (order.Days is { } days) { options = options with { Days = days }; }
        if (order.Today is { } today)
        {
            var there = ReadDescription(order.Folder)?.Options;
            var isRecent = there is not null && there with { FirstDay = options.FirstDay } == options
                && today.DayNumber - there.FirstDay.AddDays(there.Days).DayNumber is >= 0 and < 28;
            // the same weekday, and a day for the last orders to come
            var latest = today.AddDays(-options.Days - 1).DayNumber - options.FirstDay.DayNumber;
            options = options with { FirstDay = isRecent ? there!.FirstDay : options.FirstDay.AddDays(7 * (int)Math.Floor(latest / 7.0)) };
        }
        return Make(order.Folder, options, order.Progress);
    }

    /// <summary>Makes the world's files, or finds the same ones there.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static WorldMade Make(string folder, DeliveriesOptions options, IProgress<double>? progress = null)
    {
        options.Check();
        if (ReadDescription(folder) is { } there && there.Options == options && DeliveryFiles.Folders.All(f => Directory.Exists(Path.Combine(folder, f))))
        {
            return Made(folder, there, isFresh: false);
        }
        var (stores, city) = (Store.Draw(options), new City(options));
        var orders = DeliveriesSimulator.Run(options, stores, city, progress);

        // the description comes last: a run cut short is not taken for a whole one
        var truth = Path.GetDirectoryName(DescriptionPath(folder))!;
        Directory.CreateDirectory(truth);
        File.Delete(DescriptionPath(folder));
        DeliveryFiles.Write(folder, options, city, stores, orders);
        DeliveryFiles.WriteTruth(truth, stores, orders);
        var description = Describe(options, orders);
        File.WriteAllText(DescriptionPath(folder), JsonSerializer.Serialize(description, Json) + "\n");
        progress?.Report(1);
        return Made(folder, description, isFresh: true);
    }

    /// <summary>What <c>truth/world.json</c> says; null: not there, of another release, or cut short.</summary>
    internal static DeliveriesDescription? ReadDescription(string folder)
    {
        var path = DescriptionPath(folder);
        try
        {
            return File.Exists(path)
                && JsonSerializer.Deserialize<DeliveriesDescription>(File.ReadAllText(path), Json) is { Generation: Generation } there ? there : null;
        }
        catch (JsonException) { return null; }                       // half written: made anew
    }

    private static string DescriptionPath(string folder) => Path.Combine(folder, "truth", "world.json");

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

    private static WorldMade Made(string folder, DeliveriesDescription there, bool isFresh)
    {
        var options = there.Options;
        return new(
            folder, there.Orders + there.Asks,
            $"{there.Orders:N0} orders of {options.Stores:N0} stores, {there.Asks:N0} asks, half are there within {there.MedianMinutes:0.0} minutes, "
            + $"{(double)there.Cancelled / Math.Max(1, there.Orders):0.0%} cancelled, {options.FirstDay:yyyy-MM-dd} to "
            + $"{options.FirstDay.AddDays(options.Days - 1):yyyy-MM-dd}", isFresh);
    }
}

/// <summary>What <c>truth/world.json</c> says.</summary>
/// <param name="MedianMinutes">From order to delivery.</param>
public sealed record DeliveriesDescription(
    int Generation, DeliveriesOptions Options, int Orders, int Asks, int Cancelled, double MedianMinutes, IReadOnlyList<DriftMoment> Drifts);
