using Lintel.Design.Expressions;
using Lintel.Events.Log;
using Lintel.Events.Parquet;
using Lintel.Features;
using Lintel.Pipeline.Live;

namespace Lintel.Pipeline.Archive;

/// <summary>Decisions of a segment, written by day as <c>yyyy-MM-dd-FIRSTPLACE.parquet</c>: what was answered, and the
/// features that it was decided on as <c>feature.NAME</c>. Days are UTC, by when the answer was given.</summary>
internal sealed class DecisionDays(Func<int, FeaturePlan?> planOf)
{
    private readonly Dictionary<int, FeaturePlan?> _plans = [];
    private readonly List<(long Place, DecisionRecord Record)> _decisions = [];

    internal int Count => _decisions.Count;

    internal void Take(in LogRecord record)
    {
        if (record.Type != LiveRecordType.Decision) { return; }
        var decision = new DecisionRecord();
        decision.Read(record.Payload);
        _decisions.Add((record.Place, decision));
    }

    internal void Write(string folder)
    {
        foreach (var day in _decisions.GroupBy(static d => DayName.Of(d.Record.Given)))
        {
            Directory.CreateDirectory(folder);
            var rows = day.ToArray();
            ParquetFiles.Write(Path.Combine(folder, DayName.File(rows[0].Record.Given, rows[0].Place)), [.. Columns(rows)]);
        }
    }

    private IEnumerable<ParquetColumn> Columns((long Place, DecisionRecord Record)[] rows)
    {
        var records = Array.ConvertAll(rows, static r => r.Record);
        yield return new ParquetColumn.Text("id", Array.ConvertAll(records, static string? (r) => r.Id));
        yield return new ParquetColumn.Whole("event_place", Array.ConvertAll(records, static r => r.EventPlace));
        yield return new ParquetColumn.Whole("place", Array.ConvertAll(rows, static r => r.Place));
        yield return new ParquetColumn.Instant("known", Array.ConvertAll(records, static r => r.Known));
        yield return new ParquetColumn.Instant("given", Array.ConvertAll(records, static r => r.Given));
        yield return new ParquetColumn.Whole("version", Array.ConvertAll(records, static r => (long)r.Version));
        yield return new ParquetColumn.Whole("rule", Array.ConvertAll(records, static r => (long)r.Rule));
        yield return new ParquetColumn.Text("rule_text", Array.ConvertAll(records, static string? (r) => r.RuleText));
        yield return new ParquetColumn.Text("outcome", Array.ConvertAll(records, static string? (r) => r.Outcome));
        yield return new ParquetColumn.Number("margin", Array.ConvertAll(records, static r => r.Margin));
        yield return new ParquetColumn.Number("probability", Array.ConvertAll(records, static r => r.Probability));
        yield return new ParquetColumn.Number("propensity", Array.ConvertAll(records, static r => r.Propensity));
        yield return new ParquetColumn.Flag("let_through", Array.ConvertAll(records, static r => r.LetThrough));
        yield return new ParquetColumn.Flag("failed", Array.ConvertAll(records, static r => r.Failed));
        yield return new ParquetColumn.Flag("recovered", Array.ConvertAll(records, static r => r.Recovered));
        foreach (var name in records.Select(static r => r.Version).Distinct().SelectMany(Names).Distinct())
        {
            yield return new ParquetColumn.Register(
                $"feature.{name}", Array.ConvertAll(records, record => Feature(record, name)), DataType.Number);
        }
    }

    private IEnumerable<string> Names(int version) => Plan(version)?.FeatureNames ?? [];

    private double Feature(DecisionRecord record, string name)
    {
        if (Plan(record.Version) is not { } plan || record.Registers.Length != plan.RegisterCount) { return double.NaN; }
        var feature = plan.FeatureNames.IndexOf(name);
        return feature < 0 ? double.NaN : record.Registers[plan.FeatureStart + feature];
    }

    private FeaturePlan? Plan(int version)
    {
        if (!_plans.TryGetValue(version, out var plan)) { _plans.Add(version, plan = planOf(version)); }
        return plan;
    }
}

/// <summary>How days are named, as those of events are.</summary>
internal static class DayName
{
    internal static string Of(long known) =>
        DateTimeOffset.UnixEpoch.AddTicks(known * 10).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    internal static string File(long known, long place) => $"{Of(known)}-{place:D20}.parquet";
}
