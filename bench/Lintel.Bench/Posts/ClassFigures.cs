using Lintel.Design;
using Lintel.Training.Evaluation;
using Lintel.Training.Metrics;

namespace Lintel.Bench.Posts;

/// <summary>F1 of predicted classes: of one class, the mean over classes (macro), or their mean by how many rows each has (weighted).</summary>
internal sealed class ClassF1(RankedRows rows, int[] predicted, int[] classes, int classCount, Func<double[], double[], double> combine) : PreparedMetric
{
    public override string UndefinedBecause => "there are no rows";

    public static double Macro(double[] f1, double[] counts) => f1.Average();

    public static double Weighted(double[] f1, double[] counts)
    {
        var sum = 0.0;
        for (var k = 0; k < f1.Length; k++) { sum += f1[k] * counts[k]; }
        return sum / counts.Sum();
    }

    public static Func<double[], double[], double> Of(int k) => (f1, _) => f1[k];

    public override double Evaluate(RowWeights weights)
    {
        double[] hits = new double[classCount], found = new double[classCount], counts = new double[classCount];
        for (var i = 0; i < rows.Count; i++)
        {
            var (row, weight) = (rows.Order[i], weights.Rows[i]);
            found[predicted[row]] += weight;
            counts[classes[row]] += weight;
            if (predicted[row] == classes[row]) { hits[classes[row]] += weight; }
        }
        double[] f1 = [.. hits.Select((h, k) => found[k] + counts[k] == 0 ? 0 : 2 * h / (found[k] + counts[k]))];
        return combine(f1, counts);
    }
}

/// <summary>Figures with 95 % intervals: every text is its own cluster.</summary>
internal static class ClassFigures
{
    /// <param name="margins">Of class 1, or any order of the rows.</param> <param name="probabilities">Calibrated, or null.</param>
    public static Dictionary<string, BootstrapFigure> Judge(
        double[] margins, double[]? probabilities, float[] labels, IReadOnlyList<string> metrics, Func<RankedRows, IEnumerable<(string, PreparedMetric)>> others)
    {
        var judged = new Judged { Margins = margins, Probabilities = probabilities, Labels = labels, Days = new int[labels.Length] };
        var clusters = Clusters.Of(judged, null);
        var ranked = RankedRows.Rank(judged, clusters);
        (string, PreparedMetric)[] all = [.. metrics.Select(m => (m, MetricKinds.Prepare(new MetricDesign(m, default, m, null, null, false), ranked))), .. others(ranked)];
        var figures = new ClusterBootstrap(clusters, ClusterBootstrap.DefaultReplicates, 1).Evaluate([new(ranked, [.. all.Select(static m => m.Item2)])], 2)[0];
        return all.Select((m, i) => (m.Item1, figures[i])).ToDictionary();
    }

    public static string Show(BootstrapFigure figure) =>
        $"{figure.Value:F4} [{figure.Interval?.Low:F4} .. {figure.Interval?.High:F4}]";
}
