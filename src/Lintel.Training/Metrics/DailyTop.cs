namespace Lintel.Training.Metrics;

/// <summary>How many positives lie among each day's k highest margins. The group of equal margins at the cut counts in
/// proportion. A day that stands c times in a resample counts c times.</summary>
internal sealed class DailyTop : PreparedMetric
{
    private readonly RankedRows _rows;
    private readonly int[][] _byDay;
    private readonly double _k;
    private readonly bool _recall;

    /// <param name="recall">Share of all positives that the days' alerts hold; else the mean over days of the alerts' precision.</param>
    public DailyTop(RankedRows rows, double k, bool recall)
    {
        _rows = rows;
        _k = k;
        _recall = recall;
        var byDay = new List<int>[rows.Clusters.Days.Length];
        for (var i = 0; i < rows.Count; i++) { (byDay[rows.Days[i]] ??= []).Add(i); }
        _byDay = [.. byDay.Select(static d => d is null ? [] : d.ToArray())];
    }

    public override string UndefinedBecause =>
        _recall ? "recall needs a positive among the rows" : "there are no rows";

    public override double Evaluate(RowWeights weights)
    {
        double sum = 0, dayCount = 0, caught = 0;
        for (var day = 0; day < _byDay.Length; day++)
        {
            var copies = weights.Days[day];
            if (copies == 0) { continue; }
            var (taken, hits) = Top(_byDay[day], weights.Rows, copies);
            if (taken == 0) { continue; }
            sum += copies * hits / taken;
            dayCount += copies;
            caught += copies * hits;
        }
        if (!_recall) { return dayCount > 0 ? sum / dayCount : double.NaN; }
        double positives = 0;
        for (var i = 0; i < weights.Rows.Length; i++) { positives += weights.Rows[i] * _rows.Labels[i]; }
        return positives > 0 ? caught / positives : double.NaN;
    }

    private (double Taken, double Hits) Top(int[] rows, double[] weight, double copies)
    {
        double taken = 0, hits = 0;
        for (var i = 0; i < rows.Length && taken < _k;)
        {
            var margin = _rows.Margins[rows[i]];
            double mass = 0, positives = 0;
            for (; i < rows.Length && (_rows.Margins[rows[i]] == margin || double.IsNaN(margin)); i++)
            {
                mass += weight[rows[i]] / copies;
                positives += weight[rows[i]] / copies * _rows.Labels[rows[i]];
            }
            var part = mass > 0 ? Math.Min(1, (_k - taken) / mass) : 0;
            taken += part * mass;
            hits += part * positives;
        }
        return (taken, hits);
    }
}
