using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Kinds;

namespace Lintel.Training.Review.Rules;

/// <summary>A handful of labels that cannot be true moves a mean, and a squared loss learns little else.</summary>
internal sealed class AbsurdLabels : IReviewRule
{
    private const double Rare = 0.05;
    private const int Far = 10;

    public RuleCard Card { get; } = new(
        "LT0438", "Labels that cannot be true", Severity.Warning, EvidenceKind.Labels,
        "What is the longest label that you have, and do you believe it?",
        "Labels below 0 where at most 5 % are, or where labels are times that passed, and labels above ten times the 99th percentile: a finding from the first one.",
        "Find out what wrote them, and leave them out with 'where' of the label's event; or fit and judge by what they do not move: "
        + "objective absolute or huber, median-ae.")
    {
        For = DecisionUse.Regression,
    };

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Evidence.Labels is not { } labels) { yield break; }
        double[] known = [.. labels.Where(static y => !double.IsNaN(y)).Order()];
        if (known.Length < Measure.LeastRows) { yield break; }
        var negative = known.Count(static y => y < 0);
        if (negative > 0 && (negative <= Rare * known.Length || IsElapsed(subject.Design)))
        {
            yield return new(subject.Design.Decision.At, negative <= Rare * known.Length ? "a few labels are negative" : "many labels are negative, and time does not run backwards",
                $"{negative} of {Measure.Number(known.Length, 0)}, down to {Measure.Number(known[0], 2)}; the median is {Measure.Number(Measure.Quantile(known, 0.5), 2)}");
        }
        var bound = Far * Measure.Quantile(known, 0.99);
        var huge = known.Count(y => y > bound);
        if (bound > 0 && huge > 0)
        {
            yield return new(subject.Design.Decision.At, "a few labels are absurdly large",
                $"{huge} above {Measure.Number(bound, 1)}, ten times the 99th percentile, up to {Measure.Number(known[^1], 1)}");
        }
    }

    /// <summary>Whether a label is a duration in some unit, e.g. <c>minutes(delivered.time - order.time)</c>.</summary>
    private static bool IsElapsed(SystemDesign design) => design.Decision.Label.Any(static source => source.Value is Expression.Call
    {
        Function.Parameters: [DataType.Duration]
    });
}
