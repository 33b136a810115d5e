using Lintel.Design;
using Lintel.Numerics.Random;
using Lintel.Training.Evaluation;
using Lintel.Training.Fitting;
using Lintel.Training.Metrics;

namespace Lintel.Training.Tests.Evaluation;

/// <summary>Refused decisions show their truth only where they were let through: weighted by the inverse of that chance, those
/// give the figures of all decisions back.</summary>
public sealed class PropensityTests
{
    private const int Rows = 40_000;
    private const double Share = 0.1;

    [Fact]
    public void Weighted_figures_agree_with_the_truth_and_others_do_not()
    {
        var random = new RandomStream(31);
        var (margins, labels, passes) = (new double[Rows], new float[Rows], new bool[Rows]);
        for (var i = 0; i < Rows; i++)
        {
            margins[i] = -4 + (6 * random.NextDouble() * random.NextDouble());
            labels[i] = random.NextDouble() < Probability(margins[i]) ? 1 : 0;
            passes[i] = margins[i] < -0.5 || random.NextDouble() < Share;
        }
        int[] all = [.. Enumerable.Range(0, Rows)];
        int[] seen = [.. all.Where(i => passes[i])];
        var truth = Figures(Judged(margins, labels, all, null));
        var weights = seen.Select(i => margins[i] < -0.5 ? 1 : 1 / Share).ToArray();
        var weighted = Figures(Judged(margins, labels, seen, weights));
        var plain = Figures(Judged(margins, labels, seen, null));
        foreach (var metric in new[] { "cost", "average-precision", "calibration" })
        {
            var exact = truth[metric].Test!.Value;
            weighted[metric].Interval![0]!.Value.ShouldBeLessThan(exact, metric);
            weighted[metric].Interval![1]!.Value.ShouldBeGreaterThan(exact, metric);
        }
        foreach (var metric in new[] { "cost", "average-precision" })
        {
            var (exact, interval) = (truth[metric].Test!.Value, plain[metric].Interval!);
            (exact < interval[0] || exact > interval[1]).ShouldBeTrue($"{metric}: {exact} in {interval[0]} to {interval[1]}");
        }
        LabelWeights.EffectiveCount(weights).ShouldBeInRange(0.3 * seen.Length, 0.9 * seen.Length);
        LabelWeights.EffectiveCount([2, 2, 2]).ShouldBe(3, 1e-12);
        LabelWeights.EffectiveCount([]).ShouldBe(0);
    }

    private static double Probability(double margin) => 1 / (1 + Math.Exp(-margin));

    private static Judged Judged(double[] margins, float[] labels, int[] rows, double[]? weights) => new()
    {
        Margins = [.. rows.Select(i => margins[i])],
        Probabilities = [.. rows.Select(i => Probability(margins[i]))],
        Labels = [.. rows.Select(i => labels[i])],
        Days = [.. rows.Select(static i => i % 60)],
        Weights = weights,
        Consequences = new()
        {
            Roles = [.. rows.Select(i => margins[i] < -0.5 ? OutcomeRole.Passed : OutcomeRole.Refused)],
            Missed = [.. rows.Select(static _ => 20.0)],
            Blocked = [.. rows.Select(static _ => 15.0)],
        },
    };

    private static SortedDictionary<string, Lintel.Pipeline.Versions.MetricResult> Figures(Judged rows)
    {
        static MetricDesign Metric(string kind) => new(kind, default, kind, null, null, false);
        return Evaluator.Evaluate(new()
        {
            Metrics = [Metric("cost"), Metric("average-precision"), Metric("calibration")],
            Test = rows,
            Seed = 1,
            Threads = 1,
        }).Metrics;
    }
}
