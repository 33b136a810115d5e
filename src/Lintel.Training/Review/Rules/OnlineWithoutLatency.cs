using Lintel.Design;
using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>A decision inside a request has a time by which it must be there.</summary>
internal sealed class OnlineWithoutLatency : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0423", "Online serving without a latency claim", Severity.Warning, EvidenceKind.Design,
        "How long may the caller wait, at which percentile, and at which load?",
        "Whether an online design bounds a percentile of the latency, and states the rate at which it holds.",
        "State 'latency: { p99: 10ms }' and 'rate: N/s'.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var claims = subject.Design.Requirements;
        if (subject.Design.Serve.Mode != ServeMode.Online) { yield break; }
        if (claims.Latency.IsEmpty)
        {
            yield return new(subject.Design.Serve.At, "decisions are made inside a request, and no latency is claimed",
                "0 bounded percentiles");
        }
        else if (claims.RatePerSecond is null)
        {
            yield return new(
                subject.RequirementAt("latency"),
                "a latency is claimed without the rate at which it must hold",
                $"p{Measure.Number(claims.Latency[0].Percentile, 2)} ≤ {Measure.Duration(claims.Latency[0].Bound)} at an unstated rate")
            {
                Severity = Severity.Note,
            };
        }
    }
}
