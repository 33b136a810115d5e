namespace Lintel.Training.Splits;

/// <summary>Days of a time zone, numbered from 1970-01-01 there. Instants are microseconds since 1970 UTC.</summary>
public static class CalendarDay
{
    private const long DayMicroseconds = 86_400_000_000;

    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>The day number of an instant.</summary>
    public static int Of(long instant, TimeZoneInfo zone)
    {
        var local = instant + OffsetAt(instant, zone);
        var day = local / DayMicroseconds;
        return (int)(local % DayMicroseconds < 0 ? day - 1 : day);
    }

    /// <summary>Day numbers of many instants.</summary>
    public static int[] Of(ReadOnlySpan<long> instants, TimeZoneInfo zone)
    {
        var days = new int[instants.Length];
        for (var i = 0; i < days.Length; i++) { days[i] = Of(instants[i], zone); }
        return days;
    }

    /// <summary>The instant at which a day begins; where the clock skips midnight, the first instant after it.</summary>
    public static long StartOf(int day, TimeZoneInfo zone)
    {
        var local = DateTime.UnixEpoch.AddDays(day);
        var midnight = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(midnight)) { midnight = midnight.AddMinutes(15); }
        return Microseconds(TimeZoneInfo.ConvertTimeToUtc(midnight, zone));
    }

    public static long StartOf(DateOnly day, TimeZoneInfo zone) => StartOf(day.DayNumber - Epoch, zone);

    /// <summary>An instant as people and scripts read it: ISO 8601, UTC.</summary>
    public static string Iso(long instant)
    {
        var time = DateTime.UnixEpoch.AddTicks(instant * 10);
        return time.ToString(
            time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");
    }

    /// <summary>A duration as the design file writes it: <c>7d</c>, <c>36h</c>, <c>90m</c>, <c>5s</c>.</summary>
    public static string Text(TimeSpan span) => span.Ticks switch
    {
        0 => "0",
        var t when t % TimeSpan.TicksPerDay == 0 => $"{t / TimeSpan.TicksPerDay}d",
        var t when t % TimeSpan.TicksPerHour == 0 => $"{t / TimeSpan.TicksPerHour}h",
        var t when t % TimeSpan.TicksPerMinute == 0 => $"{t / TimeSpan.TicksPerMinute}m",
        _ => $"{span.TotalSeconds:0.######}s",
    };

    internal static long Microseconds(TimeSpan span) => span.Ticks / 10;

    private static long Microseconds(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / 10;

    private static long OffsetAt(long instant, TimeZoneInfo zone) => ReferenceEquals(zone, TimeZoneInfo.Utc)
        ? 0 : zone.GetUtcOffset(DateTime.UnixEpoch.AddTicks(instant * 10)).Ticks / 10;
}
