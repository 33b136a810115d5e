using Lintel.Training.Metrics;

namespace Lintel.Training.Ranking.OffPolicy;

/// <summary>When a log is refused.</summary>
public sealed record OffPolicyOptions
{
    /// <summary>Least effective number of exposures. Default 100: below it an interval is wider than what it is to
    /// tell.</summary>
    public double LeastEffective { get; init; } = 100;

    /// <summary>Most of what the target shows that the log never could, as a share. Default 1 %: the estimates are
    /// blind to it.</summary>
    public double MostUnsupported { get; init; } = 0.01;

    /// <summary>How far the mean weight may lie from 1 beyond its own 99 % noise. Default 0.1.</summary>
    public double MostWeightError { get; init; } = 0.1;
}

/// <summary>Estimates what a policy would have earned from the log of another one that explored, of an item at its
/// position: the reward of a page is the sum over its positions, and an item's reward depends on its position but not
/// on its neighbours.</summary>
/// <remarks><para>With w = target's chance / propensity of the item at the position: ips is the mean over decisions of
/// Σ w r; snips takes, at each position, Σ w r / Σ w, times how many decisions have that position; dr is the mean of Σ
/// m(target) + w (r − m(logged)) for a reward model m that was fitted on other rows. ips and dr are unbiased where
/// propensities are right and the log can show all that the target does.</para>
/// <para>Intervals are over cluster sums of each decision's term (for snips its linearisation), see
/// <see cref="SkewedMean"/>. Source: Horvitz and Thompson 1952; Swaminathan and Joachims, NeurIPS 2015; Dudík, Langford
/// and Li, ICML 2011; items at positions: Li, Abbasi-Yadkori et al., KDD 2018. Test: without bias on logs of known
/// truth, and 1,000 runs of <c>bench/Lintel.Bench offpolicy</c>.</para></remarks>
public static class OffPolicyEvaluator
{
    /// <exception cref="ArgumentException">Columns do not fit each other.</exception>
    public static OffPolicyAnswer Evaluate(LoggedExposures log, TargetPolicy target, OffPolicyOptions? options = null)
    {
        log.Check();
        target.Check(log.Count);
        options ??= new();
        if (OffPolicySupport.OfLog(log) is { } refused) { return refused; }
        var weights = new double[log.Count];
        for (var i = 0; i < weights.Length; i++) { weights[i] = target.Chances[i] / log.Propensities[i]; }
        var clusters = ClusterOf(log);
        if (OffPolicySupport.OfTarget(log, target, weights, clusters, options) is { } blind) { return blind; }

        var terms = new double[log.DecisionCount];
        List<OffPolicyEstimate> estimates = [Ips(log, weights, terms, clusters), Snips(log, weights, terms, clusters)];
        if (target.ModelOfLogged is not null) { estimates.Add(DoublyRobust(log, target, weights, terms, clusters)); }
        return new OffPolicyAnswer.Estimated(
            log.Rewards.Sum() / log.DecisionCount, estimates, OffPolicySupport.EffectiveCount(weights), weights.Max(), weights.Average(),
            log.Count, log.DecisionCount, clusters.Count);
    }

    private static OffPolicyEstimate Ips(LoggedExposures log, double[] weights, double[] terms, DecisionClusters clusters)
    {
        Array.Clear(terms);
        for (var i = 0; i < weights.Length; i++) { terms[log.Decisions[i]] += weights[i] * log.Rewards[i]; }
        return clusters.Estimate("ips", terms);
    }

    private static OffPolicyEstimate DoublyRobust(
        LoggedExposures log, TargetPolicy target, double[] weights, double[] terms, DecisionClusters clusters)
    {
        Array.Clear(terms);
        for (var i = 0; i < weights.Length; i++)
        {
            terms[log.Decisions[i]] += target.ModelOfTarget![i] + (weights[i] * (log.Rewards[i] - target.ModelOfLogged![i]));
        }
        return clusters.Estimate("dr", terms);
    }

    private static OffPolicyEstimate Snips(LoggedExposures log, double[] weights, double[] terms, DecisionClusters clusters)
    {
        var last = log.Positions.Max();
        var (weight, earned, rows) = (new double[last + 1], new double[last + 1], new int[last + 1]);
        for (var i = 0; i < weights.Length; i++)
        {
            var position = log.Positions[i];
            weight[position] += weights[i];
            earned[position] += weights[i] * log.Rewards[i];
            rows[position]++;
        }
        Array.Clear(terms);
        for (var i = 0; i < weights.Length; i++)
        {
            var position = log.Positions[i];
            if (weight[position] == 0) { continue; }             // the target never shows what was logged there
            var mean = earned[position] / weight[position];
            terms[log.Decisions[i]] += mean + (weights[i] * (log.Rewards[i] - mean) * rows[position] / weight[position]);
        }
        return clusters.Estimate("snips", terms);
    }

    private static DecisionClusters ClusterOf(LoggedExposures log)
    {
        if (log.Keys is null) { return new([.. Enumerable.Range(0, log.DecisionCount)], log.DecisionCount); }
        var (of, distinct) = Clusters.Dense(log.Keys);
        return new(of, distinct.Length);
    }
}

/// <summary>Which decisions move together.</summary>
/// <param name="Of">[decisions], 0 to <paramref name="Count"/> − 1.</param>
internal sealed record DecisionClusters(int[] Of, int Count)
{
    /// <summary>The mean over decisions of their terms, with its interval.</summary>
    public OffPolicyEstimate Estimate(string estimator, double[] terms)
    {
        var mean = terms.Sum() / terms.Length;
        return new(estimator, mean, SkewedMean.Interval95(mean, Deviations(terms, mean), terms.Length));
    }

    /// <summary>By cluster, the sum of terms less the mean.</summary>
    public double[] Deviations(double[] terms, double mean)
    {
        var deviations = new double[Count];
        for (var d = 0; d < terms.Length; d++) { deviations[Of[d]] += terms[d] - mean; }
        return deviations;
    }
}
