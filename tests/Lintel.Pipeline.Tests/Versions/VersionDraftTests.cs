using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Tests.Versions;

public sealed class VersionDraftTests : IDisposable
{
    private readonly Workspace _workspace = new(Directory.CreateTempSubdirectory("lintel-draft-").FullName);

    [Fact]
    public void Drafts_of_dead_processes_go_and_those_of_living_ones_stay()
    {
        using var living = _workspace.NewVersion();
        // as a process that was killed leaves it: the file is there, and nobody holds it
        var dead = Draft(7);
        var lockFile = Path.Combine(dead, VersionDraft.OwnerFile);
        File.WriteAllText(lockFile, "");
        File.SetLastWriteTimeUtc(lockFile, File.GetLastWriteTimeUtc(lockFile).AddMinutes(-2));
        var begun = Draft(8);
        var earlier = Draft(9);
        Directory.SetLastWriteTimeUtc(earlier, Directory.GetLastWriteTimeUtc(begun).AddDays(-2));

        var halfDeleted = Directory.CreateDirectory(_workspace.VersionFolder(6) + ".gone").FullName;

        using var next = _workspace.NewVersion();
        (living.Number, next.Number).ShouldBe((1, 10));
        Directory.Exists(living.Folder).ShouldBeTrue();
        Directory.Exists(dead).ShouldBeFalse();
        Directory.Exists(begun).ShouldBeTrue();
        Directory.Exists(earlier).ShouldBeFalse();
        Directory.Exists(halfDeleted).ShouldBeFalse();
    }

    [Fact]
    public void Unfinished_draft_goes_with_its_owner()
    {
        string folder;
        using (var draft = _workspace.NewVersion())
        {
            folder = draft.Folder;
            File.WriteAllText(Path.Combine(folder, VersionFiles.Design), "");
        }
        Directory.GetFileSystemEntries(_workspace.VersionsFolder).ShouldBeEmpty();
        _workspace.NewVersion().Dispose();
    }

    [Fact]
    public void Draft_that_somebody_began_meanwhile_is_passed_over()
    {
        Directory.CreateDirectory(_workspace.VersionFolder(3));
        var drafts = new VersionDraft[20];
        Parallel.For(0, drafts.Length, i => drafts[i] = _workspace.NewVersion());
        drafts.Select(static d => d.Number).Order().ShouldBeUnique();
        foreach (var draft in drafts)
        {
            Directory.Exists(draft.Folder).ShouldBeTrue();
            draft.Number.ShouldBeGreaterThan(3);
            draft.Dispose();
        }
    }

    public void Dispose() => Directory.Delete(_workspace.Folder, recursive: true);

    private string Draft(int number)
    {
        var folder = _workspace.VersionFolder(number) + ".draft";
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "half"), "");
        return folder;
    }
}
