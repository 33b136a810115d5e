using Lintel.Numerics.Random;

namespace Lintel.Numerics.Tests.Random;

public sealed class RandomStreamTests
{
    /// <summary>SplitMix64 from state 1234567: the values printed by its authors' C code (prng.di.unimi.it/splitmix64.c).</summary>
    [Fact]
    public void Mix_of_successive_states_is_SplitMix64()
    {
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        for (var i = 0; i < expected.Length; i++)
        {
            RandomStream.Mix(1234567 + ((ulong)i * 0x9E3779B97F4A7C15)).ShouldBe(expected[i]);
        }
    }

    /// <summary>xoshiro256** from state 1, 2, 3, 4: the values of the reference C code, as in Rust's rand_xoshiro tests.</summary>
    [Fact]
    public void Numbers_are_those_of_the_reference_generator()
    {
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625,
            8476171486693032832, 10595114339597558777, 2904607092377533576,
        ];
        var stream = RandomStream.FromState(1, 2, 3, 4);
        foreach (var value in expected) { stream.NextUInt64().ShouldBe(value); }
    }

    /// <summary>The seeding that the documentation states, worked step by step.</summary>
    [Fact]
    public void Seed_and_stream_become_a_state_by_SplitMix64()
    {
        var golden = 0x9E3779B97F4A7C15;
        var start = 42ul ^ RandomStream.Mix(0x632BE59BD9B4E019 + 3);
        var expected = RandomStream.FromState(
            RandomStream.Mix(start), RandomStream.Mix(start + golden), RandomStream.Mix(start + (2 * golden)), RandomStream.Mix(start + (3 * golden)));
        var stream = new RandomStream(42, 3);
        for (var i = 0; i < 20; i++) { stream.NextUInt64().ShouldBe(expected.NextUInt64()); }
    }

    [Fact]
    public void Streams_and_seeds_differ()
    {
        var first = new HashSet<ulong>();
        for (var seed = 0ul; seed < 50; seed++)
        {
            for (var stream = 0ul; stream < 50; stream++) { first.Add(new RandomStream(seed, stream).NextUInt64()).ShouldBeTrue(); }
        }
    }

    [Fact]
    public void Uniform_numbers_have_the_moments_of_the_unit_interval()
    {
        var random = new RandomStream(1);
        double sum = 0, squares = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var x = random.NextDouble();
            x.ShouldBeInRange(0, double.BitDecrement(1));
            sum += x;
            squares += x * x;
        }
        (sum / 200_000).ShouldBe(0.5, 0.003);
        (squares / 200_000).ShouldBe(1 / 3.0, 0.003);
    }

    [Fact]
    public void Bounded_integers_are_even()
    {
        var random = new RandomStream(2);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++) { counts[random.NextInt32(7)]++; }
        counts.ShouldAllBe(c => Math.Abs(c - 10_000) < 450);
        Should.Throw<ArgumentOutOfRangeException>(() => random.NextInt32(0));
    }

    [Fact]
    public void Normal_and_Poisson_have_their_means_and_variances()
    {
        var random = new RandomStream(3);
        AssertMoments(Draw(random.NextNormal), 0, 1);
        AssertMoments(Draw(() => random.NextPoisson(2.5)), 2.5, 2.5);
        AssertMoments(Draw(() => random.NextPoisson(100)), 100, 100);
        random.NextPoisson(0).ShouldBe(0);
    }

    [Fact]
    public void Shuffle_keeps_every_item_and_moves_each_everywhere()
    {
        var random = new RandomStream(4);
        var firsts = new int[5];
        for (var i = 0; i < 5_000; i++)
        {
            int[] items = [0, 1, 2, 3, 4];
            random.Shuffle<int>(items);
            firsts[items[0]]++;
            items.Order().ShouldBe([0, 1, 2, 3, 4]);
        }
        firsts.ShouldAllBe(c => Math.Abs(c - 1_000) < 150);
    }

    private static double[] Draw(Func<double> next) => [.. Enumerable.Range(0, 100_000).Select(_ => next())];

    private static void AssertMoments(double[] values, double mean, double variance)
    {
        var m = values.Average();
        m.ShouldBe(mean, 5 * Math.Sqrt(variance / values.Length));
        values.Average(v => (v - m) * (v - m)).ShouldBe(variance, 0.03 * variance);
    }
}
