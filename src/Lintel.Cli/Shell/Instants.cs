using System.Globalization;

namespace Lintel.Cli.Shell;

/// <summary>Instants as a person types them.</summary>
internal static class Instants
{
    /// <summary>Microseconds since 1970 UTC of what <c>--at</c> says; null where nothing was said.</summary>
    /// <exception cref="UsageException">It is no date and no ISO 8601 time.</exception>
    public static long? At(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? (time.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond
            : throw new UsageException($"--at: got '{text}', expected a date or an ISO 8601 time");
}
