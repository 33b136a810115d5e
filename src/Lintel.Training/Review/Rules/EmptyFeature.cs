using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>A feature without variation carries nothing.</summary>
internal sealed class EmptyFeature : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0453", "A feature that is constant or almost always missing", Severity.Warning, EvidenceKind.Features,
        "What does this feature look like on real rows?",
        "Share of missing values (from 95 %) and number of different values (one) over the feature matrix.",
        "Mend its expression or its window, give it a default with '??', or leave it out.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Evidence.Features is not { Rows.Length: > 0 } features) { yield break; }
        for (var f = 0; f < features.Names.Count; f++)
        {
            var column = features.Column(f);
            var missing = (double)column.Count(float.IsNaN) / column.Length;
            var different = column.Where(static v => !float.IsNaN(v)).Distinct().Take(2).Count();
            var at = subject.FeatureAt(features.Names[f]);
            if (missing >= 0.95)
            {
                yield return new(
                    at,
                    $"'{features.Names[f]}' is almost always missing",
                    $"{Measure.Share(missing)} of {Measure.Number(column.Length, 0)} rows");
            }
            else if (different == 1)
            {
                var value = column.First(static v => !float.IsNaN(v));
                yield return new(
                    at,
                    $"'{features.Names[f]}' has one value",
                    $"{Measure.Number(value, 4)} on all {Measure.Number(column.Length, 0)} rows"
                    + (missing > 0 ? $" but {Measure.Share(missing)} missing" : ""));
            }
        }
    }
}
