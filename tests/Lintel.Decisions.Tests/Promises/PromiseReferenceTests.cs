using Lintel.Decisions.Promises;

namespace Lintel.Decisions.Tests.Promises;

public sealed class PromiseReferenceTests
{
    [Fact]
    public void Page_is_current()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Lintel.slnx"))) { folder = Path.GetDirectoryName(folder)!; }
        var path = Path.Combine(folder, PromiseReference.Path);
        if (Environment.GetEnvironmentVariable("LINTEL_UPDATE") == "1") { File.WriteAllText(path, PromiseReference.Generate()); }
        File.ReadAllText(path).ShouldBe(
            PromiseReference.Generate(), $"{PromiseReference.Path} is out of date: run this test with LINTEL_UPDATE=1");
        foreach (var kind in PromiseStepKinds.Kinds) { PromiseReference.Generate().ShouldContain($"| `{kind.Sentence}` |"); }
    }
}
