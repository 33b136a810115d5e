namespace Lintel.Training.Ranking;

/// <summary>The weighted mean of a value that each decision has by itself; decisions whose value is NaN take no
/// part.</summary>
internal sealed class DecisionMean(double[] values, string undefinedBecause) : PreparedRankingMetric
{
    public const string NothingRelevant = "nothing was right at any of the decisions";

    public override string UndefinedBecause { get; } = undefinedBecause;

    /// <summary>The mean over decisions at which something was right.</summary>
    public static DecisionMean OfRelevant(JudgedPages pages, Func<PageHits, double> value)
    {
        var hits = new PageHits();
        var values = new double[pages.Count];
        for (var d = 0; d < values.Length; d++)
        {
            var has = pages.Relevant[d].Length > 0;
            if (has) { hits.Look(pages.Lists[d], pages.Relevant[d]); }
            values[d] = has ? value(hits) : double.NaN;
        }
        return new(values, NothingRelevant);
    }

    public override double Evaluate(ReadOnlySpan<double> weights)
    {
        double sum = 0, all = 0;
        for (var d = 0; d < values.Length; d++)
        {
            if (double.IsNaN(values[d])) { continue; }
            sum += weights[d] * values[d];
            all += weights[d];
        }
        return all > 0 ? sum / all : double.NaN;
    }
}
