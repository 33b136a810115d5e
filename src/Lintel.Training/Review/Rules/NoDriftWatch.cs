using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>A model decays in silence.</summary>
internal sealed class NoDriftWatch : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0484", "Nothing watches for drift", Severity.Warning, EvidenceKind.Design,
        "Labels come a week late: how do you notice tonight that something broke?",
        "Whether 'monitor' bounds a drift measure; with records, how long labels leave it blind.",
        "Add 'monitor: { drift: psi > 0.2, window: 1d, alert: [log] }'.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var monitor = subject.Design.Monitor;
        var blind = subject.LabelDelays is { Length: > 0 } delays
            ? $"; labels leave you blind for {Measure.Duration(Measure.Quantile(delays, 0.5))}" : "";
        if (monitor.DriftMeasure is null)
        {
            yield return new(monitor.At, "the inputs may change and nobody is told", $"0 drift measures{blind}");
        }
    }
}
