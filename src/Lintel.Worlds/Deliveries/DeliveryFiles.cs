using Lintel.Events.Parquet;

namespace Lintel.Worlds.Deliveries;

/// <summary>Lays the world out in files: a file a week, each record by when it happened.</summary>
internal static class DeliveryFiles
{
    public static readonly string[] Folders = ["orders", "asks", "accepted", "picked_up", "delivered", "cancelled"];

    public static readonly string[] Stages = ["placed", "placed", "accepted", "picked up"];

    public static void Write(string folder, DeliveriesOptions options, City city, Store[] stores, List<Order> orders)
    {
        WriteStores(Path.Combine(folder, "stores.parquet"), city, stores);
        WorldFiles.Clear(folder, Folders);
        var (first, ask) = (0, 0L);
        for (var day = 0; day < options.Days; day += WorldFiles.FileDays)
        {
            var end = city.SecondOf(Math.Min(options.Days, day + WorldFiles.FileDays));
            var next = first;
            while (next < orders.Count && orders[next].Second < end) { next++; }
            var week = orders.GetRange(first, next - first);
            string In(string part) => Path.Combine(folder, part, $"{options.FirstDay.AddDays(day):yyyy-MM-dd}.parquet");
            WriteOrders(In("orders"), city, week);
            ask = WriteAsks(In("asks"), city, week, ask);
            WriteMoments(In("accepted"), city, week, static o => o.Accepted);
            WriteMoments(In("picked_up"), city, week, static o => o.PickedUp);
            WriteMoments(In("delivered"), city, week, static o => o.Delivered);
            WriteMoments(In("cancelled"), city, week, static o => o.CancelledAt, ofEveryOrder: true);
            first = next;
        }
    }

    /// <summary>What became of every order, or would have.</summary>
    public static void WriteTruth(string folder, Store[] stores, List<Order> orders)
    {
        ParquetFiles.Write(
            Path.Combine(folder, "orders.parquet"),
            new ParquetColumn.Whole("order_id", [.. orders.Select(static o => (long)o.Id)]),
            new ParquetColumn.Number("minutes", [.. orders.Select(static o => (o.Delivered - o.Second) / 60d)]),
            new ParquetColumn.Flag("cancelled", [.. orders.Select(static o => o.CancelledAt is not null)]));
        ParquetFiles.Write(
            Path.Combine(folder, "stores.parquet"),
            new ParquetColumn.Whole("store_id", [.. stores.Select(static s => (long)s.Id)]),
            new ParquetColumn.Number("kitchen", [.. stores.Select(static s => s.Kitchen)]),
            new ParquetColumn.Whole("capacity", [.. stores.Select(static s => (long)s.Capacity)]));
    }

    private static void WriteStores(string path, City city, Store[] stores) => ParquetFiles.Write(
        path,
        new ParquetColumn.Whole("store_id", [.. stores.Select(static s => (long)s.Id)]),
        new ParquetColumn.Text("area", [.. stores.Select(static s => $"area {s.Area + 1}")]),
        new ParquetColumn.Text("cuisine", [.. stores.Select(static s => Store.Cuisines[s.Cuisine])]),
        new ParquetColumn.Number("lat", [.. stores.Select(static s => s.Latitude)]),
        new ParquetColumn.Number("lon", [.. stores.Select(static s => s.Longitude)]),
        new ParquetColumn.Instant("opened", [.. stores.Select(s => city.Instant(city.SecondOf(s.Opens)))]));

    private static void WriteOrders(string path, City city, List<Order> orders) => ParquetFiles.Write(
        path,
        new ParquetColumn.Whole("order_id", [.. orders.Select(static o => (long)o.Id)]),
        new ParquetColumn.Instant("at", [.. orders.Select(o => city.Instant(o.Second))]),
        new ParquetColumn.Whole("store_id", [.. orders.Select(static o => (long)o.Store)]),
        new ParquetColumn.Whole("items", [.. orders.Select(static o => (long)o.Items)]),
        new ParquetColumn.Number("subtotal", [.. orders.Select(static o => o.Subtotal / 100d)]),
        new ParquetColumn.Number("lat", [.. orders.Select(static o => o.Latitude)]),
        new ParquetColumn.Number("lon", [.. orders.Select(static o => o.Longitude)]),
        new ParquetColumn.Flag("apartment", [.. orders.Select(static o => o.IsApartment)]),
        new ParquetColumn.Number("route_minutes", [.. orders.Select(static o => o.Route)]));

    private static long WriteAsks(string path, City city, List<Order> orders, long id)
    {
        List<(Order Order, Ask Ask)> asks = [.. orders.SelectMany(static o => o.Asks.Select(a => (o, a)))
            .OrderBy(static a => a.a.Second).ThenBy(static a => a.o.Id)];
        ParquetFiles.Write(
            path,
            new ParquetColumn.Whole("ask_id", [.. asks.Select((_, i) => id + i)]),
            new ParquetColumn.Whole("order_id", [.. asks.Select(static a => (long)a.Order.Id)]),
            new ParquetColumn.Whole("store_id", [.. asks.Select(static a => (long)a.Order.Store)]),
            new ParquetColumn.Instant("at", [.. asks.Select(a => city.Instant(a.Ask.Second))]),
            new ParquetColumn.Text("stage", [.. asks.Select(static a => Stages[(int)a.Ask.Stage])]),
            new ParquetColumn.Whole("onshift", [.. asks.Select(static a => (long)a.Ask.OnShift)]),
            new ParquetColumn.Whole("busy", [.. asks.Select(static a => (long)a.Ask.Busy)]),
            new ParquetColumn.Whole("outstanding", [.. asks.Select(static a => (long)a.Ask.Open)]),
            new ParquetColumn.Flag("rain", [.. asks.Select(static a => a.Ask.Rains)]));
        return id + asks.Count;
    }

    /// <param name="ofEveryOrder">A cancelled order has that moment, too; else it must have been reached.</param>
    private static void WriteMoments(string path, City city, List<Order> orders, Func<Order, int?> moment, bool ofEveryOrder = false)
    {
        List<(int Second, int Order)> moments = [.. orders
            .Where(o => moment(o) is { } at && (ofEveryOrder || o.Reaches(at))).Select(o => (moment(o)!.Value, o.Id)).Order()];
        ParquetFiles.Write(
            path,
            new ParquetColumn.Whole("order_id", [.. moments.Select(static m => (long)m.Order)]),
            new ParquetColumn.Instant("at", [.. moments.Select(m => city.Instant(m.Second))]));
    }
}
