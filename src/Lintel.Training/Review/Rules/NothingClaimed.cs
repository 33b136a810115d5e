using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>A design that promises nothing cannot be held to anything.</summary>
internal sealed class NothingClaimed : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0411", "No requirement is stated", Severity.Warning, EvidenceKind.Design,
        "What must this system keep, in numbers, for the business to call it a success?",
        "The number of claims among latency, rate, freshness, reviewers and costs; at least one is expected.",
        "Add 'requirements:' with at least a latency, a rate or the costs of each kind of mistake.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var claims = subject.Design.Requirements;
        var count = claims.Latency.Length + claims.Costs.Length + (claims.RatePerSecond is null ? 0 : 1)
            + (claims.Freshness is null ? 0 : 1) + (claims.ReviewersPerDay is null ? 0 : 1);
        if (count == 0)
        {
            yield return new(default, "the design states no requirement, so that no promotion can be refused for one",
                "0 claims of 5 kinds (latency, rate, freshness, reviewers, costs)");
        }
    }
}
