using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>A column that is empty for one class and full for the other was filled in by the outcome.</summary>
internal sealed class FilledInLater : IReviewRule
{
    /// <summary>Decisions without a label below which they are not compared.</summary>
    private const int LeastUnlabelled = 30;

    public RuleCard Card { get; } = new(
        "LT0452", "Missing values give the label away", Severity.Error, EvidenceKind.Labels,
        "Is a value missing because it was not known yet, or because of what happened next?",
        "Share of missing values among positives and among negatives, for each field of the decided event: a warning when they "
        + "differ by 20 points, an error from 50. Of a label that is a value: among decisions with a label and without one, and among the "
        + "shorter and the longer half.",
        "Ask when the source fills it in; leave it out, or give it its own instant with 'known'.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Evidence.Labels is not { } labels) { yield break; }
        var pairs = Groups(subject, labels);
        foreach (var field in subject.DecidedFields(withTexts: true))
        {
            foreach (var (one, other, names) in pairs)
            {
                var (first, second) = (MissingShare(field.Values, labels, one), MissingShare(field.Values, labels, other));
                if (!(Math.Abs(first - second) is >= 0.2 and var difference)) { continue; }
                yield return new(field.Column.At, $"whether '{field.Column.Name}' is missing depends on the label",
                    $"missing in {Measure.Share(first)} of {names.One} and {Measure.Share(second)} of {names.Other}")
                {
                    Severity = difference >= 0.5 ? Severity.Error : Severity.Warning,
                };
                break;
            }
        }
    }

    /// <summary>Groups of labels that a field known at the decision cannot tell apart by being there.</summary>
    private static (Func<double, bool> One, Func<double, bool> Other, (string One, string Other) Names)[] Groups(
        ReviewSubject subject, double[] labels)
    {
        if (!subject.HasValues) { return [(static y => y == 1, static y => y == 0, ("positives", "negatives"))]; }
        double[] known = [.. labels.Where(static y => !double.IsNaN(y)).Order()];
        if (known.Length < Measure.LeastRows) { return []; }
        var middle = Measure.Quantile(known, 0.5);
        return
        [
            (y => y <= middle, y => y > middle, ("the lower half of the labels", "the upper")),
            .. labels.Length - known.Length < LeastUnlabelled ? Array.Empty<(Func<double, bool>, Func<double, bool>, (string, string))>()
                : [(static y => !double.IsNaN(y), double.IsNaN, ("decisions with a label", "those without"))],
        ];
    }

    private static double MissingShare(float[] values, double[] labels, Func<double, bool> takes)
    {
        int rows = 0, missing = 0;
        for (var row = 0; row < values.Length; row++)
        {
            if (!takes(labels[row])) { continue; }
            rows++;
            if (float.IsNaN(values[row])) { missing++; }
        }
        return rows == 0 ? double.NaN : (double)missing / rows;
    }
}
