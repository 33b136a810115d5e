using Lintel.Design.Diagnostics;
using Lintel.Training.Splits;

namespace Lintel.Training.Review.Rules;

/// <summary>Features that moved between train and test will move again.</summary>
internal sealed class FeatureDrift : IReviewRule
{
    private const double Shifted = 0.2;

    public RuleCard Card { get; } = new(
        "LT0458", "A feature drifts between train and test", Severity.Warning, EvidenceKind.Features,
        "Are the rows that you will serve like the rows that you trained on?",
        "Population stability index of each feature, train against test, over train's deciles with missing as a bin of its own; from 0.2.",
        "Express it relative to its own past (a ratio), retrain more often, or accept it and watch it in 'monitor'.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Evidence is not { Features: { } features, Parts: { } parts }) { yield break; }
        // what ranges are moved by is there to follow a drift
        var moving = subject.Design.Range?.Ends.Select(static e => e.Shift).ToHashSet(StringComparer.Ordinal) ?? [];
        for (var f = 0; f < features.Names.Count; f++)
        {
            if (moving.Contains(features.Names[f])) { continue; }
            var train = features.Column(f, row => parts[row] == SplitPart.Train);
            var test = features.Column(f, row => parts[row] == SplitPart.Test);
            if (train.Length < 100 || test.Length < 100) { yield break; }
            var psi = Measure.Psi(train, test);
            if (psi > Shifted)
            {
                yield return new(
                    subject.FeatureAt(features.Names[f]),
                    $"'{features.Names[f]}' is distributed otherwise in test than in train",
                    $"PSI of {features.Names[f]}: {Measure.Number(psi, 2)}; bound {Shifted}");
            }
        }
    }
}
