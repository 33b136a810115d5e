using Lintel.Monitoring.Quality;

namespace Lintel.Monitoring.Tests.Quality;

public sealed class LiveIntervalTests
{
    /// <summary>Expected: Wilson's formula in Python's floats; 8 of 10 as R's <c>prop.test(8, 10, correct = FALSE)</c> has it.</summary>
    [Theory]
    [InlineData(8, 10, 0.4901625, 0.9433178)]
    [InlineData(0, 10, 0, 0.2775328)]
    [InlineData(770, 1000, 0.7429132, 0.7950203)]
    public void Wilsons_interval_is_that_of_the_reference(double yes, double rows, double low, double high)
    {
        var interval = LiveInterval.Wilson(yes / rows, rows);
        interval.Low.ShouldBe(low, 1e-6);
        interval.High.ShouldBe(high, 1e-6);
    }

    [Fact]
    public void A_share_of_rows_that_stand_alone_is_Wilsons()
    {
        var tally = Rows(1_000, static i => i % 10 < 8 ? 1 : 0, together: 1);
        var interval = LiveInterval.OfShare(tally, [tally])!.Value;
        var wilson = LiveInterval.Wilson(0.8, 1_000);
        interval.Low.ShouldBe(wilson.Low, 1e-4);
        interval.High.ShouldBe(wilson.High, 1e-4);
    }

    [Fact]
    public void Rows_that_one_outcome_tells_count_once()
    {
        // three asks about each order, all late or none
        var tally = Rows(3_000, static i => i / 3 % 10 < 8 ? 1 : 0, together: 3);
        tally.Count.ShouldBe(3_000);
        tally.Clusters.ShouldBe(1_000);
        var interval = LiveInterval.OfShare(tally, [tally])!.Value;
        var wilson = LiveInterval.Wilson(0.8, 1_000);
        interval.Low.ShouldBe(wilson.Low, 1e-3);
        interval.High.ShouldBe(wilson.High, 1e-3);
        var mean = LiveInterval.OfMean(tally, [tally])!.Value;
        ((mean.High - mean.Low) / 2).ShouldBe(1.96 * Math.Sqrt(0.8 * 0.2 / 1_000), 1e-4);
    }

    [Fact]
    public void Steps_that_differ_more_than_their_rows_do_widen_a_mean()
    {
        // rain in every second hour
        var steps = Enumerable.Range(0, 20).Select(static h => Rows(100, i => (h % 2 * 10) + (i % 2), together: 1)).ToArray();
        var all = new Tally();
        foreach (var step in steps) { all.Add(step); }
        var wide = LiveInterval.OfMean(all, steps)!.Value;
        // 20 independent figures of 0.5 and 10.5
        ((wide.High - wide.Low) / 2).ShouldBe(1.96 * Math.Sqrt(25.0 / 19), 0.01);
        var few = LiveInterval.OfMean(all, steps.AsSpan(0, 9))!.Value;
        (few.High - few.Low).ShouldBeLessThan((wide.High - wide.Low) / 3);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_quantile_is_right_within_a_hundredth_and_its_interval_holds_it(double level)
    {
        var histogram = new LogHistogram();
        var tally = new Tally();
        for (var i = 0; i < 10_000; i++)
        {
            var value = -5 * Math.Log(1 - ((i + 0.5) / 10_000));
            histogram.Add(value);
            tally.Add(value);
            tally.Close();
        }
        var truth = -5 * Math.Log(1 - level);
        histogram.Quantile(level).ShouldBe(truth, 0.011 * truth);
        var interval = LiveInterval.OfQuantile(histogram, level, tally)!.Value;
        interval.Low.ShouldBeLessThan(truth);
        interval.High.ShouldBeGreaterThan(truth);
        interval.Low.ShouldBe(-5 * Math.Log(1 - level + (1.96 * Math.Sqrt(level * (1 - level) / 10_000))), 0.02 * truth);
    }

    [Fact]
    public void Histograms_of_stretches_add_up()
    {
        var (whole, first, second) = (new LogHistogram(), new LogHistogram(), new LogHistogram());
        for (var i = 0; i < 1_000; i++)
        {
            var value = i % 7 == 0 ? 0 : Math.Exp((i % 40) - 20);
            whole.Add(value);
            (i < 500 ? first : second).Add(value);
        }
        first.Add(double.NaN);
        first.Add(second);
        first.Count.ShouldBe(1_000);
        for (var q = 0.0; q <= 1; q += 0.05) { first.Quantile(q).ShouldBe(whole.Quantile(q)); }
        new LogHistogram().Quantile(0.5).ShouldBe(double.NaN);
    }

    private static Tally Rows(int count, Func<int, double> value, int together)
    {
        var tally = new Tally();
        for (var i = 0; i < count; i++)
        {
            tally.Add(value(i));
            if ((i + 1) % together == 0) { tally.Close(); }
        }
        return tally;
    }
}
