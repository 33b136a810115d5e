using System.Runtime.InteropServices;

namespace Lintel.Native.Posix;

/// <summary>Makes a folder's entries durable: after a rename the file is on disk, its new name is not yet.</summary>
public static class DurableFolder
{
    /// <summary>Syncs a folder. On systems that cannot, nothing.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void Sync(string folder)
    {
        if (!OperatingSystem.IsLinux()) { return; }
        const int Flags = PosixCalls.OpenReadOnly | PosixCalls.OpenDirectory | PosixCalls.OpenCloseOnExec;
        var file = PosixCalls.Open(folder, Flags, 0);
        if (file < 0) { throw Fault("open", folder); }
        try
        {
            if (PosixCalls.Sync(file) != 0) { throw Fault("sync", folder); }
        }
        finally { _ = PosixCalls.Close(file); }
    }

    private static IOException Fault(string what, string folder) =>
        new($"{folder}: cannot {what} the folder ({Marshal.GetLastPInvokeErrorMessage()}); what was renamed in it may not survive a power loss.");
}
