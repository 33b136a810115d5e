using Lintel.Design;
using Lintel.Pipeline.Versions;
using Lintel.Training.Evaluation;
using Lintel.Training.Metrics;

namespace Lintel.Training.Ranking;

/// <summary>Judges the pages of a ranking: every metric with its interval, beside competitors at the same decisions, by
/// slice of decisions and of the catalogue, against the gates. Pure: the same request gives the same result to the
/// bit.</summary>
/// <remarks>Metrics of what was found are means over the decisions at which something was right, of the full catalogue:
/// nothing is sampled. Intervals resample by key and day, and competitors pair by pair with the policy.</remarks>
public static class PageEvaluator
{
    public static PageEvaluationResult Evaluate(PageEvaluationRequest request, CancellationToken cancellation = default)
    {
        MetricDesign[] metrics =
            [.. request.Metrics.Concat(request.Gates.Select(static g => g.Metric)).DistinctBy(static m => m.Name)];
        var test = request.Test;
        test.Check();
        foreach (var contender in request.Contenders) { test.WithLists(contender.Lists).Check(); }
        request.Validate?.Check();
        var groups = Groups(request, metrics);
        var clusters = Clusters.Of(
            test.Days, request.ResampleBy is { } key && test.Keys.TryGetValue(key, out var codes) ? codes : null);
        var figures = PageBootstrap.Evaluate(
            clusters, groups, request.Replicates, request.Seed, request.Threads, cancellation);

        var validate = request.Validate is null ? null : Points(request.Validate, metrics);
        var results = new SortedDictionary<string, MetricResult>(StringComparer.Ordinal);
        var undefined = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var m = 0; m < metrics.Length; m++)
        {
            var beside = new SortedDictionary<string, double?>(StringComparer.Ordinal);
            for (var c = 0; c < request.Contenders.Count; c++) { beside.Add(request.Contenders[c].Name, figures[c + 1][m]!.Value); }
            results.Add(metrics[m].Name, Result(metrics[m], figures[0][m]!, validate?.GetValueOrDefault(metrics[m].Name), beside));
            if (figures[0][m]!.UndefinedBecause is { } reason) { undefined.Add(metrics[m].Name, reason); }
        }
        var names = SliceNames(request);
        var sliceFrom = 1 + request.Contenders.Count;
        return new(
            results,
            [.. names.Select((name, s) => Slice(name, groups[sliceFrom + s], metrics, figures[sliceFrom + s]))],
            [.. request.Gates.SelectMany(gate => Judge(gate, metrics, figures, names, groups, sliceFrom))],
            [.. request.Contenders.SelectMany((c, i) => metrics.Select((m, j) => Gain(m, c.Name, figures[0][j]!, figures[i + 1][j]!)))],
            undefined,
            test.Count,
            test.WithRelevantCount);
    }

    /// <summary>Figures without intervals, by metric name.</summary>
    public static SortedDictionary<string, double?> Points(JudgedPages pages, IReadOnlyList<MetricDesign> metrics)
    {
        var points = PageGroup.Of(pages, All(pages), metrics, static _ => true).Points();
        var byName = new SortedDictionary<string, double?>(StringComparer.Ordinal);
        for (var m = 0; m < metrics.Count; m++) { byName[metrics[m].Name] = points[m]; }
        return byName;
    }

    /// <summary>The policy, its competitors, slices of decisions, slices of items: in this order.</summary>
    private static List<PageGroup> Groups(PageEvaluationRequest request, MetricDesign[] metrics)
    {
        var test = request.Test;
        var all = All(test);
        List<PageGroup> groups = [PageGroup.Of(test, all, metrics, static _ => true)];
        groups.AddRange(request.Contenders.Select(c => PageGroup.Of(test.WithLists(c.Lists), all, metrics, static _ => true)));
        groups.AddRange(request.Slices.Select(s =>
            PageGroup.Of(test, [.. all.Where(d => s.Holds[d])], metrics, static m => m.View != RankingView.AllLists)));
        foreach (var slice in request.ItemSlices)
        {
            var inside = test.Keeping(slice.Kept);
            int[] decisions = [.. all.Where(d => inside.Relevant[d].Length > 0)];
            groups.Add(PageGroup.Of(inside, decisions, metrics, static m => m.View == RankingView.Found));
        }
        return groups;
    }

    private static string[] SliceNames(PageEvaluationRequest request) =>
        [.. request.Slices.Select(static s => s.Name), .. request.ItemSlices.Select(static s => s.Name)];

    private static int[] All(JudgedPages pages) => [.. Enumerable.Range(0, pages.Count)];

    private static GainResult Gain(MetricDesign metric, string beside, BootstrapFigure policy, BootstrapFigure other)
    {
        var aim = RankingMetricKinds.Of(metric).Aim;
        var gain = BootstrapFigure.Paired(other, policy, (before, after) => Comparison.Gain(aim, before, after));
        return new(
            metric.Name, beside, other.Value, other.Interval?.ToArray(), gain.Value, gain.Interval?.ToArray());
    }

    private static IEnumerable<GateResult> Judge(
        GateDesign gate, MetricDesign[] metrics, BootstrapFigure?[][] figures, string[] names, List<PageGroup> groups, int sliceFrom)
    {
        var m = Array.FindIndex(metrics, metric => metric.Name == gate.Metric.Name);
        if (!gate.EverySlice) { return [GateJudge.Judge(gate, figures[0][m]!)]; }
        var slices = new List<SliceFigure>();
        for (var s = 0; s < names.Length; s++)
        {
            if (figures[sliceFrom + s][m] is not { } figure) { continue; }
            var positives = groups[sliceFrom + s].Pages.WithRelevantCount;
            slices.Add(new(names[s], positives, figure.Value, positives >= GateJudge.LeastPositives ? figure : null));
        }
        return slices.Count == 0 && names.Length > 0
            ? [new(gate.Text, $"'{gate.Metric.Name}' looks at all lists together and has no figure for a slice", null, Verdict.NotMeasured, null, null)]
            : GateJudge.Judge(gate, figures[0][m]!, slices);
    }

    private static SliceResult Slice(string name, PageGroup group, MetricDesign[] metrics, BootstrapFigure?[] figures)
    {
        var positives = group.Pages.WithRelevantCount;
        var judged = positives >= GateJudge.LeastPositives;
        var results = new SortedDictionary<string, MetricResult>(StringComparer.Ordinal);
        for (var m = 0; m < metrics.Length; m++)
        {
            if (figures[m] is not { } figure) { continue; }
            results.Add(metrics[m].Name, Result(metrics[m], judged ? figure : new(figure.Value ?? double.NaN, "", []), null, []));
        }
        return new(name, group.Decisions.Length, positives, judged, results);
    }

    private static MetricResult Result(
        MetricDesign design, BootstrapFigure figure, double? validate, SortedDictionary<string, double?> baselines)
    {
        var metric = RankingMetricKinds.Of(design);
        return new(figure.Value, validate, figure.Interval?.ToArray(), baselines)
        {
            HigherIsBetter = metric.Aim == MetricAim.Highest,
            Unit = metric.Unit,
        };
    }
}
