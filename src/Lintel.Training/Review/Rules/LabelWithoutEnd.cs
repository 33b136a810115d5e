using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;

namespace Lintel.Training.Review.Rules;

/// <summary>A click of next month is not this page's success.</summary>
internal sealed class LabelWithoutEnd : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0436", "A ranking's label has no end", Severity.Note, EvidenceKind.Design,
        "Until when does what a visitor does count for the page, and what if it happens after you trained?",
        "Labels of a ranking whose event is joined to the request without 'within'. Events that the visits are made from end "
        + "with their visit.",
        "Say how soon it must happen, e.g. 'label: click within 1d', and make the split's gap as long.")
    {
        For = DecisionUse.Conditions,
    };

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Design.Decision.Ranking is not { } ranking) { yield break; }
        var visit = subject.Design.Decision.Each.Visits?.From;
        foreach (var label in ranking.Labels)
        {
            var open = label.Sources.Where(s => s.Within is null && !s.Event.Equals(visit)).Select(static s => s.Event.Name).ToArray();
            if (open.Length > 0)
            {
                yield return new(label.At, $"the label '{label.Name}' counts whatever comes of a page, however late",
                    $"{open.Length} of {label.Sources.Length} sources without 'within' ({string.Join(", ", open)})");
            }
        }
    }
}
