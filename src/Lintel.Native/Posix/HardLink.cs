namespace Lintel.Native.Posix;

/// <summary>A second name for a file's bytes: they stay until the last of their names is deleted.</summary>
public static class HardLink
{
    /// <summary>Gives a file one name more; of a symbolic link, the file that it points to.</summary>
    /// <param name="name">Must not be there yet.</param>
    /// <returns>False: nothing was made, as the name is taken or on another volume, or the file system or the system has no
    /// links. Linux only.</returns>
    public static bool TryMake(string path, string name) =>
        OperatingSystem.IsLinux()
        && PosixCalls.Link(PosixCalls.AtCurrentFolder, path, PosixCalls.AtCurrentFolder, name, PosixCalls.AtSymlinkFollow) == 0;
}
