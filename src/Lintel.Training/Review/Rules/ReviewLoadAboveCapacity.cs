using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>The queue must fit the people, on busy days too.</summary>
internal sealed class ReviewLoadAboveCapacity : IReviewRule
{
    /// <summary>Standard normal quantile of 95 %.</summary>
    private const double Z95 = 1.645;

    public RuleCard Card { get; } = new(
        "LT0422", "More reviews asked for than reviewers can judge", Severity.Error, EvidenceKind.Design,
        "What happens to the review queue on a busy day?",
        "The sum n of all 'top n/day' goals of review rules: an error when it exceeds the capacity, a warning when the 95th "
        + "percentile of a Poisson day, n + 1.645 √n, does.",
        "Lower the 'top n/day' goals until n + 1.645 √n fits, or raise the capacity.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var asked = Reviews.AskedPerDay(subject.Design);
        if (subject.Design.Requirements.ReviewersPerDay is not { } capacity || asked == 0) { yield break; }
        var busy = asked + (Z95 * Math.Sqrt(asked));
        if (busy <= capacity) { yield break; }
        var fits = Math.Floor(Math.Pow((Math.Sqrt((Z95 * Z95) + (4 * capacity)) - Z95) / 2, 2));
        yield return new(subject.RequirementAt("reviewers"),
            asked > capacity
                ? "the policy sends more cases to review on an average day than the reviewers can judge"
                : "the policy fills the reviewers' whole capacity on an average day, so that busy days overflow",
            $"mean {Measure.Number(asked, 1)} a day, p95 about {Measure.Number(busy, 0)} a day; capacity {Measure.Number(capacity, 1)} a day")
        {
            Severity = asked > capacity ? Severity.Error : Severity.Warning,
            Fix = $"Ask for at most {Measure.Number(fits, 0)} cases a day in all, or raise the capacity to {Measure.Number(Math.Ceiling(busy), 0)}.",
        };
    }
}
