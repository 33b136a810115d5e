using Lintel.Design.Kinds;
using Lintel.Training.Metrics;

namespace Lintel.Training.Ranking.Metrics;

/// <summary>Share of the available items that anyone is shown.</summary>
/// <remarks>Distinct available items on the first k places of any list, over the items that could be had at some time
/// of the period. It grows with the number of decisions; compare it over the same ones. Source: Herlocker et al., TOIS
/// 22(1), 2004 (catalogue coverage).</remarks>
public sealed class Coverage : IRankingMetric
{
    public Kind Kind { get; } = new(
        KindFamily.RankingMetric, "coverage", typeof(NoParameters), "Share of the available items that anyone is shown.");

    public MetricAim Aim => MetricAim.Highest;

    public string Unit => "share";

    public MetricCutoff Cutoff => MetricCutoff.Count;

    public RankingView View => RankingView.AllLists;

    public string Conventions =>
        "Distinct items on the first k places of any list, over those that could be had at some time of the period. It grows with the number "
        + "of decisions: compare it over the same ones.";

    public string Source => "Herlocker et al. 2004 (catalogue coverage).";

    public PreparedRankingMetric Prepare(JudgedPages pages, int depth) => new Shown(new(pages, depth));

    private sealed class Shown(Exposure exposure) : PreparedRankingMetric
    {
        public override string UndefinedBecause => Exposure.UndefinedBecause;

        public override double Evaluate(ReadOnlySpan<double> weights)
        {
            var shown = exposure.Of(weights);
            var seen = 0;
            foreach (var times in shown) { seen += times > 0 ? 1 : 0; }
            return seen > 0 ? (double)seen / shown.Length : double.NaN;
        }
    }
}
