using Lintel.Decisions.Pages;

namespace Lintel.Decisions.Tests.Pages;

public sealed class StepReferenceTests
{
    [Fact]
    public void Page_is_current()
    {
        var path = Path.Combine(Repository(), StepReference.Path);
        if (Environment.GetEnvironmentVariable("LINTEL_UPDATE") == "1")
        {
            File.WriteAllText(path, StepReference.Generate());
        }
        File.ReadAllText(path).ShouldBe(
            StepReference.Generate(), $"{StepReference.Path} is out of date: run this test with LINTEL_UPDATE=1");
    }

    [Fact]
    public void Every_sentence_stands_there()
    {
        var page = StepReference.Generate();
        foreach (var kind in PageStepKinds.Kinds) { page.ShouldContain($"| `{kind.Sentence}` |"); }
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Lintel.slnx"))) { folder = Path.GetDirectoryName(folder)!; }
        return folder;
    }
}
