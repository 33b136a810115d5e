using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>A label that is there at the moment of the decision is the answer, not a label.</summary>
internal sealed class LabelKnownAtOnce : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0431", "The label is known as soon as the decision is asked for", Severity.Warning, EvidenceKind.Design,
        "When do you learn the truth about a decision, and how do you know?",
        "Label events of a file without 'known:', and, from the records, the share of labels known no later than what they judge.",
        "Say when the label becomes known, e.g. 'known: tx_time + 7d', or the column that holds that instant.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        // what a visitor does with a page is known when it happens, and a visit that is made from it begins with it
        if (subject.Design.Decision.Ranking is not null) { yield break; }
        foreach (var source in subject.Design.Decision.Label)
        {
            // an event that comes by stream only is known when it is accepted, and one that happens later is known later
            if (source.Event.Known is null && source.Event.HasSource && !(subject.LabelDelays is [> 0, ..]))
            {
                yield return new(
                    source.Event.At,
                    $"'{source.Event.Name}' gives the label and has no 'known:', so each of its records "
                    + "counts from the instant that it speaks of", "stated delay 0 s");
                yield break;
            }
        }
        var delays = subject.LabelDelays;
        var early = delays.Length == 0 ? 0 : (double)delays.Count(static d => d <= 0) / delays.Length;
        if (early > 0)
        {
            yield return new(subject.Design.Decision.At, "labels are known no later than the decisions that they judge",
                $"{Measure.Share(early)} of {Measure.Number(delays.Length, 0)} labels have a delay of 0 or less");
        }
    }
}
