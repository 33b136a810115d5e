using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Lintel.Native.Files;

/// <summary>Makes a folder's entries durable: a file that was created, renamed or deleted is so after a power loss only
/// when its folder was synced too.</summary>
public static partial class FolderSync
{
    private const string Library = "libc";

    private const int ReadOnly = 0;

    /// <summary>Syncs a folder; where the platform has no such call, nothing is done.</summary>
    /// <exception cref="IOException">The folder cannot be opened or synced.</exception>
    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS()) { return; }
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0) { throw Fault(folder, "opened"); }
        try
        {
            if (Sync(descriptor) != 0) { throw Fault(folder, "synced"); }
        }
        finally { _ = Close(descriptor); }
    }

    private static IOException Fault(string folder, string what)
    {
        var error = Marshal.GetLastPInvokeError();
        return new($"{folder}: the folder cannot be {what} ({new Win32Exception(error).Message})");
    }

    // <fcntl.h>, <unistd.h>: int open(const char *, int); int fsync(int); int close(int)
    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
