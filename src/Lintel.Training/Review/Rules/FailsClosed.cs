using Lintel.Design;
using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>Failing closed turns an outage into everybody's problem.</summary>
internal sealed class FailsClosed : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0487", "A failure gives the hardest outcome", Severity.Note, EvidenceKind.Design,
        "What does one minute of outage cost, failing open and failing closed?",
        "The outcome on failure against the hardest one that the design has, with the decisions a minute that the stated rate brings.",
        "Fail to the outcome that costs least on an average case, unless a law says otherwise.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var design = subject.Design;
        var hardest = OutcomeDesign.Hardest(design.OutcomeDesigns);
        if (hardest >= 0 && design.Serve.OnFailure == design.Outcomes[hardest])
        {
            yield return new(design.Serve.At, $"when scoring fails, every case gets '{design.Serve.OnFailure}'",
                design.Requirements.RatePerSecond is { } rate
                    ? $"{Measure.Number(rate * 60, 0)} decisions a minute at the stated rate" : "rate not stated");
        }
    }
}
