namespace Lintel.Worlds.Deliveries;

/// <summary>Simulates orders in the order of time: kitchens fill up, couriers run short, and both make later orders wait.</summary>
internal sealed class DeliveriesSimulator
{
    /// <summary>Minutes after which a waiting customer loses patience.</summary>
    private const double Patience = 35;

    private readonly DeliveriesOptions _options;
    private readonly Store[] _stores;
    private readonly City _city;
    private readonly int[] _cooking, _open, _carried;
    private readonly PriorityQueue<(Change What, Order Order), (int Second, int Order, int What)> _coming = new();

    private DeliveriesSimulator(DeliveriesOptions options, Store[] stores, City city)
    {
        (_options, _stores, _city) = (options, stores, city);
        _cooking = new int[stores.Length];
        (_open, _carried) = (new int[options.Areas], new int[options.Areas]);
    }

    /// <summary>What happens to an order behind its being placed. The order of members is that of changes at one instant.</summary>
    private enum Change
    {
        AskAgain,
        AskAccepted,
        PickedUp,
        AskPickedUp,
        Gone,
    }

    public static List<Order> Run(DeliveriesOptions options, Store[] stores, City city, IProgress<double>? progress = null)
    {
        var simulator = new DeliveriesSimulator(options, stores, city);
        List<Order> orders = [];
        List<(int Second, int Store)> placed = [];
        for (var day = 0; day < options.Days; day++)
        {
            placed.Clear();
            simulator.Place(day, placed);
            placed.Sort();
            foreach (var (second, store) in placed) { orders.Add(simulator.Take(orders.Count, second, stores[store])); }
            progress?.Report((day + 1.0) / options.Days);
        }
        simulator.Pass(int.MaxValue);
        return orders;
    }

    /// <summary>Who orders where on a day.</summary>
    private void Place(int day, List<(int, int)> placed)
    {
        var random = DeliveryStreams.Open(_options, DeliveryStreams.Demand, day);
        double[] upTo = new double[_stores.Length];
        var total = 0d;
        for (var s = 0; s < upTo.Length; s++) { upTo[s] = total += _stores[s].Opens <= day ? _stores[s].Popularity : 0; }
        for (var from = _city.SecondOf(day); from < _city.SecondOf(day + 1); from += 3_600)
        {
            for (var left = random.NextPoisson(_city.DemandOf(from)); left > 0; left--)
            {
                var s = Array.BinarySearch(upTo, random.NextDouble() * total);
                placed.Add((from + random.NextInt32(3_600), s < 0 ? Math.Min(~s, _stores.Length - 1) : s));
            }
        }
    }

    private Order Take(int id, int second, Store store)
    {
        Pass(second);
        var random = DeliveryStreams.Open(_options, DeliveryStreams.Order, id);
        var (latitude, longitude) = City.Door(store, random);
        var items = 1 + random.NextPoisson(2);
        var isApartment = random.NextDouble() < 0.4;
        var road = Kilometres(store, latitude, longitude) * 1.3;
        var legs = new Legs(
            Accept: 1.2,
            Cook: store.Kitchen * (1 + (0.07 * (items - 3))) * (1 + (0.12 * Math.Max(0, _cooking[store.Id] - store.Capacity))),
            Assign: 1.5 * Math.Exp(1.7 * Math.Min(2, Math.Max(0, Load(store.Area, second) - 0.7))),
            Approach: 4 * _city.Traffic(store.Area, second),
            Drive: Math.Max(1, road * City.MinutesPerKilometre * _city.Traffic(store.Area, second)),
            Hand: isApartment ? 4.5 : 2.5);
        var (accepted, pickedUp, delivered) = legs.Draw(DeliveryStreams.Open(_options, DeliveryStreams.Legs, id));
        var order = new Order
        {
            Id = id,
            Store = store.Id,
            Second = second,
            Items = items,
            Subtotal = (int)(100 * random.LogNormal(9.5 * items, 0.35)),
            Latitude = latitude,
            Longitude = longitude,
            IsApartment = isApartment,
            // a router knows the way, not the rush hour
            Route = Math.Max(0.1, Math.Round(road * City.MinutesPerKilometre * random.LogNormal(0.95, 0.1), 1)),
            Legs = legs,
            Accepted = second + At(accepted),
            PickedUp = second + At(pickedUp),
            Delivered = second + At(delivered),
            CancelledAt = CancelledAfter(id, delivered) is { } minutes ? second + At(minutes) : null,
        };
        Open(order, store);
        return order;
    }

