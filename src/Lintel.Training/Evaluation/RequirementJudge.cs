using Lintel.Decisions;
using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Evaluation;

/// <summary>What was measured of a design's requirements; null: nothing measured it yet.</summary>
public sealed record RequirementMeasurements
{
    /// <summary>Load of all review rules together on the period that judges.</summary>
    public DailyLoad? Reviews { get; init; }

    /// <summary>Latency of one decision in milliseconds at a percentile, 0 to 100.</summary>
    public Func<double, Repeats?>? LatencyMilliseconds { get; init; }

    /// <summary>Decisions a second that were sustained.</summary>
    public Repeats? RatePerSecond { get; init; }

    /// <summary>How late an accepted event counted in features.</summary>
    public TimeSpan? Freshness { get; init; }
}

/// <summary>A figure of a running system, measured several times over.</summary>
/// <remarks>From the least to the largest of n independent repeats lies the median with probability 1 − 2 · 0.5ⁿ, whatever the
/// distribution: 97 % for six. Source: Conover, Practical Nonparametric Statistics, 3rd ed., 3.2.</remarks>
public sealed record Repeats(params double[] Values)
{
    /// <summary>Repeats whose range is a 95 % interval.</summary>
    public const int Enough = 6;

    public double Median => Interval.Quantile([.. Values.Order()], 0.5);

    public Interval Range => new(Values.Min(), Values.Max());
}

/// <summary>Judges the requirements of a design. A capacity holds when the 95th percentile of the daily load of all review rules
/// together is within it; latency, rate and freshness compare what a running system showed.</summary>
public static class RequirementJudge
{
    private const string TrainCommand = "lintel train";
    private const string LoadCommand = "lintel load";

    public static IReadOnlyList<ClaimResult> Judge(RequirementsDesign requirements, RequirementMeasurements measured)
    {
        var claims = new List<ClaimResult>();
        foreach (var latency in requirements.Latency)
        {
            var value = measured.LatencyMilliseconds?.Invoke(latency.Percentile);
            claims.Add(Claim(
                $"latency p{latency.Percentile:0.###} ≤ {latency.Bound.TotalMilliseconds:0.###}ms", value, BinaryOperator.LessOrEqual,
                latency.Bound.TotalMilliseconds, "0.00", "ms", Line(requirements, "latency")));
        }
        if (requirements.RatePerSecond is { } rate)
        {
            claims.Add(Claim(
                $"rate ≥ {rate:0.###}/s", measured.RatePerSecond, BinaryOperator.GreaterOrEqual, rate, "0", "decisions/s",
                Line(requirements, "rate")));
        }
        if (requirements.Freshness is { } freshness)
        {
            claims.Add(Claim(
                $"freshness ≤ {Splits.CalendarDay.Text(freshness)}", measured.Freshness?.TotalSeconds,
                measured.Freshness <= freshness, $"{measured.Freshness?.TotalSeconds:0.######} s", LoadCommand,
                Line(requirements, "freshness")));
        }
        if (requirements.ReviewersPerDay is { } capacity)
        {
            var load = measured.Reviews;
            claims.Add(Claim(
                $"reviews p95 ≤ {capacity:0.###}/day", load?.P95, load?.P95 <= capacity,
                $"p95 {load?.P95:0.#}/day (median {load?.Median:0.#}, maximum {load?.Max:0.#})", TrainCommand,
                Line(requirements, "reviewers")));
        }
        return claims;
    }

    private static ClaimResult Claim(
        string claim, Repeats? repeats, BinaryOperator comparison, double bound, string format, string unit, string? line)
    {
        if (repeats is null) { return Claim(claim, null, null, "", LoadCommand, line); }
        var (range, median) = (repeats.Range, repeats.Median);
        var verdict = range.Judge(comparison, bound);
        return new(
            claim, $"{median.ToString(format)} {unit} ({range.Low.ToString(format)} … {range.High.ToString(format)} over {repeats.Values.Length} repeats)",
            verdict switch { Verdict.Holds => true, Verdict.Broken => false, _ => null }, LoadCommand, verdict, median, line);
    }

    private static ClaimResult Claim(
        string claim, double? value, bool? holds, string measured, string command, string? line) => value is null
        ? new(claim, "not measured yet", null, command, Verdict.NotMeasured, null, line)
        : new(claim, measured, holds, command, holds == true ? Verdict.Holds : Verdict.Broken, value, line);

    private static string? Line(RequirementsDesign requirements, string key) =>
        requirements.At.TryGetValue(key, out var at) ? at.ToString() : null;
}
