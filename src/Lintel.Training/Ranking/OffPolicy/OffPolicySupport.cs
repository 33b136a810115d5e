namespace Lintel.Training.Ranking.OffPolicy;

/// <summary>Says whether a log can tell anything of a policy.</summary>
internal static class OffPolicySupport
{
    // 99 % of a normal distribution lies within
    private const double Z99 = 2.5758293035489004;

    /// <summary>Why nothing can be learnt from this log; null: something can.</summary>
    public static OffPolicyAnswer.Refused? OfLog(LoggedExposures log)
    {
        if (log.Count == 0 || log.DecisionCount < 2)
        {
            return new(OffPolicyRefusal.TooFew, $"the log holds {log.Count} shown items of {log.DecisionCount} decisions");
        }
        int missing = 0, sure = 0;
        for (var i = 0; i < log.Count; i++)
        {
            var p = log.Propensities[i];
            missing += double.IsNaN(p) ? 1 : 0;
            sure += p >= 1 - 1e-9 ? 1 : 0;
            if (p is <= 0 or > 1 + 1e-9)
            {
                return new(
                    OffPolicyRefusal.WrongPropensities,
                    $"row {i} was shown with propensity {p:0.####}, expected one above 0 and at most 1: what was shown had a chance");
            }
        }
        return missing > 0
            ? new(
                OffPolicyRefusal.NoPropensities,
                $"{missing:N0} of {log.Count:N0} shown items have no propensity; log it with each, as 'explore 5% among 50' does")
            : sure == log.Count
            ? new(
                OffPolicyRefusal.NoExploration,
                $"every one of {log.Count:N0} items was shown with propensity 1: a policy that never explores says nothing of another; "
                + "add 'explore 5% among 50' and come back when it has run")
            : null;
    }

    /// <summary>Why nothing can be said of this target; null: something can.</summary>
    public static OffPolicyAnswer.Refused? OfTarget(
        LoggedExposures log, TargetPolicy target, double[] weights, DecisionClusters clusters, OffPolicyOptions options)
    {
        if (target.Unsupported is { } unsupported && unsupported.Average() is var share && share > options.MostUnsupported)
        {
            return new(
                OffPolicyRefusal.NoSupport,
                $"{share:0.0%} of what the policy would show had no chance in the log (at most {options.MostUnsupported:0%} is accepted): "
                + "explore among more candidates");
        }
        var effective = EffectiveCount(weights);
        if (effective < options.LeastEffective)
        {
            return new(
                OffPolicyRefusal.TooFew,
                $"{log.Count:N0} shown items tell of this policy as much as {effective:0} of its own would, fewer than "
                + $"{options.LeastEffective:0}: the two have too little in common, or too little was explored");
        }
        var (mean, error) = MeanWeight(log, weights, clusters);
        if (Math.Abs(mean - 1) - (Z99 * error) <= options.MostWeightError) { return null; }
        return mean < 1
            ? new(
                OffPolicyRefusal.NoSupport,
                $"the weights' mean is {mean:0.00} ± {Z99 * error:0.00}, expected 1: part of what the policy would show never had a chance in the log")
            : new(
                OffPolicyRefusal.WrongPropensities,
                $"the weights' mean is {mean:0.00} ± {Z99 * error:0.00}, expected 1: the logged propensities are not those with which items were shown");
    }

    /// <summary>(Σw)² / Σw². Source: Kish, Survey Sampling, 1965.</summary>
    public static double EffectiveCount(double[] weights)
    {
        double sum = 0, squares = 0;
        foreach (var w in weights)
        {
            sum += w;
            squares += w * w;
        }
        return squares > 0 ? sum * sum / squares : 0;
    }

    private static (double Mean, double Error) MeanWeight(LoggedExposures log, double[] weights, DecisionClusters clusters)
    {
        // terms per decision: the sum of its weights less what is expected of as many rows, so that pages may differ in length
        var terms = new double[log.DecisionCount];
        var mean = weights.Average();
        for (var i = 0; i < weights.Length; i++) { terms[log.Decisions[i]] += weights[i] - mean; }
        double squares = 0;
        foreach (var d in clusters.Deviations(terms, 0)) { squares += d * d; }
        return (mean, Math.Sqrt(squares) / weights.Length);
    }
}
