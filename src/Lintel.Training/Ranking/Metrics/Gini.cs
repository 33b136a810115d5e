using Lintel.Design.Kinds;
using Lintel.Training.Metrics;

namespace Lintel.Training.Ranking.Metrics;

/// <summary>How unequally exposure falls on the available items.</summary>
/// <remarks>G = Σ (2i − n − 1) xᵢ / (n Σ x) over the n available items in ascending order of how often they were shown
/// on the first k places: 0 when all are shown equally often, 1 − 1/n when only one is. Source: Gini 1912; for
/// recommenders Fleder and Hosanagar, Management Science 55(5), 2009.</remarks>
public sealed class Gini : IRankingMetric
{
    public Kind Kind { get; } = new(
        KindFamily.RankingMetric, "gini", typeof(NoParameters), "How unequally exposure falls on the available items.");

    public MetricAim Aim => MetricAim.Lowest;

    public string Unit => "share";

    public MetricCutoff Cutoff => MetricCutoff.Count;

    public RankingView View => RankingView.AllLists;

    public string Conventions =>
        "Σ (2i − n − 1) xᵢ / (n Σ x) over the n items that could be had, in ascending order of how often each stood on the first k places: 0 "
        + "when all are shown equally often, near 1 when one is shown always.";

    public string Source => "Fleder and Hosanagar 2009.";

    public PreparedRankingMetric Prepare(JudgedPages pages, int depth) => new Inequality(new(pages, depth));

    private sealed class Inequality(Exposure exposure) : PreparedRankingMetric
    {
        public override string UndefinedBecause => Exposure.UndefinedBecause;

        public override double Evaluate(ReadOnlySpan<double> weights)
        {
            var shown = exposure.Of(weights);
            Array.Sort(shown);
            double sum = 0, all = 0;
            for (var i = 0; i < shown.Length; i++)
            {
                sum += ((2.0 * (i + 1)) - shown.Length - 1) * shown[i];
                all += shown[i];
            }
            return all > 0 ? sum / (shown.Length * all) : double.NaN;
        }
    }
}
