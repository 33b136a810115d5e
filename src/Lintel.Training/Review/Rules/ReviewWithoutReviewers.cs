using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>Cases sent to people need people.</summary>
internal sealed class ReviewWithoutReviewers : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0421", "Human review without reviewers", Severity.Warning, EvidenceKind.Design,
        "Who looks at the cases that you send to review, and how many can they judge in a day?",
        "Rules whose outcome is a review while 'requirements.reviewers' states no capacity.",
        "State 'reviewers: { capacity: N/day }', so that thresholds and load are held against it.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var rules = Reviews.Rules(subject.Design).ToArray();
        if (rules.Length > 0 && subject.Design.Requirements.ReviewersPerDay is null)
        {
            yield return new(rules[0].At, $"'{rules[0].Text}' sends cases to people, and no capacity is stated",
                $"{rules.Length} review rules, 0 reviews a day stated");
        }
    }
}
