using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;
using Lintel.Training.Splits;

namespace Lintel.Training.Review.Rules;

/// <summary>The best of many on few positives is partly luck.</summary>
internal sealed class SearchTooWide : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0465", "A search over more settings than the validation part can tell apart", Severity.Note, EvidenceKind.Split,
        "You tried fifty settings: how much of the winner's lead is luck?",
        "Candidates of a search against the positives of validate: noted when there is more than one candidate for five positives.",
        "Search fewer settings, or keep a longer validation part. The test figure is untouched by this.")
    {
        For = DecisionUse.Conditions,
    };

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Count(SplitPart.Validate) is not { Rows: > 0 } validate) { yield break; }
        foreach (var model in subject.Design.Models)
        {
            if (model.Tune is { } tune && tune.Candidates.Length * 5 > validate.Positives)
            {
                yield return new(tune.At, $"the search of '{model.Name}' chooses among many settings by few positives",
                    $"{tune.Candidates.Length} candidates, {validate.Positives} positives in validate");
            }
        }
    }
}
