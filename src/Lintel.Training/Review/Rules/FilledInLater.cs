using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>A column that is empty for one class and full for the other was filled in by the outcome.</summary>
internal sealed class FilledInLater : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0452", "Missing values give the label away", Severity.Error, EvidenceKind.Labels,
        "Is a value missing because it was not known yet, or because of what happened next?",
        "Share of missing values among positives and among negatives, for each field of the decided event: a warning when they "
        + "differ by 20 points, an error from 50.",
        "Ask when the source fills it in; leave it out, or give it its own instant with 'known'.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Evidence.Labels is not { } labels) { yield break; }
        foreach (var field in subject.DecidedFields(withTexts: true))
        {
            var positives = MissingShare(field.Values, labels, 1);
            var negatives = MissingShare(field.Values, labels, 0);
            if (!(Math.Abs(positives - negatives) is >= 0.2 and var difference)) { continue; }
            yield return new(field.Column.At, $"whether '{field.Column.Name}' is missing depends on the label",
                $"missing in {Measure.Share(positives)} of positives and {Measure.Share(negatives)} of negatives")
            {
                Severity = difference >= 0.5 ? Severity.Error : Severity.Warning,
            };
        }
    }

    private static double MissingShare(float[] values, double[] labels, double label)
    {
        int rows = 0, missing = 0;
        for (var row = 0; row < values.Length; row++)
        {
            if (labels[row] != label) { continue; }
            rows++;
            if (float.IsNaN(values[row])) { missing++; }
        }
        return rows == 0 ? double.NaN : (double)missing / rows;
    }
}
