using Lintel.Native.Posix;

namespace Lintel.Native.Tests.Posix;

public sealed class PosixTests
{
    [Fact]
    public void Nice_value_holds_for_its_own_thread_only()
    {
        if (!OperatingSystem.IsLinux()) { return; }
        var before = BackgroundThread.Nice();
        var (taken, inside) = (false, -1);
        var thread = new Thread(() =>
        {
            taken = BackgroundThread.BeNice(Math.Min(19, before + 3));
            inside = BackgroundThread.Nice();
        });
        thread.Start();
        thread.Join();
        (taken, inside).ShouldBe((true, Math.Min(19, before + 3)));
        BackgroundThread.Nice().ShouldBe(before);
        Should.Throw<ArgumentOutOfRangeException>(() => BackgroundThread.BeNice(20));
        Should.Throw<ArgumentOutOfRangeException>(() => BackgroundThread.BeNice(-1));
    }

    [Fact]
    public void Folder_is_synced_and_one_that_is_not_there_says_so()
    {
        if (!OperatingSystem.IsLinux()) { return; }
        var folder = Directory.CreateTempSubdirectory("lintel-sync-").FullName;
        DurableFolder.Sync(folder);
        Directory.Delete(folder);
        Should.Throw<IOException>(() => DurableFolder.Sync(folder)).Message.ShouldContain("cannot open the folder");
    }

    [Fact]
    public void Second_name_holds_the_same_bytes_and_outlives_the_first()
    {
        if (!OperatingSystem.IsLinux()) { return; }
        var folder = Directory.CreateTempSubdirectory("lintel-link-").FullName;
        var (first, second, symbolic) = (Path.Combine(folder, "first"), Path.Combine(folder, "zweite Datei ü"), Path.Combine(folder, "symbolic"));
        File.WriteAllText(first, "before");
        HardLink.TryMake(first, second).ShouldBeTrue();
        File.AppendAllText(first, " and after");
        File.ReadAllText(second).ShouldBe("before and after");
        File.CreateSymbolicLink(symbolic, first);
        HardLink.TryMake(symbolic, symbolic + "2").ShouldBeTrue();
        File.Delete(first);
        File.ReadAllText(symbolic + "2").ShouldBe("before and after");

        HardLink.TryMake(first, Path.Combine(folder, "third")).ShouldBeFalse();
        HardLink.TryMake(second, symbolic + "2").ShouldBeFalse();
        Directory.Delete(folder, recursive: true);
    }
}
