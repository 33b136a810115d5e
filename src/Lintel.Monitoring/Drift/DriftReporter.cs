using System.Globalization;
using Lintel.Numerics;
using Lintel.Pipeline.Versions;
using Lintel.Training.Splits;

namespace Lintel.Monitoring.Drift;

/// <summary>Makes the figures of a window from its counts, and tells what turned.</summary>
internal sealed class DriftReporter(DriftWatch watch, string measure, double bound)
{
    /// <summary>Share of the bound that chance may make up on average where a value is judged: the index of an unchanged value then scatters
    /// so little that it passes the bound about never, its standard deviation being √(2 / (bins − 1)) of this.</summary>
    private const double NoiseShare = 0.25;

    private const int LinesOfTheirOwn = 3;

    private readonly Turns<string> _turns = new();

    /// <summary>Times that a value drifted.</summary>
    public long Alerts => _turns.Count;

    /// <param name="at">Microseconds since 1970 UTC.</param>
    public DriftReport Of(long at)
    {
        var (decisions, counts) = watch.Until(at);
        var values = watch.Values.Select((value, v) => ValueOf(value, v < watch.Judged.Features.Count ? "feature" : "score", counts[v]))
            .OrderByDescending(static v => v.Index ?? 0).ThenBy(static v => v.Name, StringComparer.Ordinal);
        return new(
            measure, bound, CalendarDay.Text(watch.Window), decisions, watch.Values.Select(Needed).Contains(null) ? null : watch.Values.Max(Needed), watch.Judged.Rows, watch.Judged.From, watch.Judged.To,
            [.. values]);
    }

    /// <summary>What changed, in a line each; many values that move at once have one cause, and share one.</summary>
    public IEnumerable<string> Changes(string system, int version, DriftReport report)
    {
        DriftValue[] drifted = [.. report.Values.Where(v => v.Verdict == Verdict.Broken && _turns.Bad(NameOf(v)))];
        DriftValue[] again = [.. report.Values.Where(v => v.Verdict == Verdict.Holds && _turns.Right(NameOf(v)))];
        var over = $"over the last {report.Window}, beside the version's test";
        foreach (var line in Lines(drifted, v => $"{NameOf(v)} drifted: {Index(v)}, {v.Moved}", $"{drifted.Length} values drifted"))
        {
            yield return $"{system} version {version}: {line} {over}. See /v1/monitor; correct the source, or retrain.";
        }
        foreach (var line in Lines(again, v => $"{NameOf(v)} is as it was: {Index(v)}", $"{again.Length} values are as they were"))
        {
            yield return $"{system} version {version}: {line} {over}.";
        }
    }

    private IEnumerable<string> Lines(DriftValue[] values, Func<DriftValue, string> line, string together) => values.Length <= LinesOfTheirOwn
        ? values.Select(line)
        : [$"{together}, the furthest {string.Join(", ", values.Take(LinesOfTheirOwn).Select(v => $"{NameOf(v)} ({Index(v)})"))}"];

    private string Index(DriftValue value) => string.Create(CultureInfo.InvariantCulture, $"{measure} {value.Index:0.00}");

    private static string NameOf(DriftValue value) => $"{value.Kind} '{value.Name}'";

    private DriftValue ValueOf(ValueDistribution value, string kind, long[] counts)
    {
        var rows = counts.Sum();
        DriftBin[] bins = [.. Enumerable.Range(0, counts.Length).Where(b => counts[b] > 0 || value.Counts[b] > 0)
            .Select(b => new DriftBin(Label(value, b), (double)value.Counts[b] / Math.Max(1, value.Rows), (double)counts[b] / Math.Max(1, rows)))];
        if (rows == 0 || value.Rows == 0) { return new(value.Name, kind, null, null, Verdict.Undecided, null, bins); }
        var index = StabilityIndex.Of(value.Counts, counts);
        return new(
            value.Name, kind, index, StabilityIndex.Noise(Math.Max(2, bins.Length), rows, value.Rows),
            !(rows >= Needed(value)) ? Verdict.Undecided : index > bound ? Verdict.Broken : Verdict.Holds, Moved(bins), bins);
    }

    private static string Moved(DriftBin[] bins)
    {
        var bin = bins.MaxBy(static b => Math.Abs(b.Live - b.Test))!;
        return string.Create(CultureInfo.InvariantCulture, $"{bin.Label}: {100 * bin.Test:0.0} → {100 * bin.Live:0.0} %");
    }

    /// <summary>Decisions from which on a value is judged; null: the test holds too few for any.</summary>
    private long? Needed(ValueDistribution value)
    {
        var least = (NoiseShare * bound / Math.Max(1, value.Counts.Length - 1)) - (1.0 / Math.Max(1, value.Rows));
        return least > 0 ? (long)Math.Ceiling(1 / least) : null;
    }

    private static string Label(ValueDistribution value, int bin)
    {
        if (bin == value.Counts.Length - 1) { return "missing"; }
        if (value.Ids is { } ids) { return bin == ids.Length ? "others" : value.Texts?[bin] ?? $"#{ids[bin]:0}"; }
        var cuts = value.Cuts;
        return cuts.Length == 0 ? "there" : bin == 0 ? $"≤ {Short(cuts[0])}" : bin == cuts.Length ? $"> {Short(cuts[^1])}" : $"{Short(cuts[bin - 1])} to {Short(cuts[bin])}";
    }

    private static string Short(double number) =>
        number.ToString(number != 0 && Math.Abs(number) is < 1e-3 or >= 1e9 ? "0.##E+0" : "0.####", CultureInfo.InvariantCulture);
}
