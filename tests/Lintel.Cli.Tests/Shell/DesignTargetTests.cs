using Lintel.Cli.Shell;
using Lintel.Cli.Tests.House;
using Lintel.Pipeline.Versions;

namespace Lintel.Cli.Tests.Shell;

public sealed class DesignTargetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-target-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_system_is_found_by_its_name()
    {
        var target = DesignTarget.Resolve("fraud", null, _folder);
        target.DesignPath.ShouldBe(Checkout.PathOf("systems", "fraud", "design.yaml"));
        target.System.ShouldBe("fraud");
        target.Workspace.Folder.ShouldBe(_folder);
        target.DataFolder.ShouldBe(Checkout.PathOf("systems", "fraud"));
    }

    [Fact]
    public void A_file_or_its_folder_is_a_design_of_its_own_workspace()
    {
        var path = Path.Combine(_folder, "design.yaml");
        File.WriteAllText(path, "lintel: 1\n");
        foreach (var named in new[] { path, _folder })
        {
            var target = DesignTarget.Resolve(named, null, null);
            target.DesignPath.ShouldBe(path);
            target.Workspace.Folder.ShouldBe(_folder);
            target.DataFolder.ShouldBe(_folder);
        }
    }

    [Fact]
    public void Data_come_from_the_option_then_the_world_then_the_design()
    {
        File.WriteAllText(Path.Combine(_folder, "design.yaml"), "lintel: 1\n");
        var world = DesignTarget.WorldFolder(new Workspace(_folder));
        Directory.CreateDirectory(world);
        DesignTarget.Resolve(_folder, null, null).DataFolder.ShouldBe(world);
        var own = Directory.CreateDirectory(Path.Combine(_folder, "own")).FullName;
        DesignTarget.Resolve(_folder, own, null).DataFolder.ShouldBe(own);
    }

    [Fact]
    public void What_is_not_there_is_named_with_what_is()
    {
        Should.Throw<UsageException>(() => DesignTarget.Resolve("farud", null, null)).Message
            .ShouldBe("there is no design file, folder or system 'farud'; systems here: ad-click, delivery-eta, fraud, recommendations");
        Should.Throw<UsageException>(() => DesignTarget.Resolve("fraud", Path.Combine(_folder, "gone"), null)).Message.ShouldContain("--data");
        Should.Throw<UsageException>(() => DesignTarget.FindWorkspace(_folder)).Message.ShouldContain("has no .lintel/ folder");
    }
}
