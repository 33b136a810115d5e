using Lintel.Training.Metrics;

namespace Lintel.Training.Tests.Metrics;

public sealed class MetricReferenceTests
{
    [Fact]
    public void Page_is_current()
    {
        var path = Path.Combine(Repository(), MetricReference.Path);
        if (Environment.GetEnvironmentVariable("LINTEL_UPDATE") == "1")
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, MetricReference.Generate());
        }
        File.ReadAllText(path).ShouldBe(
            MetricReference.Generate(), $"{MetricReference.Path} is out of date: run this test with LINTEL_UPDATE=1");
    }

    [Fact]
    public void Every_metric_is_described()
    {
        var page = MetricReference.Generate();
        foreach (var metric in MetricKinds.All)
        {
            page.ShouldContain($"\n### {metric.Kind.Name}\n");
            metric.Conventions.Length.ShouldBeGreaterThan(20);
        }
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Lintel.slnx"))) { folder = Path.GetDirectoryName(folder)!; }
        return folder;
    }
}
