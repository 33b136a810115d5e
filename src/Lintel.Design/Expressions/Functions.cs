using static System.Double;
using static Lintel.Design.Expressions.DataType;

namespace Lintel.Design.Expressions;

/// <summary>Every function of the language, in one table. All are total: a missing argument, or one outside a
/// function's domain, gives missing, and so does a result that is not finite.</summary>
public static class Functions
{
    private const double Second = Units.MicrosecondsPerSecond;

    public static IReadOnlyList<Function> All { get; } =
    [
        new("hour", [Time], Number, "Hour of the day, 0 to 23, in the design's time zone.", "hour(time) <= 6",
            static (a, zone) => Calendar.Local(a[0], zone)?.Hour ?? NaN),
        new("minute", [Time], Number, "Minute of the hour, 0 to 59.", "minute(time)",
            static (a, zone) => Calendar.Local(a[0], zone)?.Minute ?? NaN),
        new("weekday", [Time], Number, "Day of the week: Monday is 1, Saturday 6, Sunday 7.", "weekday(time) >= 6",
            static (a, zone) => Calendar.Local(a[0], zone) is { } t ? Calendar.Weekday(t) : NaN),
        new("monthday", [Time], Number, "Day of the month, 1 to 31.", "monthday(time) = 1",
            static (a, zone) => Calendar.Local(a[0], zone)?.Day ?? NaN),
        new("yearday", [Time], Number, "Day of the year, 1 to 366.", "yearday(time)",
            static (a, zone) => Calendar.Local(a[0], zone)?.DayOfYear ?? NaN),
        new("month", [Time], Number, "Month, 1 to 12.", "month(time) = 12",
            static (a, zone) => Calendar.Local(a[0], zone)?.Month ?? NaN),
        new("year", [Time], Number, "Year.", "year(time) - 1",
            static (a, zone) => Calendar.Local(a[0], zone)?.Year ?? NaN),
        new("day", [Time], Time, "Start of the day: midnight before it, in the design's time zone.", "time - day(time)",
            static (a, zone) => Calendar.Local(a[0], zone) is { } t ? Calendar.Instant(t.Date, zone) : NaN),
        new("date", [Number, Number, Number], Time, "Midnight that starts a day, from year, month, day.",
            "date(2018, 7, 25)",
            static (a, zone) => Date(a[0], a[1], a[2], zone)),
        new("seconds", [Duration], Number, "A duration as a number of seconds.", "seconds(since_last)",
            static (a, _) => a[0] / Second),
        new("minutes", [Duration], Number, "A duration as a number of minutes.", "minutes(delivered.time - order.time)",
            static (a, _) => a[0] / (60 * Second)),
        new("hours", [Duration], Number, "A duration as a number of hours.", "hours(time - day(time))",
            static (a, _) => a[0] / (3_600 * Second)),
        new("days", [Duration], Number, "A duration as a number of days of 24 hours.", "days(since(payment) by card)",
            static (a, _) => a[0] / (86_400 * Second)),
        new("abs", [Number], Number, "Magnitude.", "abs(amount - 100)", static (a, _) => Math.Abs(a[0])),
        new("sign", [Number], Number, "−1, 0 or 1.", "sign(balance)",
            static (a, _) => IsNaN(a[0]) ? NaN : Math.Sign(a[0])),
        new("log", [Number], Number, "Natural logarithm; missing at 0 and below.", "log(1 + amount)",
            static (a, _) => a[0] > 0 ? Math.Log(a[0]) : NaN),
        new("exp", [Number], Number, "e to the power of it; missing where it overflows (above 709.78).",
            "exp(-age / 30)",
            static (a, _) => Finite(Math.Exp(a[0]))),
        new("sqrt", [Number], Number, "Square root; missing below 0.", "sqrt(amount)", static (a, _) =>
            Math.Sqrt(a[0])),
        new("power", [Number, Number], Number,
            "The first to the power of the second; missing where it is no finite real number.",
            "power(amount, 0.25)", static (a, _) => Finite(IsNaN(a[0]) || IsNaN(a[1]) ? NaN : Math.Pow(a[0], a[1]))),
        new("min", [Number, Number], Number, "The smaller of two values (with one argument: the aggregate).",
            "min(amount, 1000)",
            static (a, _) => Math.Min(a[0], a[1])),
        new("max", [Number, Number], Number, "The larger of two values (with one argument: the aggregate).",
            "max(amount, 0)",
            static (a, _) => Math.Max(a[0], a[1])),
        new("clamp", [Number, Number, Number], Number, "The first held between the second and the third.",
            "clamp(amount, 0, 1000)",
            static (a, _) => Math.Min(Math.Max(a[0], a[1]), a[2])),
        new("round", [Number], Number, "Nearest whole number; halves go away from 0.", "round(amount)",
            static (a, _) => Math.Round(a[0], MidpointRounding.AwayFromZero)),
        new("floor", [Number], Number, "Largest whole number that is not above it.", "floor(amount / 10)",
            static (a, _) => Math.Floor(a[0])),
        new("ceiling", [Number], Number, "Smallest whole number that is not below it.", "ceiling(amount / 10)",
            static (a, _) => Math.Ceiling(a[0])),
        new("distance", [Number, Number, Number, Number], Number,
            "Kilometres of the great circle between two places, each as latitude and longitude in degrees; missing outside the earth.",
            "distance(store.lat, store.lon, lat, lon)", static (a, _) => Geography.Distance(a)),
        new("bearing", [Number, Number, Number, Number], Number,
            "Direction from one place to another in degrees clockwise from north, 0 to below 360; missing for the same place.",
            "bearing(store.lat, store.lon, lat, lon)", static (a, _) => Geography.Bearing(a)),
        new("cell", [Number, Number, Number], Number,
            "Number of the cell that a place lies in: latitude and longitude are cut into 2^level parts each, level 0 to 26. At level 15 a cell is "
            + "0.6 km high, and 1.2 km wide at the equator; as an id: `cell(store.lat, store.lon, 15) hashed 16 bits`.",
            "cell(store.lat, store.lon, 15)", static (a, _) => Geography.Cell(a)),
        new("present", [Missing], Bool,
            "Whether a value of any type is there: the one test that missing answers with false.",
            "present(since_last)", static (a, _) => IsNaN(a[0]) ? 0 : 1),
    ];

    private static readonly Dictionary<string, Function> ByName =
        All.ToDictionary(static f => f.Name, StringComparer.Ordinal);

    public static Function? Find(string name) => ByName.GetValueOrDefault(name);

    private static double Date(double year, double month, double day, TimeZoneInfo zone) =>
        year is >= 2 and <= 9998 && month is >= 1 and <= 12 && day >= 1
        && Math.Floor(year) == year && Math.Floor(month) == month && Math.Floor(day) == day
        && day <= DateTime.DaysInMonth((int)year, (int)month)
            ? Calendar.Instant(new((int)year, (int)month, (int)day), zone)
            : NaN;

    private static double Finite(double value) => IsFinite(value) ? value : NaN;
}
