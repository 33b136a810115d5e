using System.Globalization;
using System.Text;
using System.Threading.RateLimiting;
using Lintel.Pipeline.Live;
using Microsoft.AspNetCore.Http;

namespace Lintel.Server.Http;

/// <summary>How much comes in: records a second, by a token bucket, and requests at once. What is past it is refused
/// before anything of it is applied, and told when to come again. Thread-safe.</summary>
/// <remarks>The bucket holds a second's worth, and never less than one request may carry: a quiet second is made up for by a
/// busy one. Whole requests are taken or refused, repeats count as records.</remarks>
internal sealed class Intake : IDisposable
{
    private readonly TokenBucketRateLimiter? _records;
    private readonly double _perSecond;
    private readonly int _maxInFlight;
    private int _inFlight;
    private long _overRate;
    private long _overFlight;

    /// <param name="perSecond">Records a second; null: no limit.</param>
    /// <param name="maxRecords">Most records of one request.</param>
    /// <param name="maxInFlight">Requests that are read, decided or waiting for the disk at once.</param>
    internal Intake(double? perSecond, int maxRecords, int maxInFlight)
    {
        _maxInFlight = maxInFlight;
        if (perSecond is not { } rate) { return; }
        _perSecond = rate;
        // as many whole tokens as the rate allows, at most a hundred times a second
        var period = TimeSpan.FromSeconds(Math.Max(0.01, 1 / rate));
        _records = new(new()
        {
            TokenLimit = (int)Math.Min(int.MaxValue, Math.Max(Math.Ceiling(rate), maxRecords)),
            TokensPerPeriod = (int)Math.Max(1, Math.Round(rate * period.TotalSeconds)),
            ReplenishmentPeriod = period,
            QueueLimit = 0,
            AutoReplenishment = true,
        });
    }

    /// <summary>A request begins; it ends with <see cref="Leave"/>.</summary>
    /// <exception cref="RequestException">Too many are under way.</exception>
    internal void Enter(HttpContext context)
    {
        if (Interlocked.Increment(ref _inFlight) <= _maxInFlight) { return; }
        Leave();
        Interlocked.Increment(ref _overFlight);
        throw Refuse(context, TimeSpan.FromSeconds(1), "too many requests at once",
            $"more than {_maxInFlight} under way", $"at most {_maxInFlight}");
    }

    internal void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Takes a request's records.</summary>
    /// <exception cref="RequestException">They are past the rate.</exception>
    internal void Take(HttpContext context, int records)
    {
        if (_records is null) { return; }
        using var lease = _records.AttemptAcquire(records);
        if (lease.IsAcquired) { return; }
        Interlocked.Increment(ref _overRate);
        // the limiter tells when one more token comes; what is asked for here is a whole request's
        throw Refuse(context, TimeSpan.FromSeconds(records / _perSecond), "too many records a second",
            $"{records} more", $"at most {_perSecond.ToString("N0", CultureInfo.InvariantCulture)} a second");
    }

    internal void Write(StringBuilder text)
    {
        ServerMetrics.Single(text, "lintel_requests_in_flight", "gauge",
            "Requests to decide and events that are under way.", Volatile.Read(ref _inFlight));
        ServerMetrics.Head(text, "lintel_refused_total", "counter", "Requests answered 429, nothing of them accepted.");
        text.Append($"lintel_refused_total{{reason=\"rate\"}} {Interlocked.Read(ref _overRate)}\n");
        text.Append($"lintel_refused_total{{reason=\"in-flight\"}} {Interlocked.Read(ref _overFlight)}\n");
    }

    public void Dispose() => _records?.Dispose();

    private static RequestException Refuse(HttpContext context, TimeSpan after, string what, string got, string expected)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(after.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return new(new RequestFault(StatusCodes.Status429TooManyRequests, "", what, got, expected,
            $"send the same records again in {seconds} s: nothing of this request was accepted"));
    }
}
