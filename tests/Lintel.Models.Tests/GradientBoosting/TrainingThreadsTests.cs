using System.Diagnostics;
using Lintel.Models.GradientBoosting;

namespace Lintel.Models.Tests.GradientBoosting;

/// <summary>OpenMP's spinning threads once made two of them forty times slower than one; passive waiting is the cure.</summary>
public sealed class TrainingThreadsTests
{
    // more rows than the trainer keeps on one thread
    private static readonly TrainingRows Rows = SyntheticRows.Classification(130_000, missing: 0.02);

    private static readonly XGBoostParameters Settings = new() { Trees = 8, Depth = 6 };

    [Fact]
    public void Two_threads_never_take_three_times_as_long_as_one()
    {
        Seconds(1);
        var (one, two) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < 2; round++)
        {
            one = Math.Min(one, Seconds(1));
            two = Math.Min(two, Seconds(2));
        }
        two.ShouldBeLessThan(3 * one, $"one thread {one:F2} s, two {two:F2} s");
    }

    [Fact]
    public void Threads_do_not_change_a_byte()
    {
        Bytes(2).ShouldBe(Bytes(1));
        Bytes(3).ShouldBe(Bytes(1));
    }

    private static double Seconds(int threads)
    {
        var watch = Stopwatch.StartNew();
        new XGBoostTrainer().Fit(Settings, Rows, SyntheticRows.Context(threads: threads));
        return watch.Elapsed.TotalSeconds;
    }

    private static byte[] Bytes(int threads)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            new XGBoostTrainer().Fit(Settings, Rows, SyntheticRows.Context(threads: threads)).Write(writer);
        }
        return stream.ToArray();
    }
}
