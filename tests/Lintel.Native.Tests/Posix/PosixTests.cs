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
}
