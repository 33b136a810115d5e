using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Training.Review.Rules;

/// <summary>Says what an aggregate of labels really looks at, since it surprises.</summary>
internal sealed class LabelWindowsAreLate : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0435", "Aggregates of labels look further back than they read", Severity.Note, EvidenceKind.Records,
        "Your features use past labels: how do you know that none of them was still in the future?",
        "Windows over label events run over known time, so that a future label cannot be read. The age of what they see is "
        + "measured: the window, moved back by the median delay of the label.",
        "Nothing to mend. Choose the window with this age in mind; a shorter one may hold no label at all.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.LabelDelays is not { Length: > 0 } delays) { yield break; }
        var labelEvents = subject.Design.Decision.Label.Select(static l => l.Event.Number).ToHashSet();
        var windows = subject.Design.Features
            .SelectMany(f => ExpressionTree.Of<Expression.Aggregate>(f.Value).Select(a => (Feature: f, Aggregate: a)))
            .Where(x => labelEvents.Contains(x.Aggregate.Source.Number) && x.Aggregate.WindowMicroseconds is not null)
            .OrderBy(static x => x.Aggregate.WindowMicroseconds).ToArray();
        if (windows.Length == 0) { yield break; }
        var delay = Measure.Quantile(delays, 0.5);
        if (delay <= 0) { yield break; }                                       // labels are known at once: nothing surprises
        var (feature, shortest) = windows[0];
        yield return new(feature.At,
            $"{windows.Length} aggregates read labels; each sees only what was known before the decision, so none can leak",
            $"'{feature.Name}' looks at decisions {Measure.Duration(delay + shortest.WindowMicroseconds!.Value)} to "
            + $"{Measure.Duration(delay)} old (median label delay {Measure.Duration(delay)})");
    }
}
