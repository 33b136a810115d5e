using Lintel.Numerics.Random;

namespace Lintel.Decisions.Tests.Thresholds;

public sealed class ThresholdSearchTests
{
    [Fact]
    public void A_precision_is_really_reached_and_no_lower_margin_reaches_it()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            var (margins, labels) = Random(seed);
            var goal = new RandomStream(seed, 3).NextDouble();
            var margin = ThresholdSearch.ForPrecision(margins, labels, goal);
            if (margin is { } m) { PrecisionFrom(margins, labels, m).ShouldBeGreaterThanOrEqualTo(goal); }
            foreach (var lower in margins.Where(x => margin is null || x < margin))
            {
                var precision = PrecisionFrom(margins, labels, lower);
                if (!double.IsNaN(precision)) { precision.ShouldBeLessThan(goal, $"seed {seed}"); }
            }
        }
    }

    [Fact]
    public void A_recall_is_reached_and_no_higher_margin_reaches_it()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            var (margins, labels) = Random(seed);
            var positives = labels.Count(static l => l > 0);
            if (positives == 0) { continue; }
            var needed = 1 + new RandomStream(seed, 3).NextInt32(positives);
            var margin = ThresholdSearch.ForRecall(margins, labels, needed).ShouldNotBeNull();
            CaughtFrom(margins, labels, margin).ShouldBeGreaterThanOrEqualTo(needed);
            foreach (var higher in margins.Where(x => x > margin)) { CaughtFrom(margins, labels, higher).ShouldBeLessThan(needed); }
        }
    }

    [Fact]
    public void A_count_is_not_passed_and_any_lower_margin_passes_it()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            var (margins, _) = Random(seed);
            var most = new RandomStream(seed, 3).NextDouble() * margins.Length;
            var margin = ThresholdSearch.ForCount(margins, most);
            if (margin is { } m) { margins.Count(x => x >= m).ShouldBeLessThanOrEqualTo((int)most); }
            foreach (var lower in margins.Where(x => margin is null || x < margin))
            {
                margins.Count(x => x >= lower).ShouldBeGreaterThan((int)most);
            }
        }
    }

    [Fact]
    public void Unknown_labels_do_not_count_and_missing_margins_never_reach()
    {
        double[] margins = [5, 4, 3, double.NaN];
        float[] labels = [1, float.NaN, 0, 1];
        ThresholdSearch.ForPrecision(margins, labels, 0.9).ShouldBe(4);
        ThresholdSearch.ForRecall(margins, labels, 2).ShouldBeNull();
        ThresholdSearch.ForCount(margins, 10).ShouldBe(3);
    }

    [Fact]
    public void A_precision_that_is_met_to_the_digit_is_met()
    {
        float[] labels = [.. Enumerable.Range(0, 100).Select(static i => i < 7 ? 1f : 0f)];
        ThresholdSearch.ForPrecision(new double[100], labels, 0.07).ShouldBe(0);
    }

    [Fact]
    public void Nothing_reaches_anything()
    {
        ThresholdSearch.ForPrecision([], [], 0).ShouldBeNull();
        ThresholdSearch.ForPrecision([1, 2], [0, 0], 0.5).ShouldBeNull();
        ThresholdSearch.ForRecall([], [], 1).ShouldBeNull();
        ThresholdSearch.ForCount([1, 1, 1], 2).ShouldBeNull();
    }

    private static double PrecisionFrom(double[] margins, float[] labels, double margin)
    {
        double hits = 0, known = 0;
        for (var i = 0; i < margins.Length; i++)
        {
            if (!(margins[i] >= margin) || float.IsNaN(labels[i])) { continue; }
            known++;
            hits += labels[i];
        }
        return hits / known;
    }

    private static int CaughtFrom(double[] margins, float[] labels, double margin) =>
        Enumerable.Range(0, margins.Length).Count(i => margins[i] >= margin && labels[i] > 0);

    private static (double[] Margins, float[] Labels) Random(ulong seed)
    {
        var random = new RandomStream(seed);
        var count = 1 + random.NextInt32(60);
        double[] margins = [.. Enumerable.Range(0, count).Select(_ => (double)random.NextInt32(15))];
        float[] labels = [.. margins.Select(m => random.NextDouble() < 0.1 ? float.NaN : random.NextDouble() < m / 20 ? 1 : 0)];
        return (margins, labels);
    }
}