    /// <summary>Orders by courier; many where there is none.</summary>
    private double Load(int area, int second) => (_open[area] + 1d) / Math.Max(0.5, _city.Couriers(area, second));

    private void Open(Order order, Store store)
    {
        _cooking[store.Id]++;
        _open[store.Area]++;
        AskNow(order, AskStage.Placed, order.Second + 1);
        var random = DeliveryStreams.Open(_options, DeliveryStreams.Again, order.Id);
        var again = order.Second + 20 + random.NextInt32(160);
        if (random.NextDouble() < _options.AskedAgain && again < order.Accepted && order.Reaches(again)) { Expect(Change.AskAgain, again, order); }
        if (order.Reaches(order.Accepted + 1)) { Expect(Change.AskAccepted, order.Accepted + 1, order); }
        if (order.Reaches(order.PickedUp))
        {
            Expect(Change.PickedUp, order.PickedUp, order);
            if (order.Reaches(order.PickedUp + 1)) { Expect(Change.AskPickedUp, order.PickedUp + 1, order); }
        }
        Expect(Change.Gone, order.CancelledAt ?? order.Delivered, order);
    }

    private void Expect(Change what, int second, Order order) => _coming.Enqueue((what, order), (second, order.Id, (int)what));

    /// <summary>Lets everything happen that comes before an instant.</summary>
    private void Pass(int second)
    {
        while (_coming.TryPeek(out _, out var next) && next.Second < second)
        {
            var (what, order) = _coming.Dequeue();
            var area = _stores[order.Store].Area;
            switch (what)
            {
                case Change.AskAgain: AskNow(order, AskStage.Again, next.Second); break;
                case Change.AskAccepted: AskNow(order, AskStage.Accepted, next.Second); break;
                case Change.AskPickedUp: AskNow(order, AskStage.PickedUp, next.Second); break;
                case Change.PickedUp:
                    _cooking[order.Store]--;
                    _carried[area]++;
                    break;
                default:
                    _open[area]--;
                    if (order.Reaches(order.PickedUp)) { _carried[area]--; }
                    else { _cooking[order.Store]--; }
                    break;
            }
        }
    }

    private void AskNow(Order order, AskStage stage, int second)
    {
        var area = _stores[order.Store].Area;
        var couriers = _city.Couriers(area, second);
        order.Asks.Add(new(stage, second, couriers, Math.Min(couriers, _carried[area]), _open[area], _city.Rains(second)));
    }

    /// <summary>Minutes after which it is cancelled, if that is before it comes: the hazard is constant, and eight times as high when
    /// patience has ended.</summary>
    private double? CancelledAfter(int id, double delivered)
    {
        if (_options.Cancelled == 0) { return null; }
        var spent = -Math.Log(1 - DeliveryStreams.Open(_options, DeliveryStreams.Fate, id).NextDouble()) / _options.Cancelled;
        var after = spent <= Patience ? spent : Patience + ((spent - Patience) / 8);
        return after < delivered ? after : null;
    }

    private static int At(double minutes) => Math.Max(1, (int)Math.Round(minutes * 60));

    /// <summary>On a plane, which is near enough within a city.</summary>
    private static double Kilometres(Store store, double latitude, double longitude)
    {
        var north = (latitude - store.Latitude) * 111.2;
        var east = (longitude - store.Longitude) * 111.2 * Math.Cos(store.Latitude * Math.PI / 180);
        return Math.Sqrt((north * north) + (east * east));
    }
}
