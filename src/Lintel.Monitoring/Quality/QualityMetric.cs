using Lintel.Design;
using Lintel.Pipeline.Versions;
using Lintel.Training.Metrics;
using Lintel.Training.Metrics.Values;

namespace Lintel.Monitoring.Quality;

/// <summary>A metric that is followed, by the formula that training judges with.</summary>
/// <param name="IsShare">Each row is a yes or a no.</param>
/// <param name="Test">What the version's test says of it over all; null: it does not.</param>
internal sealed record QualityMetric(MetricDesign Design, string Unit, RowFigure Figure, bool IsShare, double? Test)
{
    public string Name => Design.Name;

    /// <summary>Every metric that a design's estimates can have live: those that it names, and what anybody asks of ranges.</summary>
    /// <param name="levels">Of the answer's quantiles, ascending.</param>
    /// <param name="promises">Something else than the estimate is promised.</param>
    public static QualityMetric[] Of(SystemDesign design, double[] levels, bool promises, VersionManifest? manifest)
    {
        MetricDesign Named(string kind, double? at = null, bool isShare = false) => new(
            at is not { } cut ? kind : isShare ? $"{kind}@{QuantileOf.LevelText(cut)}" : $"{kind}@{cut:0}", design.Evaluate.At, kind, null, at, isShare);
        var covers = levels.Where(l => l < 0.5 && QuantileScores.PlaceOf(levels, 1 - l) >= 0).Select(static l => 1 - (2 * l)).Order();
        MetricDesign[] wanted =
        [
            .. design.Evaluate.Metrics, .. design.Evaluate.Gates.Select(static g => g.Metric),
            Named("mae"), Named("bias"), Named("ae", 0.9, true),
            .. covers.SelectMany(share => (MetricDesign[])[Named("coverage", share, true), Named("width", share, true)]),
            .. promises ? (MetricDesign[])[Named("late", 5), Named("late", 10)] : [],
        ];
        var found = wanted.DistinctBy(static m => m.Name)
            .Select(m => (Design: m, Figure: MetricKinds.Figure(m, levels)))
            .Where(f => f.Figure.UndefinedBecause is null && (f.Design.Kind != "cost" || !design.Requirements.Costs.IsEmpty))
            .Select(f => new QualityMetric(
                f.Design, MetricKinds.Of(f.Design).Unit, f.Figure, f.Design.Kind is "coverage" or "late" or "early",
                manifest?.Metrics.GetValueOrDefault(f.Design.Name)?.Test));
        return promises ? [.. found, OnTime(Named("on-time"), manifest)] : [.. found];
    }

    /// <summary>Share of the decisions where it took no longer than was promised.</summary>
    private static QualityMetric OnTime(MetricDesign design, VersionManifest? manifest)
    {
        var late = Late.By(0).Of;
        return new(design, "share", new((in AnsweredValue row) => 1 - late(row)), true, 1 - manifest?.Estimate?.Promise?.Promised.Late);
    }
}
