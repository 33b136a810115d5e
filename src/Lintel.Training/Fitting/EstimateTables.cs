using Lintel.Design;
using Lintel.Models;
using Lintel.Pipeline.Versions;
using Lintel.Training.Metrics;
using Lintel.Training.Splits;

namespace Lintel.Training.Fitting;

/// <summary>Estimates of the test period beside what happened, tenth by tenth.</summary>
internal static class EstimateTables
{
    private const int Tenths = 10;

    /// <summary>Fewer rows in each would say nothing of a tail.</summary>
    private const int LeastRows = 10;

    /// <param name="judged">Estimates of the final model, labelled.</param>
    /// <param name="promises">Behind each line of the policy, [line][row]; null: nothing is promised.</param>
    /// <returns>Null: the labels are no values.</returns>
    public static RegressionResult? Of(Preparation prepared, Judged judged, double[][]? promises, TrainLevels train)
    {
        if (!judged.AreValues) { return null; }
        var ranges = Ranges(judged.Quantiles);
        return new(
            Quantiles(prepared.Design, judged), Deciles(judged, ranges), train.Mean, train.Median)
        {
            Ranges = [.. ranges.Select(static r => r.Share)],
            Censored = Censored(prepared),
            Promise = prepared.Design.Policy.IsEmpty || promises is null ? null
                : new(Figures(judged, promises[^1]), Figures(judged, judged.Margins))
                {
                    Lines = [.. promises.Select((line, i) => new PromiseLine(prepared.Compiled.Policy.Promise!.StepText(i), Figures(judged, line)))],
                },
        };
    }

    /// <summary>Ranges between quantiles that leave equal parts to both sides, the narrowest first.</summary>
    private static List<(double Share, double[] Low, double[] High)> Ranges(QuantileScores? quantiles)
    {
        var ranges = new List<(double, double[], double[])>();
        if (quantiles is null) { return ranges; }
        var levels = quantiles.Levels;
        for (var low = levels.Length - 1; low >= 0; low--)
        {
            var high = levels[low] < 0.5 ? Array.FindIndex(levels, l => Math.Abs(l - (1 - levels[low])) < 1e-9) : -1;
            if (high >= 0) { ranges.Add((Math.Round(levels[high] - levels[low], 9), quantiles.Values[low], quantiles.Values[high])); }
        }
        return ranges;
    }

    private static IReadOnlyList<QuantileResult> Quantiles(SystemDesign design, Judged judged) => judged.Quantiles is not { } quantiles ? [] :
        [.. design.Quantiles.Select((model, q) => new QuantileResult(
            model.Quantile!.Level, model.Name,
            Share(judged, Enumerable.Range(0, judged.Count), i => judged.Labels[i] <= quantiles.Values[q][i])))];

    private static List<EstimateDecile> Deciles(Judged judged, List<(double Share, double[] Low, double[] High)> ranges)
    {
        int[] order = [.. Enumerable.Range(0, judged.Count).OrderBy(i => judged.Margins[i])];
        var parts = Math.Clamp(order.Length / LeastRows, 1, Tenths);
        var deciles = new List<EstimateDecile>();
        for (var part = 0; part < parts && order.Length > 0; part++)
        {
            var rows = order[(int)((long)part * order.Length / parts)..(int)((long)(part + 1) * order.Length / parts)];
            float[] weights = judged.Weights is { } all ? [.. rows.Select(i => (float)all[i])] : [];
            deciles.Add(new(
                rows.Length, Mean(judged, rows, i => judged.Margins[i]), Mean(judged, rows, i => judged.Labels[i]),
                Quantile(judged, rows, weights, 0.1), Quantile(judged, rows, weights, 0.9),
                [.. ranges.Select(r => Share(judged, rows, i => judged.Labels[i] >= r.Low[i] && judged.Labels[i] <= r.High[i]) ?? 0)]));
        }
        return deciles;
    }

    private static PromiseFigures Figures(Judged judged, double[] said)
    {
        int[] rows = [.. Enumerable.Range(0, judged.Count).Where(i => !double.IsNaN(said[i]))];
        double? cost = judged.PromiseCosts is { } costs ? Mean(judged, rows, i => costs.Of(i, said[i], judged.Labels[i])) : null;
        return new(
            Mean(judged, rows, i => said[i]), Mean(judged, rows, i => judged.Labels[i] > said[i] ? 1 : 0),
            cost is { } c && double.IsFinite(c) ? c : null);
    }

    private static CensoredResult? Censored(Preparation prepared) => prepared.Censored is not { } censored ? null : new(
        prepared.Design.Decision.Censored!.Name, censored.CountByPart[(int)SplitPart.Train],
        censored.CountByPart[(int)SplitPart.Validate], censored.CountByPart[(int)SplitPart.Test], censored.Weights.DefaultIfEmpty(1).Max());

    private static double Quantile(Judged judged, int[] rows, float[] weights, double level) =>
        WeightedQuantile.Of(Array.ConvertAll(rows, i => judged.Labels[i]), [.. weights], level);

    private static double? Share(Judged judged, IEnumerable<int> rows, Func<int, bool> holds) =>
        Mean(judged, rows, i => holds(i) ? 1 : 0) is var share && double.IsNaN(share) ? null : share;

    private static double Mean(Judged judged, IEnumerable<int> rows, Func<int, double> value)
    {
        double sum = 0, all = 0;
        foreach (var i in rows)
        {
            var weight = judged.Weights?[i] ?? 1;
            sum += weight * value(i);
            all += weight;
        }
        return sum / all;
    }
}
