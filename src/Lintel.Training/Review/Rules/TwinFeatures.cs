using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>Two features that say the same halve each other's importance.</summary>
internal sealed class TwinFeatures : IReviewRule
{
    private const double Same = 0.999;
    private const int MaxRows = 20_000;

    public RuleCard Card { get; } = new(
        "LT0454", "Two features say the same", Severity.Note, EvidenceKind.Features,
        "If you drop this feature, what changes?",
        "Pearson's correlation of each pair over rows where neither is missing (at most 20,000 of them, evenly taken): noted from 0.999 in size.",
        "Keep the cheaper one. Explanations split their credit between twins at will.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Evidence.Features is not { Rows.Length: > 1 } features) { yield break; }
        var step = Math.Max(1, (features.Rows.Length + MaxRows - 1) / MaxRows);
        for (var a = 0; a < features.Names.Count; a++)
        {
            for (var b = a + 1; b < features.Names.Count; b++)
            {
                var correlation = Correlation(features, a, b, step);
                if (!(Math.Abs(correlation) >= Same)) { continue; }
                yield return new(
                    subject.FeatureAt(features.Names[b]),
                    $"'{features.Names[b]}' and '{features.Names[a]}' carry the same values",
                    $"correlation {Measure.Number(correlation, 5)} over {Measure.Number((features.Rows.Length + step - 1) / step, 0)} rows");
            }
        }
    }

    private static double Correlation(FeatureEvidence features, int a, int b, int step)
    {
        double n = 0, meanA = 0, meanB = 0, squaresA = 0, squaresB = 0, products = 0;
        for (var row = 0; row < features.Rows.Length; row += step)
        {
            double x = features[row, a], y = features[row, b];
            if (double.IsNaN(x) || double.IsNaN(y)) { continue; }
            n++;
            var (dx, dy) = (x - meanA, y - meanB);
            meanA += dx / n;
            meanB += dy / n;
            squaresA += dx * (x - meanA);
            squaresB += dy * (y - meanB);
            products += dx * (y - meanB);
        }
        return n < 3 || squaresA == 0 || squaresB == 0 ? 0 : products / Math.Sqrt(squaresA * squaresB);
    }
}
