using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Lintel.Native.Posix;

/// <summary>The C library's calls that .NET does not offer (POSIX.1-2017; <c>gettid</c> is Linux's).</summary>
[SupportedOSPlatform("linux")]
internal static partial class PosixCalls
{
    internal const int PrioProcess = 0;
    internal const int OpenReadOnly = 0;
    internal const int OpenDirectory = 0x10000;
    internal const int OpenCloseOnExec = 0x80000;
    internal const int AtCurrentFolder = -100;
    internal const int AtSymlinkFollow = 0x400;

    [LibraryImport("libc", EntryPoint = "gettid")]
    internal static partial int GetThreadId();

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    internal static partial int SetPriority(int which, int who, int nice);

    [LibraryImport("libc", EntryPoint = "getpriority", SetLastError = true)]
    internal static partial int GetPriority(int which, int who);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Link(int fromFolder, string path, int toFolder, string name, int flags);
}
