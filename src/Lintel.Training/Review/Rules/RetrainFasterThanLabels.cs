using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>Retraining cannot learn what nobody knows yet.</summary>
internal sealed class RetrainFasterThanLabels : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0486", "Retraining is faster than the labels", Severity.Note, EvidenceKind.Records,
        "You retrain every day: how old is the newest label that today's model has seen?",
        "The period of 'retrain' against the median label delay: each model's newest labels are that old, however often it is fitted.",
        "Keep it if the cost is small; a faster source of labels (reviewers' verdicts) shortens the blind stretch, a shorter period does not.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Design.Retrain.Every is not { } every || subject.LabelDelays is not { Length: > 0 } delays) { yield break; }
        var delay = Measure.Quantile(delays, 0.5);
        if (every.TotalMicroseconds < delay)
        {
            yield return new(subject.Design.Retrain.At, "each new model still knows nothing of the last days",
                $"every {Measure.Duration(every)}, median label delay {Measure.Duration(delay)}: "
                + $"{Measure.Number(Math.Floor(delay / every.TotalMicroseconds), 0)} models in a row see none of a new attack's labels");
        }
    }
}
