using Lintel.Training.Ranking;

namespace Lintel.Training.Tests.Ranking;

public sealed class RankingMetricReferenceTests
{
    [Fact]
    public void Page_is_current()
    {
        var path = Path.Combine(Repository(), RankingMetricReference.Path);
        if (Environment.GetEnvironmentVariable("LINTEL_UPDATE") == "1") { File.WriteAllText(path, RankingMetricReference.Generate()); }
        File.ReadAllText(path).ShouldBe(
            RankingMetricReference.Generate(), $"{RankingMetricReference.Path} is out of date: run this test with LINTEL_UPDATE=1");
    }

    [Fact]
    public void Every_metric_is_described()
    {
        var page = RankingMetricReference.Generate();
        foreach (var metric in RankingMetricKinds.All)
        {
            page.ShouldContain($"\n### {metric.Kind.Name}\n");
            metric.Conventions.Length.ShouldBeGreaterThan(20);
            metric.Source.Length.ShouldBeGreaterThan(5);
        }
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Lintel.slnx"))) { folder = Path.GetDirectoryName(folder)!; }
        return folder;
    }
}
