using System.Collections.Concurrent;
using System.Text;

namespace Lintel.Server.Http;

/// <summary>Counters of one server, written in the Prometheus text format. Safe for many threads.</summary>
internal sealed class ServerMetrics
{
    private const string NoRoute = "none";

    private readonly Dictionary<string, long[]> _requests = [];
    // by outcome: a version that is adopted may bring others
    private readonly ConcurrentDictionary<string, long[]> _decisions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Rule, string Outcome), long[]> _rules = new();
    private long _failed;
    private long _late;
    private long _events;
    private long _repeats;
    private long _batchBytes;

    private readonly List<Action<StringBuilder>> _parts = [];

    internal ServerMetrics(IEnumerable<string> outcomes)
    {
        AddRoute(NoRoute);
        foreach (var outcome in outcomes) { _decisions[outcome] = [0]; }
    }

    /// <summary>Whole requests to <c>/v1/decide</c>, from the first byte read to the answer written.</summary>
    internal Histogram Decide { get; } = new(
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1]);

    /// <summary>From a request read whole to its records standing in the windows, where the next decision sees
    /// them.</summary>
    internal Histogram Freshness { get; } = new(
        [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 1]);

    /// <summary>One write and sync of the log.</summary>
    internal Histogram LogSync { get; } = new(
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1]);

    /// <summary>Counts requests under a name; called before the first request.</summary>
    internal void AddRoute(string name) => _requests.TryAdd(name, new long[600]);

    /// <summary>Lets a group of routes write metrics of its own; called before the first request.</summary>
    internal void Add(Action<StringBuilder> write) => _parts.Add(write);

    /// <param name="route">Null: nothing answers there.</param>
    internal void Request(string? route, int status) =>
        Interlocked.Increment(ref _requests[route ?? NoRoute][status]);

    /// <param name="rule">As the design says it.</param> <param name="outcome">What was shown.</param>
    internal void Decision(string rule, string outcome)
    {
        Interlocked.Increment(ref _decisions.GetOrAdd(outcome, static _ => [0])[0]);
        Interlocked.Increment(ref _rules.GetOrAdd((rule, outcome), static _ => [0])[0]);
    }

    internal void Event() => Interlocked.Increment(ref _events);

    internal void Repeat() => Interlocked.Increment(ref _repeats);

    internal void Late() => Interlocked.Increment(ref _late);

    internal void ScoringFailed() => Interlocked.Increment(ref _failed);

    internal void LogBatch(int bytes, TimeSpan took)
    {
        Interlocked.Add(ref _batchBytes, bytes);
        LogSync.Observe(took.TotalSeconds);
    }

    internal StringBuilder Text(int version, bool ready)
    {
        var text = new StringBuilder();
        Head(text, "lintel_requests_total", "counter", "Requests answered, by route and status.");
        foreach (var (route, byStatus) in _requests)
        {
            for (var status = 0; status < byStatus.Length; status++)
            {
                var count = Interlocked.Read(ref byStatus[status]);
                if (count > 0)
                {
                    text.Append($"lintel_requests_total{{route=\"{route}\",status=\"{status}\"}} {count}\n");
                }
            }
        }
        Head(text, "lintel_decisions_total", "counter", "Decisions made, by outcome.");
        foreach (var (outcome, count) in _decisions.OrderBy(static d => d.Key, StringComparer.Ordinal))
        {
            text.Append($"lintel_decisions_total{{outcome=\"{outcome}\"}} {Interlocked.Read(ref count[0])}\n");
        }
        Head(text, "lintel_rule_decisions_total", "counter", "Decisions made, by the rule that took them and what was shown.");
        foreach (var ((rule, outcome), count) in _rules.OrderBy(static r => r.Key.Rule, StringComparer.Ordinal)
            .ThenBy(static r => r.Key.Outcome, StringComparer.Ordinal))
        {
            text.Append($"lintel_rule_decisions_total{{rule=\"{Escape(rule)}\",outcome=\"{Escape(outcome)}\"}} {Interlocked.Read(ref count[0])}\n");
        }
        Single(text, "lintel_decisions_failed_total", "counter", "Decisions that fell back to 'on failure'.",
            Interlocked.Read(ref _failed));
        Single(text, "lintel_decisions_late_total", "counter",
            "Decisions answered with 'on failure' because the time-out had passed.", Interlocked.Read(ref _late));
        Single(text, "lintel_events_total", "counter", "Events accepted without a decision.",
            Interlocked.Read(ref _events));
        Single(text, "lintel_repeats_total", "counter", "Records whose id was accepted before.",
            Interlocked.Read(ref _repeats));
        Single(text, "lintel_log_bytes_total", "counter", "Bytes written to the log.",
            Interlocked.Read(ref _batchBytes));
        Single(text, "lintel_version", "gauge", "The version that decides.", version);
        Single(text, "lintel_ready", "gauge", "1 while requests are taken.", ready ? 1 : 0);
        Decide.Write(text, "lintel_decide_seconds",
            "Latency of /v1/decide, from the first byte read to the answer written.");
        Freshness.Write(text, "lintel_freshness_seconds",
            "From a request read whole to its records standing in the windows, where the next decision sees them.");
        LogSync.Write(text, "lintel_log_sync_seconds",
            "One write and sync of the log; a sync covers every record gathered by then.");
        foreach (var write in _parts) { write(text); }
        return text;
    }

    /// <summary>A label's value in the text format.</summary>
    internal static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);

    internal static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append($"# HELP {name} {help}\n# TYPE {name} {type}\n");

    internal static void Single(StringBuilder text, string name, string type, string help, long value)
    {
        Head(text, name, type, help);
        text.Append($"{name} {value}\n");
    }

    /// <summary>Counts below fixed bounds, in seconds.</summary>
    internal sealed class Histogram(double[] bounds)
    {
        private readonly long[] _counts = new long[bounds.Length + 1];
        private long _sumTicks;

        internal void Observe(double seconds)
        {
            var bucket = 0;
            while (bucket < bounds.Length && seconds > bounds[bucket]) { bucket++; }
            Interlocked.Increment(ref _counts[bucket]);
            Interlocked.Add(ref _sumTicks, (long)(seconds * TimeSpan.TicksPerSecond));
        }

        internal void Write(StringBuilder text, string name, string help)
        {
            Head(text, name, "histogram", help);
            var total = 0L;
            for (var b = 0; b < bounds.Length; b++)
            {
                total += Interlocked.Read(ref _counts[b]);
                text.Append($"{name}_bucket{{le=\"{bounds[b]}\"}} {total}\n");
            }
            total += Interlocked.Read(ref _counts[^1]);
            text.Append($"{name}_bucket{{le=\"+Inf\"}} {total}\n");
            text.Append($"{name}_sum {Interlocked.Read(ref _sumTicks) / (double)TimeSpan.TicksPerSecond}\n{name}_count {total}\n");
        }
    }
}
