using Lintel.Design;
using Lintel.Design.Kinds;

namespace Lintel.Training.Metrics;

/// <summary>AUC within each request, averaged: whether the right one of what was shown together ranks first.</summary>
/// <remarks>Σ over requests with a positive and a negative of rows · AUC / Σ of their rows. Source: Zhu et al., Optimized Cost per Click
/// in Taobao Display Advertising, KDD 2017 (there by user). O(n) a weighting; the rows of a request must be few.</remarks>
public sealed class GroupedAuc : IMetric
{
    public Kind Kind { get; } = new(
        KindFamily.Metric, "gauc", typeof(NoParameters), "AUC within each request, averaged by its rows.");

    public MetricAim Aim => MetricAim.Highest;

    public string Unit => "share";

    public MetricCutoff Cutoff => MetricCutoff.None;

    public bool NeedsKey => false;

    public string Conventions =>
        "Σ rows · AUC / Σ rows over requests with a positive and a negative; ties count half. Undefined without such a request, and where "
        + "decisions are no candidates of a request.";

    public string Source => "Zhu et al., KDD 2017.";

    public PreparedMetric Prepare(RankedRows rows, MetricDesign design) => rows.Source.Groups is { } groups
        ? new Within(rows, groups)
        : PreparedMetric.Undefined("gauc needs rows that are candidates of a request");

    private sealed class Within : PreparedMetric
    {
        // rows (rank order) of the mixed requests, request after request, and where each request ends
        private readonly int[] _rows;
        private readonly int[] _ends;
        private readonly RankedRows _ranked;

        public Within(RankedRows ranked, int[] groups)
        {
            _ranked = ranked;
            int[] place = [.. Enumerable.Range(0, ranked.Count).OrderBy(i => groups[ranked.Order[i]]).ThenBy(static i => i)];
            var (rows, ends, start) = (new List<int>(), new List<int>(), 0);
            for (var i = 1; i <= place.Length; i++)
            {
                if (i < place.Length && groups[ranked.Order[place[i]]] == groups[ranked.Order[place[start]]]) { continue; }
                var positives = place[start..i].Count(p => ranked.Labels[p] > 0);
                if (positives > 0 && positives < i - start)
                {
                    rows.AddRange(place[start..i]);
                    ends.Add(rows.Count);
                }
                start = i;
            }
            (_rows, _ends) = ([.. rows], [.. ends]);
        }

        public override string UndefinedBecause => "no request has a positive and a negative";

        public override double Evaluate(RowWeights weights)
        {
            double sum = 0, all = 0;
            var start = 0;
            foreach (var end in _ends)
            {
                var (area, total) = Area(weights.Rows, start, end);
                if (total > 0)
                {
                    sum += total * area;
                    all += total;
                }
                start = end;
            }
            return sum / all;
        }

        private (double Area, double Total) Area(double[] weight, int start, int end)
        {
            double area = 0, positives = 0, negatives = 0, tiedPositives = 0, tiedNegatives = 0;
            for (var i = start; i < end; i++)
            {
                var row = _rows[i];
                if (_ranked.Labels[row] > 0) { tiedPositives += weight[row]; }
                else { tiedNegatives += weight[row]; }
                if (i + 1 < end && _ranked.Margins[_rows[i + 1]] == _ranked.Margins[row]) { continue; }
                area += tiedNegatives * (positives + (0.5 * tiedPositives));
                positives += tiedPositives;
                negatives += tiedNegatives;
                (tiedPositives, tiedNegatives) = (0, 0);
            }
            return positives > 0 && negatives > 0 ? (area / (positives * negatives), positives + negatives) : (0, 0);
        }
    }
}
