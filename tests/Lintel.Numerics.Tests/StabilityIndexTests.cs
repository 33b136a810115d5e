using Lintel.Numerics.Random;

namespace Lintel.Numerics.Tests;

public sealed class StabilityIndexTests
{
    [Fact]
    public void Cuts_are_deciles_each_once()
    {
        StabilityIndex.Cuts([.. Enumerable.Range(1, 100).Select(static x => (double)x)]).ShouldBe([10, 20, 30, 40, 50, 60, 70, 80, 90]);
        StabilityIndex.Cuts([0, 0, 0, 0, 0, 0, 0, 0, 1, 1]).ShouldBe([0, 1]);
        StabilityIndex.Cuts([]).ShouldBeEmpty();
    }

    [Fact]
    public void A_bin_ends_with_its_cut_and_missing_has_the_last()
    {
        double[] cuts = [10, 20];
        new[] { -5, 10, 10.5, 20, 21, double.NaN }.Select(x => StabilityIndex.Bin(cuts, x)).ShouldBe([0, 0, 1, 1, 2, 3]);
        StabilityIndex.BinCount(cuts.Length).ShouldBe(4);
    }

    [Fact]
    public void Index_is_the_sum_over_bins()
    {
        // (0.75 − 0.5) ln(0.75 / 0.5) + (0.25 − 0.5) ln(0.25 / 0.5)
        StabilityIndex.Of([50, 50], [75, 25]).ShouldBe((0.25 * Math.Log(1.5)) - (0.25 * Math.Log(0.5)), 1e-12);
        StabilityIndex.Of([50, 50, 0], [500, 500, 0]).ShouldBe(0);
        StabilityIndex.Of([100, 0], [0, 100]).ShouldBe(2 * (1 - 1e-4) * Math.Log(1e4), 1e-9);
        StabilityIndex.Of([1, 1], [0, 0]).ShouldBe(double.NaN);
    }

    [Fact]
    public void Of_samples_of_one_distribution_it_is_about_the_noise()
    {
        var random = new RandomStream(5);
        var sum = 0.0;
        for (var run = 0; run < 200; run++)
        {
            var (before, now) = (Sample(1_000), Sample(400));
            var cuts = StabilityIndex.Cuts(before.Order().ToArray());
            sum += StabilityIndex.Of(Counts(cuts, before), Counts(cuts, now));
        }
        (sum / 200).ShouldBe(StabilityIndex.Noise(10, 1_000, 400), 0.15 * StabilityIndex.Noise(10, 1_000, 400));

        double[] Sample(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        static long[] Counts(double[] cuts, double[] values)
        {
            var counts = new long[StabilityIndex.BinCount(cuts.Length)];
            foreach (var value in values) { counts[StabilityIndex.Bin(cuts, value)]++; }
            return counts;
        }
    }
}
