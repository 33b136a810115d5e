using System.Globalization;
using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Pipeline;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;
using Lintel.Training.Evaluation;
using Lintel.Training.Metrics;

namespace Lintel.Training.Fitting;

/// <summary>Ranges that follow outcomes beside the quantiles as they were fitted and beside split conformal prediction, overall and by the
/// values that they are told apart by. All three are judged on the same draws of one bootstrap.</summary>
internal static class RangeTables
{
    private const double Middle = 0.5;

    /// <param name="rows">Test decisions, labelled.</param>
    /// <param name="resampleBy">The entity whose decisions move together; null: every decision by itself (and its day).</param>
    public static RangeResult Of(
        Preparation prepared, ScoringGraph graph, ScoredRows rows, SplitShifts split, string? resampleBy, ulong seed, int threads,
        CancellationToken cancellation)
    {
        var range = prepared.Design.Range!;
        var served = rows.Judged(graph.IndexOf(range.Name), []);
        var clusters = Clusters.Of(served, resampleBy);
        RankedRows[] all =
        [
            RankedRows.Rank(served.WithQuantiles(Fitted(prepared.Design, graph, rows, null)), clusters),
            RankedRows.Rank(served.WithQuantiles(Fitted(prepared.Design, graph, rows, split)), clusters),
            RankedRows.Rank(served, clusters),
        ];
        var groups = Groups(prepared.Compiled, range, rows);
        var values = Listed(groups);
        var listed = values.Concat(Listed(prepared.Compiled.Slices.Select(
            s => (s.Name, Array.ConvertAll(rows.Evaluate(s.Program!), static v => v == 1))))).ToList();
        double[] shares = [.. range.Ends.Where(static e => e.Level > Middle).Select(static e => Math.Round((2 * e.Level) - 1, 9))];

        var judged = new ClusterBootstrap(clusters, ClusterBootstrap.DefaultReplicates, seed).Evaluate(
            [.. all.Concat(listed.SelectMany(g => all.Select(a => a.Slice(g.Holds)))).Select(r => Group(r, range, shares))],
            threads, cancellation);
        IReadOnlyList<CoverResult> Covers(int first) =>
            [.. shares.Select((share, s) => new CoverResult(share, Figures(judged[first], s), Figures(judged[first + 1], s), Figures(judged[first + 2], s)))];
        var told = listed.Select((g, i) => new RangeGroup(g.Name, Count(g.Holds), Covers(all.Length * (i + 1)))).ToList();
        return new(range.Name, range.By, Covers(0), [.. told[..values.Count].OrderByDescending(Distance)], groups.Count - values.Count)
        {
            Slices = [.. told[values.Count..].OrderByDescending(Distance)],
        };
    }

    private static List<(string Name, bool[] Holds)> Listed(IEnumerable<(string Name, bool[] Holds)> groups) =>
        [.. groups.Where(static g => Count(g.Holds) >= RangeResult.LeastRows)];

    private static int Count(bool[] holds) => holds.Count(static h => h);

    private static double Distance(RangeGroup group) => group.Covers.Max(static c => Math.Abs((c.Served.Coverage ?? c.Share) - c.Share));

    /// <summary>Coverage and width of every range, in turn.</summary>
    private static MetricGroup Group(RankedRows rows, RangeDesign range, double[] shares)
    {
        PreparedMetric Prepared(string kind, double share) =>
            MetricKinds.Prepare(new($"{kind}@{QuantileOf.LevelText(share)}", range.At, kind, null, share, IsShare: true), rows);
        return new(rows, [.. shares.SelectMany(share => new PreparedMetric[] { Prepared("coverage", share), Prepared("width", share) })]);
    }

    private static RangeFigures Figures(BootstrapFigure[] figures, int share) =>
        new(figures[2 * share].Value, figures[2 * share].Interval?.ToArray(), figures[(2 * share) + 1].Value);

    /// <summary>The quantiles that a range moves, in order again after they were moved.</summary>
    /// <param name="split">What they are moved by; null: nothing.</param>
    private static QuantileScores Fitted(SystemDesign design, ScoringGraph graph, ScoredRows rows, SplitShifts? split)
    {
        var ends = design.Range!.Ends;
        var entry = design.Models[graph.IndexOf(ends[0].Quantile)].Quantile!.Entry;
        var middle = rows.Margins[graph.IndexOf(design.Models.First(m => m.Quantile is { Level: Middle } q && q.Entry == entry).Name)];
        var fitted = ends.Select(end => rows.Margins[graph.IndexOf(end.Quantile)]).ToArray();
        double[] levels = [.. ends.Select(static e => e.Level).Append(Middle).Order()];
        var moved = levels.Select(_ => new double[rows.Rows.Length]).ToArray();
        var ordered = new double[levels.Length];
        for (var i = 0; i < rows.Rows.Length; i++)
        {
            for (var e = 0; e < fitted.Length; e++) { ordered[e] = fitted[e][i] + (split?.ByEnd[e][rows.Rows[i]] ?? 0); }
            ordered[^1] = middle[i];
            Array.Sort(ordered);
            for (var l = 0; l < levels.Length; l++) { moved[l][i] = ordered[l]; }
        }
        return new(levels, moved);
    }

    /// <summary>Rows by the value of the feature that ranges are told apart by; none: they are not.</summary>
    private static List<(string Name, bool[] Holds)> Groups(CompiledDesign compiled, RangeDesign range, ScoredRows rows)
    {
        if (range.By is not { } by) { return []; }
        var register = compiled.Plan.FeatureStart + compiled.Plan.FeatureNames.IndexOf(by);
        var feature = compiled.Design.Features.First(f => f.Name == by);
        var registers = new double[compiled.Plan.RegisterCount];
        var groups = new SortedDictionary<double, bool[]>();
        for (var i = 0; i < rows.Rows.Length; i++)
        {
            rows.Read(i, registers);
            if (!groups.TryGetValue(registers[register], out var holds)) { groups.Add(registers[register], holds = new bool[rows.Rows.Length]); }
            holds[i] = true;
        }
        return [.. groups.Select(g => (Named(compiled, feature, g.Key), g.Value))];
    }

    private static string Named(CompiledDesign compiled, FeatureDesign feature, double value) =>
        double.IsNaN(value) ? "missing"
        : feature.Id?.Domain is { } domain && value >= 0 ? compiled.Dictionaries[domain].Text((int)value)
        : feature.Value.Type == DataType.Bool ? (value == 0 ? "no" : "yes")
        : value.ToString("0.###", CultureInfo.InvariantCulture);
}
