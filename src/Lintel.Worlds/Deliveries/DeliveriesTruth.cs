namespace Lintel.Worlds.Deliveries;

/// <summary>What nobody may know of the deliveries world: how long each ask's order was going to take, as a distribution. Made again from
/// the options; the same options give the same world.</summary>
public sealed class DeliveriesTruth
{
    private readonly DeliveriesOptions _options;
    private readonly City _city;
    private readonly List<Order> _orders;
    private readonly List<(Order Order, Ask Ask)> _asks;

    private DeliveriesTruth(DeliveriesOptions options, City city, List<Order> orders)
    {
        (_options, _city, _orders) = (options, city, orders);
        // as the files number them: week by week, in the order of time
        _asks = [.. orders.SelectMany(static o => o.Asks.Select(a => (Order: o, Ask: a)))
            .OrderBy(a => city.DayOf(a.Order.Second) / 7).ThenBy(static a => a.Ask.Second).ThenBy(static a => a.Order.Id)];
    }

    public static DeliveriesTruth Of(DeliveriesOptions options)
    {
        options.Check();
        var city = new City(options);
        return new(options, city, DeliveriesSimulator.Run(options, Store.Draw(options), city));
    }

    public DeliveriesOptions Options => _options;

    public int Asks => _asks.Count;

    public int Orders => _orders.Count;

    /// <summary>Minutes from an ask to when the order came or would have come.</summary>
    /// <param name="ask">By <c>ask_id</c>.</param>
    public double Rest(int ask) => (_asks[ask].Order.Delivered - _asks[ask].Ask.Second) / 60d;

    /// <summary>Day of an ask, from 0.</summary>
    public int Day(int ask) => _city.DayOf(_asks[ask].Ask.Second);

    /// <summary>As the files name it: placed, accepted or picked up.</summary>
    public string Stage(int ask) => DeliveryFiles.Stages[(int)_asks[ask].Ask.Stage];

    /// <summary>Whether an ask's order was cancelled.</summary>
    public bool IsCancelled(int ask) => _asks[ask].Order.CancelledAt is not null;

    /// <summary>Quantiles of the minutes from an ask to the delivery, drawn from all that stood at that ask, the kitchen's nature
    /// included: nobody could do better.</summary>
    /// <param name="levels">Rising, 0 to 1.</param> <param name="draws">Draws to take them from.</param>
    public double[] Quantiles(int ask, ReadOnlySpan<double> levels, int draws)
    {
        var (order, asked) = _asks[ask];
        var random = DeliveryStreams.Open(_options, DeliveryStreams.Legs, order.Id, 1 + (long)asked.Stage);
        var waited = (asked.Second - order.Second) / 60d;
        var rest = new double[draws];
        for (var d = 0; d < draws; d++) { rest[d] = order.Legs.DrawRest(asked.Stage, waited, random); }
        Array.Sort(rest);
        var quantiles = new double[levels.Length];
        for (var l = 0; l < levels.Length; l++) { quantiles[l] = rest[Math.Clamp((int)Math.Ceiling(levels[l] * draws) - 1, 0, draws - 1)]; }
        return quantiles;
    }
}
