namespace Lintel.Design.Expressions;

/// <summary>The calendar over register values: microseconds since 1970 UTC in, numbers and times out. Total: what is
/// missing, or outside the years 1 to 9999, gives missing.</summary>
public static class Calendar
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    /// <summary>The instant as that zone's clocks show it; null when missing or out of range.</summary>
    public static DateTime? Local(double microseconds, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        // a day of room at both ends, for the zone's offset
        if (!(microseconds > -6.2135e16 && microseconds < 2.534e17)) { return null; }
        var utc = DateTime.UnixEpoch.AddTicks((long)Math.Floor(microseconds) * TicksPerMicrosecond);
        return ReferenceEquals(zone, TimeZoneInfo.Utc) ? utc : utc + zone.GetUtcOffset(utc);
    }

    /// <summary>The instant at which that zone's clocks show a time, in microseconds since 1970 UTC; of two, the one in
    /// standard time; in the hour that a spring change leaves out, as if it had not begun.</summary>
    public static double Instant(DateTime local, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var clock = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var offset = ReferenceEquals(zone, TimeZoneInfo.Utc) ? TimeSpan.Zero : zone.GetUtcOffset(clock);
        return (clock.Ticks - offset.Ticks - DateTime.UnixEpoch.Ticks) / TicksPerMicrosecond;
    }

    /// <summary>Monday is 1, Sunday is 7, as in ISO 8601.</summary>
    public static int Weekday(DateTime local) => ((int)local.DayOfWeek + 6) % 7 + 1;
}
