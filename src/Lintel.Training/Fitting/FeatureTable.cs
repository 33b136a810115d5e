using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;
using Lintel.Design;
using Lintel.Numerics.Random;

namespace Lintel.Training.Fitting;

/// <summary>What a version says of its features: values on train, weight in the score on test.</summary>
internal static class FeatureTable
{
    /// <summary>Rows whose contributions are averaged; more would not move the second digit.</summary>
    private const int ImportanceRows = 2_000;

    public static IReadOnlyList<FeatureSummary> Of(
        SystemDesign design, Examples examples, ScoringGraph graph, int[] train, int[] test, ulong seed,
        IReadOnlyList<string> names)
    {
        var importance = Importance(examples, graph, test, seed);
        var expressions = design.Features.ToDictionary(static f => f.Name, static f => f.Text);
        var summaries = new FeatureSummary[names.Count];
        for (var f = 0; f < summaries.Length; f++)
        {
            var values = new float[train.Length];
            var (sum, count, min, max) = (0.0, 0, double.PositiveInfinity, double.NegativeInfinity);
            foreach (var row in train)
            {
                var value = examples.Features[(row * examples.FeatureCount) + f];
                if (float.IsNaN(value)) { continue; }
                sum += value;
                values[count++] = value;
                min = Math.Min(min, value);
                max = Math.Max(max, value);
            }
            summaries[f] = new(
                names[f], expressions[names[f]], 1 - ((double)count / Math.Max(1, train.Length)),
                count == 0 ? null : sum / count, count == 0 ? null : min, count == 0 ? null : max, importance[f])
            {
                Low = Percentile(values.AsSpan(0, count), 0.01),
                High = Percentile(values.AsSpan(0, count), 0.99),
            };
        }
        return summaries;
    }

    /// <summary>The value at a share of the order (nearest rank); sorts in place.</summary>
    private static double? Percentile(Span<float> values, double share)
    {
        if (values.IsEmpty) { return null; }
        values.Sort();
        return values[(int)(share * (values.Length - 1))];
    }

    /// <summary>Mean absolute contribution to the final margin over a sample of the test rows.</summary>
    private static double[] Importance(Examples examples, ScoringGraph graph, int[] test, ulong seed)
    {
        var sample = test.ToArray();
        new RandomStream(seed, stream: 0xFEA7).Shuffle<int>(sample);
        sample = sample[..Math.Min(ImportanceRows, sample.Length)];
        var total = new double[examples.FeatureCount];
        var features = new double[total.Length];
        var contributions = new double[total.Length];
        foreach (var row in sample)
        {
            for (var f = 0; f < features.Length; f++) { features[f] = examples.Features[(row * features.Length) + f]; }
            _ = graph.Explain(features, contributions);
            for (var f = 0; f < total.Length; f++) { total[f] += Math.Abs(contributions[f]); }
        }
        for (var f = 0; f < total.Length; f++) { total[f] /= Math.Max(1, sample.Length); }
        return total;
    }
}
