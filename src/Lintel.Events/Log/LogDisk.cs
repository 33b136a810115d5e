using Lintel.Native.Posix;
using Microsoft.Win32.SafeHandles;

namespace Lintel.Events.Log;

/// <summary>Every call by which the log changes the disk, so that a test can let any of them fail.</summary>
internal class LogDisk
{
    internal virtual SafeFileHandle Create(string path) =>
        File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    internal virtual void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long at) =>
        RandomAccess.Write(file, bytes, at);

    internal virtual void Cut(SafeFileHandle file, long length) => RandomAccess.SetLength(file, length);

    internal virtual void Sync(SafeFileHandle file) => RandomAccess.FlushToDisk(file);

    internal virtual void SyncFolder(string folder) => DurableFolder.Sync(folder);

    internal virtual void Delete(string path) => File.Delete(path);
}
