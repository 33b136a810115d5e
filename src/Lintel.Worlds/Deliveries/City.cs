using Lintel.Numerics.Random;

namespace Lintel.Worlds.Deliveries;

/// <summary>The clock, the weather, the couriers on shift and the traffic of the city.</summary>
internal sealed class City
{
    /// <summary>Roadworks make drives of their area so much longer.</summary>
    public const double Roadworks = 1.35;

    /// <summary>Minutes a free road takes a kilometre.</summary>
    public const double MinutesPerKilometre = 2.2;

    private const double Radius = 0.045;

    // orders of each local hour, relative
    private static readonly double[] Demand =
        [0.2, 0.1, 0.05, 0.02, 0.02, 0.05, 0.2, 0.5, 0.8, 0.9, 1.2, 2.4, 3.2, 2.4, 1.4, 1.3, 1.8, 3.0, 4.4, 4.6, 3.4, 2.0, 1.0, 0.5];

    // what drives take longer by local hour
    private static readonly double[] Rush =
        [0.85, 0.85, 0.85, 0.85, 0.85, 0.9, 1.0, 1.2, 1.3, 1.15, 1.05, 1.1, 1.15, 1.1, 1.1, 1.2, 1.35, 1.45, 1.35, 1.15, 1.0, 0.95, 0.9, 0.85];

    private readonly DeliveriesOptions _options;
    private readonly TimeZoneInfo _zone;
    private readonly DateTimeOffset[] _midnights;
    private readonly bool[] _rain;                              // [hours since the first midnight]
    private readonly double[] _shift;                           // [area × (hours + 1)]: share of the couriers that the plan asked for

    public City(DeliveriesOptions options)
    {
        _options = options;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(options.Zone);
        _midnights = [.. Enumerable.Range(0, options.Days + 2).Select(Midnight)];
        var hours = (options.Days + 2) * 24;
        _rain = new bool[hours];
        var weather = DeliveryStreams.Open(options, DeliveryStreams.Weather);
        for (var h = 1; h < hours; h++)
        {
            // a spell of rain lasts five hours on the average
            _rain[h] = weather.NextDouble() < (_rain[h - 1] ? 0.8 : 0.02);
        }
        _shift = new double[options.Areas * hours];
        var shifts = DeliveryStreams.Open(options, DeliveryStreams.Shifts);
        for (var i = 0; i < _shift.Length; i++) { _shift[i] = Math.Clamp(1 + (0.18 * shifts.NextNormal()), 0.5, 1.6); }
    }

    /// <summary>Real seconds from the first local midnight to a day's: a day of a clock change has 23 or 25 hours.</summary>
    public int SecondOf(int day) => (int)(_midnights[day] - _midnights[0]).TotalSeconds;

    /// <summary>Microseconds since 1970 UTC.</summary>
    public long Instant(int second) => (_midnights[0].ToUnixTimeSeconds() + second) * 1_000_000L;

    public int DayOf(int second)
    {
        var day = second / 86_400;
        while (day > 0 && SecondOf(day) > second) { day--; }
        while (day + 1 < _midnights.Length && SecondOf(day + 1) <= second) { day++; }
        return day;
    }

    public int HourOf(int second) => TimeZoneInfo.ConvertTime(_midnights[0].AddSeconds(second), _zone).Hour;

    public bool IsWeekend(int second) =>
        TimeZoneInfo.ConvertTime(_midnights[0].AddSeconds(second), _zone).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    public bool Rains(int second) => _rain[Math.Min(_rain.Length - 1, second / 3_600)];

    /// <summary>Orders that the whole city places in an hour on the average.</summary>
    public double DemandOf(int second)
    {
        var total = 0d;
        foreach (var hour in Demand) { total += hour; }
        return _options.Orders * Demand[HourOf(second)] / total * (IsWeekend(second) ? 1.25 : 1) * (Rains(second) ? 1.2 : 1);
    }

    /// <summary>Couriers on shift in an area: what the plan asked for, which knows hour and weekday but not the rain, and what came of
    /// it; at least one, but at night there may be none.</summary>
    public int Couriers(int area, int second)
    {
        var hours = second / 3_600;
        var planned = DemandOf(second) / (Rains(second) ? 1.2 : 1) / _options.Areas * 0.62;
        return (int)Math.Round(planned * _shift[(area * (_shift.Length / _options.Areas)) + Math.Min(hours, (_shift.Length / _options.Areas) - 1)]);
    }

    /// <summary>What a drive in an area takes longer than on a free road.</summary>
    public double Traffic(int area, int second) =>
        Rush[HourOf(second)] * (Rains(second) ? 1.2 : 1) * (IsWeekend(second) ? 0.92 : 1)
        * (area == 1 % _options.Areas && second >= SecondOf(_options.DriftDay) ? Roadworks : 1);

    /// <summary>Degrees of an area's middle: areas stand on a circle around the city's.</summary>
    public static (double Latitude, double Longitude) Centre(DeliveriesOptions options, int area)
    {
        var angle = 2 * Math.PI * area / options.Areas;
        return (37.77 + (Radius * Math.Sin(angle)), -122.42 + (1.25 * Radius * Math.Cos(angle)));
    }

    /// <summary>Where an order goes: about two kilometres from its store.</summary>
    public static (double Latitude, double Longitude) Door(Store store, RandomStream random) =>
        (store.Latitude + (0.014 * random.NextNormal()), store.Longitude + (0.017 * random.NextNormal()));

    private DateTimeOffset Midnight(int day)
    {
        var local = _options.FirstDay.AddDays(day).ToDateTime(TimeOnly.MinValue);
        // where clocks change at midnight the day begins an hour later
        while (_zone.IsInvalidTime(local)) { local = local.AddMinutes(30); }
        return new(local, _zone.GetUtcOffset(local));
    }
}
