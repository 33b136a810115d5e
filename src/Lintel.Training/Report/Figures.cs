using System.Globalization;

namespace Lintel.Training.Report;

/// <summary>How figures are written for people: as many digits as the reader can use, a thin space between thousands.</summary>
internal static class Figures
{
    public const string None = "–";

    /// <summary>A figure of a metric: three decimals to 10, then fewer.</summary>
    public static string Of(double? value) => value is not { } v || double.IsNaN(v) ? None
        : double.IsInfinity(v) ? (v > 0 ? "∞" : "−∞")
        : Math.Abs(v) switch
        {
            0 => "0",
            < 0.001 => v.ToString("0.0e+0", CultureInfo.InvariantCulture).Replace('-', '−'),
            < 10 => Signed(v, "0.000"),
            < 100 => Signed(v, "0.0"),
            >= 1e7 => v.ToString("0.00e+0", CultureInfo.InvariantCulture).Replace('-', '−'),
            _ => Signed(v, "#,##0"),
        };

    public static string Of(double? value, string unit) => unit == "share" || unit.Length == 0 || value is null
        ? Of(value) : $"{Of(value)} {unit}";

    public static string Count(double count) => Signed(count, "#,##0");

    /// <summary>At most one decimal, for loads.</summary>
    public static string Load(double? perDay) => perDay is { } v ? Signed(v, "#,##0.#") : None;

    /// <summary>0 to 1 as a percentage.</summary>
    public static string Percent(double? share) => share is not { } v || double.IsNaN(v) ? None
        : v is > 0 and < 0.001 ? $"{(100 * v).ToString("0.###", CultureInfo.InvariantCulture)} %"
        : $"{(100 * v).ToString("0.#", CultureInfo.InvariantCulture)} %";

    public static string Interval(double?[]? interval) => interval is [{ } low, { } high] ? $"{Of(low)} to {Of(high)}" : None;

    public static string Seconds(double seconds) => seconds switch
    {
        < 0.001 => $"{(seconds * 1e6).ToString("0", CultureInfo.InvariantCulture)} µs",
        < 1 => $"{(seconds * 1e3).ToString("0", CultureInfo.InvariantCulture)} ms",
        < 120 => $"{seconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
        _ => $"{(seconds / 60).ToString("0.0", CultureInfo.InvariantCulture)} min",
    };

    public static string Bytes(long bytes) => bytes switch
    {
        < 1 << 20 => $"{(bytes / 1024.0).ToString("0.#", CultureInfo.InvariantCulture)} KiB",
        < 1 << 30 => $"{(bytes / 1048576.0).ToString("0", CultureInfo.InvariantCulture)} MiB",
        _ => $"{(bytes / 1073741824.0).ToString("0.00", CultureInfo.InvariantCulture)} GiB",
    };

    public static string Instant(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The day of an ISO 8601 instant; the text itself when it is none.</summary>
    public static string Day(string? iso) => iso is null ? None
        : DateTimeOffset.TryParse(iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var t)
            ? t.ToUniversalTime().ToString("d MMM yyyy", CultureInfo.InvariantCulture) : iso;

    /// <summary>Messages and notes begin small, as diagnostics do; on a page they are sentences.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Signed(double value, string format) =>
        value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−').Replace(',', '\u2009');
}
