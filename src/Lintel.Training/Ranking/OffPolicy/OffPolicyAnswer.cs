using Lintel.Training.Evaluation;

namespace Lintel.Training.Ranking.OffPolicy;

/// <summary>What a log can say of another policy: estimates, or why it cannot tell.</summary>
public abstract record OffPolicyAnswer
{
    private protected OffPolicyAnswer() { }

    /// <param name="Logged">The logging policy's own mean reward of a decision.</param>
    /// <param name="Estimates">The target's: ips, snips, and dr where a reward model was given.</param>
    /// <param name="EffectiveCount">(Σw)² / Σw²: as many exposures of the target's own would tell as much.</param>
    /// <param name="MaxWeight">The largest single weight.</param>
    /// <param name="MeanWeight">1 in expectation where the propensities are right and the log shows all that the target
    /// does.</param>
    /// <param name="Clusters">Keys, or decisions, that intervals are over.</param>
    public sealed record Estimated(
        double Logged, IReadOnlyList<OffPolicyEstimate> Estimates, double EffectiveCount, double MaxWeight, double MeanWeight,
        int Exposures, int Decisions, int Clusters) : OffPolicyAnswer
    {
        /// <exception cref="InvalidOperationException">There is no such estimate.</exception>
        public OffPolicyEstimate Of(string estimator) => Estimates.First(e => e.Estimator == estimator);
    }

    /// <summary>No number is better than a wrong one.</summary>
    public sealed record Refused(OffPolicyRefusal Why, string Message) : OffPolicyAnswer;
}

/// <summary>Mean reward of a decision under the target.</summary>
/// <param name="Estimator">ips, snips or dr.</param> <param name="Interval">95 %.</param>
public sealed record OffPolicyEstimate(string Estimator, double Value, Interval Interval);

public enum OffPolicyRefusal
{
    /// <summary>The log says nothing of the chances with which items were shown.</summary>
    NoPropensities,
    /// <summary>A propensity is no probability.</summary>
    WrongPropensities,
    /// <summary>The log always showed what it showed: nothing is known of anything else.</summary>
    NoExploration,
    /// <summary>The target shows what the log never could.</summary>
    NoSupport,
    /// <summary>The log and the target have too little in common.</summary>
    TooFew,
}
