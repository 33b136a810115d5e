using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>One column that knows the answer was written after the answer was known.</summary>
internal sealed class LeakProbe : IReviewRule
{
    private const double TooGood = 0.99;
    private const double TooMuch = 0.95;
    private const double Most = 0.5;

    public RuleCard Card { get; } = new(
        "LT0451", "One value nearly determines the label", Severity.Error, EvidenceKind.Labels,
        "Which of your columns could only have been filled in after the outcome was known?",
        "The AUC of each field of the decided event and of each feature alone, in the better direction, over rows with a known "
        + "label: an error from 0.99. Of a label that is a value, the share of its variation in ranks that each explains alone (correlation "
        + "ratio over 50 bins): an error from 95 %, a warning from 50 %.",
        "Find out when the source writes it. Leave it out, or give it its own instant with 'known'.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Evidence.Labels is not { } labels) { yield break; }
        foreach (var field in subject.DecidedFields())
        {
            if (Find(subject, field.Values, labels, $"the field '{field.Column.Name}'", field.Column.At) is { } finding) { yield return finding; }
        }
        if (subject.Evidence.Features is not { } features) { yield break; }
        var matrixLabels = Array.ConvertAll(features.Rows, row => labels[row]);
        for (var f = 0; f < features.Names.Count; f++)
        {
            var at = subject.FeatureAt(features.Names[f]);
            if (Find(subject, features.Column(f), matrixLabels, $"the feature '{features.Names[f]}'", at) is { } finding) { yield return finding; }
        }
    }

    private static Finding? Find(ReviewSubject subject, float[] values, double[] labels, string what, SourceSpan at)
    {
        if (!subject.HasValues)
        {
            return Probe(values, labels) is { } evidence ? new(at, $"{what} alone orders the labels almost perfectly", evidence) : null;
        }
        var share = Measure.ExplainedShare(values, labels);
        if (!(share >= Most)) { return null; }
        return share >= TooMuch
            ? new(at, $"{what} alone orders the labels almost perfectly", $"{what} explains {Measure.Share(share)} of the label's ranks; bound {Measure.Share(TooMuch)}")
            : new(at, $"{what} alone explains most of the label: is it there when the decision is made?",
                $"{what} explains {Measure.Share(share)} of the label's ranks; asked from {Measure.Share(Most)}")
            {
                Severity = Severity.Warning,
            };
    }

    private static string? Probe(float[] values, double[] labels)
    {
        var auc = Measure.Auc(values, labels);
        var better = Math.Max(auc, 1 - auc);
        return better >= TooGood ? $"AUC {Measure.Number(better, 4)} alone; bound {TooGood}" : null;
    }
}
