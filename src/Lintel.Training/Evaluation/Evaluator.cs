using Lintel.Design;
using Lintel.Pipeline.Versions;
using Lintel.Training.Metrics;

namespace Lintel.Training.Evaluation;

/// <summary>A slice: which decisions its condition holds for.</summary>
/// <param name="Holds">By row.</param>
public sealed record SliceRows(string Name, bool[] Holds);

/// <summary>A trivial competitor's scores of the same decisions.</summary>
/// <param name="Probabilities">Null: its score is none.</param>
public sealed record BaselineScores(string Name, double[] Margins, double[]? Probabilities);

/// <summary>What is judged, and by what.</summary>
public sealed record EvaluationRequest
{
    /// <summary>The design's metrics; those that gates name are added.</summary>
    public required IReadOnlyList<MetricDesign> Metrics { get; init; }

    /// <summary>Decisions that chose nothing.</summary>
    public required Judged Test { get; init; }

    /// <summary>Decisions that chose thresholds or settings; null: there are none.</summary>
    public Judged? Validate { get; init; }

    /// <summary>Competitors on the test rows.</summary>
    public IReadOnlyList<BaselineScores> Baselines { get; init; } = [];

    /// <summary>Slices of the test rows.</summary>
    public IReadOnlyList<SliceRows> Slices { get; init; } = [];

    public IReadOnlyList<GateDesign> Gates { get; init; } = [];

    /// <summary>The entity whose decisions move together; null: every decision by itself (and its day).</summary>
    public string? ResampleBy { get; init; }

    public required ulong Seed { get; init; }

    public int Replicates { get; init; } = ClusterBootstrap.DefaultReplicates;

    /// <summary>1 or more; the result does not depend on it.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>What judging found, in the manifest's records.</summary>
/// <param name="Undefined">Metrics that the test rows do not define, with the reason.</param>
public sealed record EvaluationResult(
    SortedDictionary<string, MetricResult> Metrics,
    IReadOnlyList<SliceResult> Slices,
    IReadOnlyList<GateResult> Gates,
    SortedDictionary<string, CurveResult> Curves,
    IReadOnlyDictionary<string, string> Undefined);

/// <summary>Judges one score: every metric with its interval, beside trivial competitors, by slice, against the gates. Pure: the same
/// request gives the same result to the bit.</summary>
public static class Evaluator
{
    public static EvaluationResult Evaluate(EvaluationRequest request, CancellationToken cancellation = default)
    {
        MetricDesign[] metrics =
            [.. request.Metrics.Concat(request.Gates.Select(static g => g.Metric)).DistinctBy(static m => m.Name)];
        var clusters = Clusters.Of(request.Test, request.ResampleBy);
        var whole = RankedRows.Rank(request.Test, clusters);
        RankedRows[] slices = [.. request.Slices.Select(s => whole.Slice(s.Holds))];
        var groups = new List<MetricGroup> { Group(whole, metrics) };
        foreach (var slice in slices)
        {
            groups.Add(slice.EvidenceCount >= GateJudge.LeastPositives ? Group(slice, metrics) : new(slice, []));
        }
        var figures = new ClusterBootstrap(clusters, request.Replicates, request.Seed)
            .Evaluate(groups, request.Threads, cancellation);

        var baselines = request.Baselines.ToDictionary(
            static b => b.Name, b => Points(request.Test.WithScores(b.Margins, b.Probabilities), clusters, metrics));
        var validate = request.Validate is null
            ? null : Points(request.Validate, Clusters.Of(request.Validate, request.ResampleBy), metrics);
        var results = new SortedDictionary<string, MetricResult>(StringComparer.Ordinal);
        var undefined = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var m = 0; m < metrics.Length; m++)
        {
            var beside = new SortedDictionary<string, double?>(StringComparer.Ordinal);
            foreach (var (name, points) in baselines) { beside.Add(name, points[m]); }
            results.Add(metrics[m].Name, Result(metrics[m], figures[0][m], validate?[m], beside));
            if (figures[0][m].UndefinedBecause is { } reason) { undefined.Add(metrics[m].Name, reason); }
        }
        return new(
            results,
            [.. slices.Select((slice, i) => Slice(request.Slices[i].Name, slice, metrics, figures[i + 1]))],
            [.. request.Gates.SelectMany(gate => Judge(gate, request, metrics, figures, slices))],
            request.Test.AreValues ? [] : Curves.Of(whole),
            undefined);
    }

    /// <summary>Figures without intervals, by metric name: other models, candidates of a search.</summary>
    public static SortedDictionary<string, double?> Points(Judged rows, IReadOnlyList<MetricDesign> metrics)
    {
        var points = Points(rows, Clusters.Of(rows, null), metrics);
        var byName = new SortedDictionary<string, double?>(StringComparer.Ordinal);
        for (var m = 0; m < metrics.Count; m++) { byName[metrics[m].Name] = points[m]; }
        return byName;
    }

    private static double?[] Points(Judged rows, Clusters clusters, IReadOnlyList<MetricDesign> metrics) =>
        Points(RankedRows.Rank(rows, clusters), metrics);

    private static double?[] Points(RankedRows ranked, IReadOnlyList<MetricDesign> metrics)
    {
        var weights = ranked.NaturalWeights();
        return [.. metrics.Select(m =>
        {
            var value = MetricKinds.Prepare(m, ranked).Evaluate(weights);
            return double.IsNaN(value) ? (double?)null : value;
        })];
    }

    private static MetricGroup Group(RankedRows rows, MetricDesign[] metrics) =>
        new(rows, [.. metrics.Select(m => MetricKinds.Prepare(m, rows))]);

    private static IEnumerable<GateResult> Judge(
        GateDesign gate, EvaluationRequest request, MetricDesign[] metrics, BootstrapFigure[][] figures, RankedRows[] slices)
    {
        var m = Array.FindIndex(metrics, metric => metric.Name == gate.Metric.Name);
        if (!gate.EverySlice) { return [GateJudge.Judge(gate, figures[0][m])]; }
        return GateJudge.Judge(gate, figures[0][m], [.. slices.Select((slice, i) =>
        {
            var figure = figures[i + 1].Length == 0 ? null : figures[i + 1][m];
            return new SliceFigure(
                request.Slices[i].Name, slice.EvidenceCount, figure?.Value ?? Points(slice, [gate.Metric])[0], figure)
            {
                Of = request.Test.AreValues ? "decisions" : "positives",
            };
        })]);
    }

    private static SliceResult Slice(string name, RankedRows rows, MetricDesign[] metrics, BootstrapFigure[] figures)
    {
        var results = new SortedDictionary<string, MetricResult>(StringComparer.Ordinal);
        var judged = figures.Length > 0;
        var points = judged ? null : Points(rows, metrics);
        for (var m = 0; m < metrics.Length; m++)
        {
            results.Add(metrics[m].Name, judged
                ? Result(metrics[m], figures[m], null, [])
                : Result(metrics[m], new(points![m] ?? double.NaN, "", []), null, []));
        }
        return new(name, rows.Count, rows.EvidenceCount, judged, results);
    }

    private static MetricResult Result(
        MetricDesign design, BootstrapFigure figure, double? validate, SortedDictionary<string, double?> baselines)
    {
        var metric = MetricKinds.Of(design);
        return new(figure.Value, validate, figure.Interval?.ToArray(), baselines)
        {
            HigherIsBetter = metric.Aim == MetricAim.Highest,
            Unit = metric.Unit,
            Best = MetricKinds.BestOf(design),
        };
    }
}
