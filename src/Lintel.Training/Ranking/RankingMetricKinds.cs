using Lintel.Design;
using Lintel.Design.Kinds;
using Lintel.Training.Metrics;
using Lintel.Training.Ranking.Metrics;

namespace Lintel.Training.Ranking;

/// <summary>Every metric of pages, in one place: a new one is a file of the folder Metrics and a line here.</summary>
public static class RankingMetricKinds
{
    public static IReadOnlyList<IRankingMetric> All { get; } =
    [
        new Ndcg(),
        new PageRecall(),
        new PagePrecision(),
        new HitRate(),
        new MeanAveragePrecision(),
        new ReciprocalRank(),
        new Serendipity(),
        new Novelty(),
        new Diversity(),
        new Miscalibration(),
        new Coverage(),
        new Gini(),
    ];

    /// <summary>For the composition root's registry.</summary>
    public static IEnumerable<Kind> Kinds => All.Select(static m => m.Kind);

    /// <exception cref="ArgumentException">No metric has this kind.</exception>
    public static IRankingMetric Of(MetricDesign design) => All.FirstOrDefault(m => m.Kind.Name == design.Kind)
        ?? throw new ArgumentException($"{design.Span}: no ranking metric is called '{design.Kind}'; there are: "
            + string.Join(", ", All.Select(static m => m.Kind.Name)));

    /// <summary>What is wrong with a metric's key or cut-off; null: nothing.</summary>
    public static string? Fault(MetricDesign design)
    {
        var metric = Of(design);
        var name = metric.Kind.Name;
        if (design.Key is not null) { return $"'{name}' takes no key, got '{design.Key}'"; }
        if (design.At is not { } at)
        {
            return metric.Cutoff.HasFlag(MetricCutoff.Optional) ? null : $"'{design.Name}' needs a cut-off, e.g. {name}@10";
        }
        return design.IsShare ? $"'{design.Name}': the cut-off of '{name}' is a count, not a share, e.g. {name}@10"
            : at is >= 1 and < int.MaxValue && at == Math.Floor(at) ? null
            : $"'{design.Name}': a count is a whole number from 1";
    }

    /// <summary>The metric of a design, ready for its pages; undefined with the reason where its cut-off is
    /// wrong.</summary>
    public static PreparedRankingMetric Prepare(MetricDesign design, JudgedPages pages) => Fault(design) is { } fault
        ? PreparedRankingMetric.Undefined(fault)
        : Of(design).Prepare(pages, design.At is { } depth ? (int)depth : int.MaxValue);
}
