using Lintel.Models.Conformal;
using Lintel.Numerics.Random;

namespace Lintel.Models.Tests.Conformal;

public sealed class AdaptiveRangeTests
{
    /// <summary>Nine outcomes that miss a range of no width at 0 by 1 to 9: the (9 + 1) · 0.8 = 8th smallest score covers 80 % of them
    /// and of a tenth.</summary>
    [Fact]
    public void Shift_is_the_quantile_of_split_conformal_prediction()
    {
        var range = new AdaptiveRange(0.8, new() { Rate = 0, AtLeast = 1 });
        foreach (var outcome in (double[])[5, 3, 9, 1, 7, 2, 8, 4, 6]) { range.Learn(-1, 0, 0, 0, outcome); }
        range.Shift(-1).ShouldBe(8);
        range.Count.ShouldBe(9);
    }

    [Fact]
    public void A_range_that_is_too_wide_is_narrowed()
    {
        var range = new AdaptiveRange(0.8, new() { Rate = 0 });
        for (var i = 0; i < 100; i++) { range.Learn(-1, -10, 10, 0, i % 10); }
        // the largest score is 9 − 10
        range.Shift(-1).ShouldBeLessThan(0);
    }

    /// <summary>The spread of outcomes doubles half way; the quantiles that the range began with do not know.</summary>
    [Theory]
    [InlineData(0.8)]
    [InlineData(0.9)]
    public void Coverage_comes_back_when_the_world_changes(double cover)
    {
        var range = new AdaptiveRange(cover, new());
        var random = new RandomStream(5);
        var (inside, counted) = (0, 0);
        for (var i = 0; i < 40_000; i++)
        {
            var (shift, outcome) = (range.Shift(-1), random.NextNormal() * (i < 20_000 ? 1 : 2));
            if (i is > 2_000 and < 20_000 or > 24_000)
            {
                counted++;
                inside += outcome >= -1 - shift && outcome <= 1 + shift ? 1 : 0;
            }
            range.Learn(-1, -1, 1, shift, outcome);
        }
        ((double)inside / counted).ShouldBe(cover, 0.01);
    }

    [Fact]
    public void A_slice_has_its_own_range_when_it_has_outcomes_enough()
    {
        var range = new AdaptiveRange(0.8, new() { Rate = 0, AtLeast = 50 });
        for (var i = 0; i < 500; i++)
        {
            range.Learn(1, 0, 0, 0, 10);
            range.Learn(2, 0, 0, 0, 1);
            if (i < 49) { range.Learn(3, 0, 0, 0, 100); }
        }
        range.Shift(1).ShouldBe(10);
        range.Shift(2).ShouldBe(1);
        range.Shift(3).ShouldBe(range.Shift(-1));
        range.Shift(4).ShouldBe(range.Shift(-1));
    }

    [Fact]
    public void Window_forgets_the_oldest_and_equals_a_sort_of_the_last()
    {
        var settings = new RangeSettings { Window = 50, Rate = 0 };
        var range = new AdaptiveRange(0.7, settings);
        var random = new RandomStream(9);
        List<double> outcomes = [];
        for (var i = 0; i < 1_000; i++)
        {
            // ties are many
            var outcome = Math.Round(3 * random.NextNormal());
            outcomes.Add(outcome);
            range.Learn(-1, 0, 0, 0, outcome);
            double[] last = [.. outcomes.TakeLast(50).Select(Math.Abs).Order()];
            range.Shift(-1).ShouldBe(last[Math.Clamp((int)Math.Ceiling((last.Length + 1) * 0.7) - 1, 0, last.Length - 1)]);
        }
    }

    [Fact]
    public void Written_and_read_it_goes_on_as_if_it_had_not_stopped()
    {
        var settings = new RangeSettings { Window = 100, AtLeast = 10 };
        var (one, random) = (new AdaptiveRange(0.9, settings), new RandomStream(2));
        for (var i = 0; i < 333; i++) { one.Learn(i % 3, -1, 1, one.Shift(i % 3), 2 * random.NextNormal()); }
        using var bytes = new MemoryStream();
        one.Write(new BinaryWriter(bytes));
        var other = new AdaptiveRange(0.9, settings);
        other.Read(new BinaryReader(new MemoryStream(bytes.ToArray())));
        for (var i = 0; i < 500; i++)
        {
            var outcome = 3 * random.NextNormal();
            other.Shift(i % 4).ShouldBe(one.Shift(i % 4));
            one.Learn(i % 4, -1, 1, one.Shift(i % 4), outcome);
            other.Learn(i % 4, -1, 1, other.Shift(i % 4), outcome);
        }
        Should.Throw<InvalidDataException>(() => new AdaptiveRange(0.9, new() { Window = 5 }).Read(new BinaryReader(new MemoryStream(bytes.ToArray()))));
    }

    [Fact]
    public void What_is_no_number_teaches_nothing_and_slices_are_bounded()
    {
        var range = new AdaptiveRange(0.9, new() { Window = 2 });
        range.Learn(0, 0, 1, 0, double.NaN);
        range.Learn(0, 0, 1, 0, double.PositiveInfinity);
        range.Count.ShouldBe(0);
        range.Shift(0).ShouldBe(0);
        for (var slice = 0; slice < RangeSettings.MostSlices + 100; slice++) { range.Learn(slice, 0, 0, 0, slice); }
        using var bytes = new MemoryStream();
        range.Write(new BinaryWriter(bytes));
        bytes.Length.ShouldBeLessThan(64 * RangeSettings.MostSlices);
    }
}
