using Lintel.Models.Conformal;
using Lintel.Numerics.Random;

namespace Lintel.Models.Tests.Conformal;

public sealed class AdaptiveQuantileTests
{
    /// <summary>Nine outcomes 1 to 9 above a quantile at 0: the (9 + 1) · 0.8 = 8th smallest has 80 % of them, and of a tenth, below it.</summary>
    [Fact]
    public void Shift_is_the_quantile_of_split_conformal_prediction()
    {
        var end = new AdaptiveQuantile(0.8, new() { Rate = 0 });
        foreach (var outcome in (double[])[5, 3, 9, 1, 7, 2, 8, 4, 6]) { end.Learn(-1, 0, 0, outcome); }
        end.Shift(-1).ShouldBe(8);
        end.Count.ShouldBe(9);
    }

    /// <summary>Every outcome missed: what is aimed for moves away, what split conformal prediction aims for does not.</summary>
    [Fact]
    public void Split_conformal_knows_outcomes_but_neither_hits_nor_misses()
    {
        var (adaptive, still) = (new AdaptiveQuantile(0.8, new() { Rate = 0.02, AtLeast = 5 }), new AdaptiveQuantile(0.8, new() { Rate = 0, AtLeast = 5 }));
        for (var i = 1; i <= 9; i++)
        {
            adaptive.Learn(i % 2, 0, -1, i);
            still.Learn(i % 2, 0, -1, i);
        }
        adaptive.SplitShift(-1).ShouldBe(8);
        adaptive.Shift(-1).ShouldBe(9);
        foreach (var slice in (int[])[-1, 0, 1, 2]) { adaptive.SplitShift(slice).ShouldBe(still.Shift(slice)); }
        // the odd ones, 1 to 9: (5 + 1) · 0.8 is the fifth of them; of the four even ones nobody is asked
        adaptive.SplitShift(1).ShouldBe(9);
        adaptive.SplitShift(0).ShouldBe(8);
        new AdaptiveQuantile(0.8, new()).SplitShift(-1).ShouldBe(0);
    }

    [Fact]
    public void An_end_that_is_too_far_out_comes_back()
    {
        var (low, high) = (new AdaptiveQuantile(0.1, new() { Rate = 0 }), new AdaptiveQuantile(0.9, new() { Rate = 0 }));
        for (var i = 0; i < 100; i++)
        {
            low.Learn(-1, -10, 0, i % 10);
            high.Learn(-1, 20, 0, i % 10);
        }
        low.Shift(-1).ShouldBeInRange(10, 11);
        high.Shift(-1).ShouldBeInRange(-12, -11);
    }

    /// <summary>The spread of outcomes doubles half way; the quantile that was fitted before does not know.</summary>
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.95)]
    public void Its_share_comes_back_when_the_world_changes(double level)
    {
        var end = new AdaptiveQuantile(level, new());
        var random = new RandomStream(5);
        var (below, counted) = (0, 0);
        for (var i = 0; i < 40_000; i++)
        {
            var (shift, outcome) = (end.Shift(-1), random.NextNormal() * (i < 20_000 ? 1 : 2));
            if (i is > 2_000 and < 20_000 or > 24_000)
            {
                counted++;
                below += outcome <= 1 + shift ? 1 : 0;
            }
            end.Learn(-1, 1, shift, outcome);
        }
        ((double)below / counted).ShouldBe(level, 0.01);
    }

    [Fact]
    public void A_slice_has_its_own_shift_when_it_has_outcomes_enough()
    {
        var end = new AdaptiveQuantile(0.8, new() { Rate = 0, AtLeast = 50 });
        for (var i = 0; i < 500; i++)
        {
            end.Learn(1, 0, 0, 10);
            end.Learn(2, 0, 0, 1);
            if (i < 49) { end.Learn(3, 0, 0, 100); }
        }
        end.Shift(1).ShouldBe(10);
        end.Shift(2).ShouldBe(1);
        end.Shift(3).ShouldBe(end.Shift(-1));
        end.Shift(4).ShouldBe(end.Shift(-1));
    }

    [Fact]
    public void Window_forgets_the_oldest_and_equals_a_sort_of_the_last()
    {
        var end = new AdaptiveQuantile(0.7, new() { Window = 50, Rate = 0 });
        var random = new RandomStream(9);
        List<double> outcomes = [];
        for (var i = 0; i < 1_000; i++)
        {
            // ties are many
            var outcome = Math.Round(3 * random.NextNormal());
            outcomes.Add(outcome);
            end.Learn(-1, 0, 0, outcome);
            double[] last = [.. outcomes.TakeLast(50).Order()];
            end.Shift(-1).ShouldBe(last[Math.Clamp((int)Math.Ceiling((last.Length + 1) * 0.7) - 1, 0, last.Length - 1)]);
        }
    }

    [Fact]
    public void Written_and_read_it_goes_on_as_if_it_had_not_stopped()
    {
        var settings = new ConformalParameters { Window = 100, AtLeast = 10 };
        var (one, random) = (new AdaptiveQuantile(0.9, settings), new RandomStream(2));
        for (var i = 0; i < 333; i++) { one.Learn(i % 3, 1, one.Shift(i % 3), 2 * random.NextNormal()); }
        using var bytes = new MemoryStream();
        one.Write(new BinaryWriter(bytes));
        var other = new AdaptiveQuantile(0.9, settings);
        other.Read(new BinaryReader(new MemoryStream(bytes.ToArray())));
        for (var i = 0; i < 500; i++)
        {
            var outcome = 3 * random.NextNormal();
            other.Shift(i % 4).ShouldBe(one.Shift(i % 4));
            one.Learn(i % 4, 1, one.Shift(i % 4), outcome);
            other.Learn(i % 4, 1, other.Shift(i % 4), outcome);
        }
        Should.Throw<InvalidDataException>(() => new AdaptiveQuantile(0.9, new() { Window = 20 }).Read(new BinaryReader(new MemoryStream(bytes.ToArray()))));
    }

    [Fact]
    public void What_is_no_number_teaches_nothing_and_slices_are_bounded()
    {
        var end = new AdaptiveQuantile(0.9, new() { Window = 20 });
        end.Learn(0, 0, 0, double.NaN);
        end.Learn(0, 0, 0, double.PositiveInfinity);
        end.Count.ShouldBe(0);
        end.Shift(0).ShouldBe(0);
        for (var slice = 0; slice < ConformalParameters.MostSlices + 100; slice++) { end.Learn(slice, 0, 0, slice); }
        using var bytes = new MemoryStream();
        end.Write(new BinaryWriter(bytes));
        bytes.Length.ShouldBeLessThan(64 * ConformalParameters.MostSlices);
    }
}
