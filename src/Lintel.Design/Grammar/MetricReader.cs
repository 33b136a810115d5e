using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Kinds;

namespace Lintel.Design.Grammar;

/// <summary>Reads metrics with their cut-offs: <c>auc</c>, <c>recall@1%</c>, <c>precision@100</c>, and by key
/// <c>card-precision@100</c>, which is the kind <c>key-precision</c> of the entity card.</summary>
internal static class MetricReader
{
    private const string ByKey = "key-";

    public static MetricDesign? Read(LocatedText text, BindingContext context)
    {
        var name = text.Text.Trim();
        var mark = name.IndexOf('@');
        var word = mark < 0 ? name : name[..mark];
        double? cutOff = null;
        var isShare = name.EndsWith('%');
        if (mark >= 0)
        {
            var number = name[(mark + 1)..].TrimEnd('%');
            if (!Units.TryNumber(number, out var value) || value <= 0
                || (isShare ? value > 100 : Math.Floor(value) != value))
            {
                context.Error(FaultCodes.WrongForm, text.At, "the metric's cut-off is no count or percentage",
                    $"'{name[(mark + 1)..]}'",
                    "such as precision@100 or recall@1%");
                return null;
            }
            cutOff = isShare ? value / 100 : value;
        }
        if (context.IsRanking) { return ReadRanking(new(name, text.At, word, null, cutOff, isShare && mark >= 0), context); }
        if (context.Kinds.Find(KindFamily.Metric, word) is { } known && !word.StartsWith(ByKey, StringComparison.Ordinal))
        {
            if (!context.IsOfUse(known))
            {
                context.RefuseUse(known, "metric", text.At);
                return null;
            }
            return new(name, text.At, word, null, cutOff, isShare && mark >= 0);
        }
        foreach (var column in context.Decided?.Columns ?? [])
        {
            if (column.Kind == ColumnKind.Key && word.StartsWith(column.Domain + "-", StringComparison.Ordinal)
                && context.Kinds.Find(KindFamily.Metric, ByKey + word[(column.Domain!.Length + 1)..]) is { } kind && context.IsOfUse(kind))
            {
                return new(name, text.At, kind.Name, column.Domain, cutOff, isShare && mark >= 0);
            }
        }
        if (context.Decided is null && context.Kinds.Of(KindFamily.Metric)
            .Any(k => k.Name.StartsWith(ByKey, StringComparison.Ordinal)
            && word.EndsWith(k.Name[(ByKey.Length - 1)..], StringComparison.Ordinal)))
        {
            return null;
        }
        context.Error(FaultCodes.UnknownKind, text.At, $"there is no metric '{word}'", null, null,
            Suggestion.Fix(word, [.. Known(context)]));
        return null;
    }

    /// <summary>Metrics of ranked lists are cut off at a count of places; those of classifiers judge what was shown.</summary>
    private static MetricDesign? ReadRanking(MetricDesign metric, BindingContext context)
    {
        // 'calibration' is one of probabilities, 'calibration@10' one of pages
        var ofPages = context.Kinds.Find(KindFamily.RankingMetric, metric.Kind) is not null;
        var ofShown = context.Kinds.Find(KindFamily.Metric, metric.Kind) is { } kind && context.IsOfUse(kind);
        if (ofShown && (!ofPages || (metric.At is null && context.Ranking is { Shown: not null })))
        {
            if (context.Ranking is { Shown: null })
            {
                context.Error(FaultCodes.Conflict, metric.Span, $"'{metric.Name}' judges the items that were shown, and nothing says which",
                    "no 'shown' in 'decision'", "shown: EVENT", "name the event that says what was shown, or remove the metric");
                return null;
            }
            return metric with { OfShown = true };
        }
        if (!ofPages)
        {
            context.Error(FaultCodes.UnknownKind, metric.Span, $"there is no metric '{metric.Kind}' of rankings", null, null,
                Suggestion.Fix(metric.Kind, context.Kinds.Of(KindFamily.RankingMetric).Select(static k => k.Name)));
            return null;
        }
        if (!metric.IsShare) { return metric; }
        context.Error(FaultCodes.WrongForm, metric.Span, "a page is cut off at a count", $"'{metric.Name}'", $"such as {metric.Kind}@10");
        return null;
    }

    private static IEnumerable<string> Known(BindingContext context)
    {
        var entities = context.Decided?.Columns.Where(static c => c.Kind == ColumnKind.Key)
            .Select(static c => c.Domain!).Distinct().ToList() ?? [];
        return context.Kinds.Of(KindFamily.Metric).Where(context.IsOfUse).SelectMany(k => k.Name.StartsWith(ByKey, StringComparison.Ordinal)
            ? entities.Select(e => $"{e}-{k.Name[ByKey.Length..]}")
            : [k.Name]);
    }
}
