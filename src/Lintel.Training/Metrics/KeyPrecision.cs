using System.Buffers;
using Lintel.Design;
using Lintel.Design.Kinds;

namespace Lintel.Training.Metrics;

/// <summary>Precision of an investigator who checks k keys a day: <c>card-precision@100</c>.</summary>
/// <remarks>Day by day, keys are ranked by their highest margin of the day, ties by the lower code; the first k are checked; a key is
/// found when any of its decisions of that day is positive; found keys leave the list for the days after. The figure is the mean
/// over days of found / k, also on a day with fewer than k keys. Source: Card Precision top-k, Fraud Detection Handbook, chapter 4.
/// In a resample a key that was drawn c times stands for c keys, each taking a place; a day drawn c times counts c times in the
/// mean. Inverse propensities do not enter: a place in the list is a place.</remarks>
public sealed class KeyPrecision : IMetric
{
    public Kind Kind { get; } = new(
        KindFamily.Metric, "key-precision", typeof(NoParameters),
        "Share of compromised keys among the k that are checked each day; written with the key's name, "
        + "card-precision@100.");

    public MetricAim Aim => MetricAim.Highest;

    public string Unit => "share";

    public MetricCutoff Cutoff => MetricCutoff.Count;

    public bool NeedsKey => true;

    public string Conventions =>
        "By day, keys ranked by their highest margin, ties by the lower key code; among the first k, those with "
        + "a positive of that day are found; found keys leave the list for later days; mean over days of found / "
        + "k. Undefined without rows.";

    public string Source => "Fraud Detection Handbook, chapter 4 (Card Precision top-k).";

    public PreparedMetric Prepare(RankedRows rows, MetricDesign design)
    {
        if (design is not { Key: { } entity, At: { } k, IsShare: false })
        {
            return PreparedMetric.Undefined("key precision needs a key and a number of them: card-precision@100");
        }
        return rows.Source.Keys.TryGetValue(entity, out var codes)
            ? new Checks(rows, codes, k)
            : PreparedMetric.Undefined(
                $"the decisions have no key '{entity}'; they have: {string.Join(", ", rows.Source.Keys.Keys)}");
    }

    private readonly record struct KeyDay(int Key, int Best, bool Positive);

    private sealed class Checks : PreparedMetric
    {
        private readonly RankedRows _rows;
        private readonly double _k;
        private readonly int _keyCount;
        private readonly KeyDay[][] _days;

        public Checks(RankedRows rows, int[] codes, double k)
        {
            _rows = rows;
            _k = k;
            var (keyOf, keys) = Clusters.Dense(codes);
            _keyCount = keys.Length;
            var days = new Dictionary<int, KeyDay>[rows.Clusters.Days.Length];
            for (var i = 0; i < rows.Count; i++)                  // in rank order: the first row of a key is its highest
            {
                var day = days[rows.Days[i]] ??= [];
                var key = keyOf[rows.Order[i]];
                var positive = rows.Labels[i] > 0;
                day[key] = day.TryGetValue(key, out var seen)
                    ? seen with { Positive = seen.Positive || positive } : new(key, i, positive);
            }
            _days = [.. days.Select(day => day is null ? [] : day.Values.ToArray())];
            foreach (var day in _days) { Array.Sort(day, ByMarginThenKey); }
        }

        public override string UndefinedBecause => "there are no rows";

        public override double Evaluate(RowWeights weights)
        {
            var found = ArrayPool<double>.Shared.Rent(_keyCount);
            found.AsSpan(0, _keyCount).Clear();
            double sum = 0, dayCount = 0;
            for (var day = 0; day < _days.Length; day++)
            {
                var copies = weights.Days[day];
                if (copies == 0 || _days[day].Length == 0) { continue; }
                sum += copies * FoundOn(_days[day], weights.Keys, found) / _k;
                dayCount += copies;
            }
            ArrayPool<double>.Shared.Return(found);
            return dayCount > 0 ? sum / dayCount : double.NaN;
        }

        private double FoundOn(KeyDay[] keys, double[] copiesOf, double[] found)
        {
            double places = _k, hits = 0;
            for (var i = 0; i < keys.Length && places > 0; i++)
            {
                var left = copiesOf[_rows.Keys[keys[i].Best]] - found[keys[i].Key];
                if (!(left > 0)) { continue; }
                var taken = Math.Min(left, places);
                places -= taken;
                if (!keys[i].Positive) { continue; }
                hits += taken;
                found[keys[i].Key] += taken;
            }
            return hits;
        }

        private int ByMarginThenKey(KeyDay a, KeyDay b)
        {
            var byMargin = _rows.Margins[b.Best].CompareTo(_rows.Margins[a.Best]);
            return byMargin != 0 ? byMargin : a.Key.CompareTo(b.Key);
        }
    }
}
