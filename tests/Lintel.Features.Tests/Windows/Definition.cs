using Lintel.Design.Expressions;
using Lintel.Events;

namespace Lintel.Features.Tests.Windows;

/// <summary>An aggregate by its definition, slowly: of everything visible at a decision, the latest record about each subject, those in
/// the window, those of the key, those that meet the condition.</summary>
internal static class Definition
{
    private sealed record Seen(int Place, long Known, int Type, int Subject, double[] Values);

    /// <summary>Values of a decision's aggregates, given the log's order.</summary>
    public static double[] Aggregates(EventHistory history, int place, InstantOrder order, IReadOnlyList<Expression.Aggregate> aggregates)
    {
        var scratch = new double[32];
        var decision = history.Order[place];
        var now = decision.Known;
        var values = history.Read(decision, scratch).Values.ToArray();
        var visible = new List<Seen>();
        for (var i = 0; i < history.Order.Length; i++)
        {
            var entry = history.Order[i];
            if (order == InstantOrder.Together ? entry.Known >= now : i >= place) { continue; }
            var record = history.Read(entry, scratch);
            visible.Add(new(i, entry.Known, entry.Type, record.Subject, record.Values.ToArray()));
        }
        return [.. aggregates.Select(a => One(a, visible, values, now, history.Dictionaries))];
    }

    private static double One(
        Expression.Aggregate aggregate, List<Seen> visible, double[] decision, long now, CodeDictionaries dictionaries)
    {
        var latest = visible.Where(s => s.Type == aggregate.Source.Number)
            .Select(static (s, i) => (Seen: s, Key: s.Subject >= 0 ? s.Subject : -2 - i))
            .GroupBy(static s => s.Key).Select(static g => g.Last().Seen);
        // events about nothing keep all their records
        if (aggregate.Source.About is null) { latest = visible.Where(s => s.Type == aggregate.Source.Number); }
        var where = aggregate.Where is { } w ? ExpressionProgram.ForEvent(w, dictionaries, TimeZoneInfo.Utc) : null;
        var value = aggregate.Value is { } v ? ExpressionProgram.ForEvent(v, dictionaries, TimeZoneInfo.Utc) : null;
        var window = latest.Where(s => aggregate.WindowMicroseconds is not { } length || s.Known >= now - length)
            .Where(s => aggregate.SourceKeys.Zip(aggregate.DecisionKeys).All(k => s.Values[k.First] == decision[k.Second]))
            .Where(s => where?.Holds(s.Values) != false)
            .OrderBy(static s => s.Place).ToList();
        var present = window.Select(s => value?.Evaluate(s.Values) ?? 0).Where(static x => !double.IsNaN(x)).ToList();
        if (aggregate.Kind == AggregateKind.Count) { return window.Count; }
        if (aggregate.Kind == AggregateKind.Since) { return window.Count == 0 ? double.NaN : now - window.Max(static s => s.Known); }
        if (aggregate.Kind == AggregateKind.Sum) { return (double)present.Sum(static x => (decimal)x); }
        if (present.Count == 0) { return double.NaN; }
        var mean = present.Sum(static x => (decimal)x) / present.Count;
        return aggregate.Kind switch
        {
            AggregateKind.Mean => (double)mean,
            AggregateKind.Min => present.Min(),
            AggregateKind.Max => present.Max(),
            AggregateKind.Last => present[^1],
            AggregateKind.First => present[0],
            AggregateKind.Distinct => present.Distinct().Count(),
            _ => present.Count < 2
                ? double.NaN
                : Math.Sqrt((double)(present.Sum(x => ((decimal)x - mean) * ((decimal)x - mean)) / (present.Count - 1))),
        };
    }
}
