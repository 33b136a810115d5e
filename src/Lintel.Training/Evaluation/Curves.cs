using Lintel.Pipeline.Versions;
using Lintel.Training.Metrics;

namespace Lintel.Training.Evaluation;

/// <summary>The curves that a version keeps: precision over recall, ROC, gain, calibration; at most
/// <see cref="MaxPoints"/> points each.</summary>
public static class Curves
{
    public const int MaxPoints = 200;

    // equal mass, and the top twentieth, where decisions are made, once more
    private static readonly double[] CalibrationEdges =
        [.. Enumerable.Range(1, 19).Select(static i => i * 0.05), 0.99, 0.995, 0.999, 1];

    /// <returns>pr, roc and gain, and calibration where the score is a probability; none without a positive and a negative.</returns>
    public static SortedDictionary<string, CurveResult> Of(RankedRows rows)
    {
        var curves = new SortedDictionary<string, CurveResult>(StringComparer.Ordinal);
        var weights = rows.NaturalWeights().Rows;
        double positives = 0, all = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            positives += weights[i] * rows.Labels[i];
            all += weights[i];
        }
        if (!(positives > 0 && positives < all)) { return curves; }
        var count = rows.TieEnds.Length;
        double[] recall = new double[count + 1], precision = new double[count + 1];
        double[] falseAlarms = new double[count + 1], alerts = new double[count + 1];
        double hits = 0, taken = 0;
        var row = 0;
        for (var g = 1; g <= count; g++)
        {
            for (; row < rows.TieEnds[g - 1]; row++)
            {
                hits += weights[row] * rows.Labels[row];
                taken += weights[row];
            }
            recall[g] = hits / positives;
            falseAlarms[g] = (taken - hits) / (all - positives);
            alerts[g] = taken / all;
            precision[g] = taken > 0 ? hits / taken : 1;
        }
        precision[0] = precision[1];
        curves.Add("pr", Curve("recall", "precision", recall, precision, "thresholds at distinct margins"));
        curves.Add("roc", Curve(
            "false alarms", "recall", falseAlarms, recall, "share of negatives alerted, share of positives alerted"));
        curves.Add("gain", Curve(
            "alerts", "recall", alerts, recall, "share of decisions alerted, share of positives among them"));
        if (rows.Probabilities is not null) { curves.Add("calibration", Calibration(rows, weights, all)); }
        return curves;
    }

    private static CurveResult Curve(string x, string y, double[] xs, double[] ys, string axes)
    {
        var (thinX, thinY, deviation) = CurveThinning.Thin(xs, ys, MaxPoints);
        return new(
            x, y, thinX, thinY,
            $"{axes}; {xs.Length} points thinned to {thinX.Length}, none left out lies further than {deviation:0.#####} from the line");
    }

    private static CurveResult Calibration(RankedRows rows, double[] weights, double all)
    {
        var order = new ProbabilityOrder(rows);
        int count = CalibrationEdges.Length;
        double[] mass = new double[count], promised = new double[count], seen = new double[count];
        double above = 0;
        var place = 0;
        foreach (var end in order.TieEnds)
        {
            double groupMass = 0, groupPromised = 0, groupSeen = 0;
            for (; place < end; place++)
            {
                var row = order.Row(place);
                groupMass += weights[row];
                groupPromised += weights[row] * rows.Probabilities![row];
                groupSeen += weights[row] * rows.Labels[row];
            }
            var quantile = 1 - ((above + (groupMass / 2)) / all);
            var bin = Array.FindIndex(CalibrationEdges, edge => quantile <= edge);
            mass[bin] += groupMass;
            promised[bin] += groupPromised;
            seen[bin] += groupSeen;
            above += groupMass;
        }
        var filled = Enumerable.Range(0, count).Where(b => mass[b] > 0).ToArray();
        return new(
            "promised", "seen",
            [.. filled.Select(b => promised[b] / mass[b])],
            [.. filled.Select(b => seen[b] / mass[b])],
            "mean probability, share of positives; twenty bins of equal mass, the highest parted at 99, 99.5 and 99.9 %")
        {
            Weights = [.. filled.Select(b => mass[b])],
        };
    }
}
