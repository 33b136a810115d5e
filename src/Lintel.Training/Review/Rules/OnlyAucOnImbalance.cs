using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;

namespace Lintel.Training.Review.Rules;

/// <summary>An area under the ROC curve hides what a rare class costs.</summary>
internal sealed class OnlyAucOnImbalance : IReviewRule
{
    private static readonly string[] Rare = ["average-precision", "precision", "recall", "key-precision", "cost"];

    public RuleCard Card { get; } = new(
        "LT0424", "AUC alone judges a rare class", Severity.Warning, EvidenceKind.Design,
        "At one positive in a thousand, what does an AUC of 0.95 say about the alerts that people will see?",
        "The base rate of the label (below 10 % is rare), and whether a metric that looks at the alerts is there: average "
        + "precision, precision or recall at a cut-off, or cost.",
        "Add 'average-precision' and a metric at the rate that you will alert on, e.g. 'recall@1%'.")
    {
        For = DecisionUse.Conditions,
    };

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        var metrics = subject.Design.Evaluate.Metrics;
        if (!metrics.Any(static m => m.Kind == "auc") || metrics.Any(static m => Rare.Contains(m.Kind))
            || subject.BaseRate is > 0.1)
        {
            yield break;
        }
        yield return new(metrics.First(static m => m.Kind == "auc").Span,
            "the only ranking metric is AUC, which does not change with the base rate",
            subject.BaseRate is { } rate
                ? $"base rate {Measure.Share(rate)}: a random alert is wrong {Measure.Number((1 / rate) - 1, 0)} times for each hit"
                : $"{metrics.Length} metrics, none looks at the alerts")
        {
            Severity = subject.BaseRate is null ? Severity.Note : Severity.Warning,
        };
    }
}
