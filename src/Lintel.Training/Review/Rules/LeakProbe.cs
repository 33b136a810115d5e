using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>One column that knows the answer was written after the answer was known.</summary>
internal sealed class LeakProbe : IReviewRule
{
    private const double TooGood = 0.99;

    public RuleCard Card { get; } = new(
        "LT0451", "One value nearly determines the label", Severity.Error, EvidenceKind.Labels,
        "Which of your columns could only have been filled in after the outcome was known?",
        "The AUC of each field of the decided event and of each feature alone, in the better direction, over rows with a known "
        + "label: an error from 0.99.",
        "Find out when the source writes it. Leave it out, or give it its own instant with 'known'.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Evidence.Labels is not { } labels) { yield break; }
        foreach (var field in subject.DecidedFields())
        {
            if (Probe(field.Values, labels) is { } evidence)
            {
                yield return new(
                    field.Column.At,
                    $"the field '{field.Column.Name}' alone orders the labels almost perfectly",
                    evidence);
            }
        }
        if (subject.Evidence.Features is not { } features) { yield break; }
        var matrixLabels = Array.ConvertAll(features.Rows, row => labels[row]);
        for (var f = 0; f < features.Names.Count; f++)
        {
            if (Probe(features.Column(f), matrixLabels) is { } evidence)
            {
                yield return new(subject.FeatureAt(features.Names[f]),
                    $"the feature '{features.Names[f]}' alone orders the labels almost perfectly", evidence);
            }
        }
    }

    private static string? Probe(float[] values, double[] labels)
    {
        var auc = Measure.Auc(values, labels);
        var better = Math.Max(auc, 1 - auc);
        return better >= TooGood ? $"AUC {Measure.Number(better, 4)} alone; bound {TooGood}" : null;
    }
}
