using Lintel.Numerics.Random;
using Lintel.Pipeline.Scoring;

namespace Lintel.Pipeline.Tests.Scoring;

public sealed class NoveltyScaleTests
{
    [Theory]
    [InlineData(0.5, 0.005)]
    [InlineData(0.93, 0.005)]
    [InlineData(0.998, 0.0005)]
    [InlineData(0.9999, 0.00005)]
    public void Position_is_the_share_below_finer_towards_the_unusual_end(double level, double tolerance)
    {
        var random = new RandomStream(5, 1);
        var scores = Enumerable.Range(0, 200_000).Select(_ => random.NextNormal()).ToArray();
        var scale = NoveltyScale.Of(scores);
        var score = scores.Order().ElementAt((int)(level * scores.Length));
        scale.Position(score).ShouldBe(level, tolerance);
    }

    [Fact]
    public void Position_rises_with_the_score_from_0_to_1()
    {
        var scale = NoveltyScale.Of([3, 1, 2, 2, 2, 7]);
        double[] asked = [double.NegativeInfinity, 0.5, 1, 1.5, 2, 3, 5, 7, 8, double.PositiveInfinity];
        var positions = asked.Select(scale.Position).ToArray();
        positions.ShouldBe(positions.Order());
        (positions[0], positions[1], positions[^2], positions[^1]).ShouldBe((0, 0, 1, 1));
        scale.Position(double.NaN).ShouldBe(double.NaN);
    }

    [Fact]
    public void Equal_scores_stand_below_none_of_each_other()
    {
        var scale = NoveltyScale.Of(Enumerable.Repeat(4.0, 50).ToArray());
        scale.Position(4).ShouldBe(0);
        scale.Position(3.9).ShouldBe(0);
        scale.Position(4.1).ShouldBe(1);
    }

    [Fact]
    public void Sketch_survives_its_file_to_the_bit_and_a_broken_one_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("lintel-scale-");
        try
        {
            var path = Path.Combine(folder.FullName, "novel.reference.json");
            var random = new RandomStream(9, 1);
            var scale = NoveltyScale.Of(Enumerable.Range(0, 5_000).Select(_ => random.NextDouble() - 0.7).ToArray());
            scale.Write(path);
            var again = NoveltyScale.Read(path);
            for (var score = -0.8; score < 0.4; score += 0.013) { again.Position(score).ShouldBe(scale.Position(score)); }
            new FileInfo(path).Length.ShouldBeLessThan(10_000);
            File.WriteAllText(path, """{ "levels": [0, 1], "scores": [2, 1] }""");
            Should.Throw<InvalidDataException>(() => NoveltyScale.Read(path)).Message.ShouldContain("not an ascending sketch");
        }
        finally { folder.Delete(recursive: true); }
    }
}
