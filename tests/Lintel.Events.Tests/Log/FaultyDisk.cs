using Lintel.Events.Log;
using Microsoft.Win32.SafeHandles;

namespace Lintel.Events.Tests.Log;

/// <summary>A disk on which any call may fail.</summary>
internal sealed class FaultyDisk : LogDisk
{
    /// <summary>Calls so far.</summary>
    internal int Calls { get; private set; }

    /// <summary>Which call fails, from 1; 0: none. Those behind it fail too: a disk that broke stays broken.</summary>
    internal int FailsAt { get; init; }

    /// <summary>Calls behind the one that fails work again.</summary>
    internal bool Heals { get; init; }

    internal Action OnSync { get; set; } = static () => { };

    internal override SafeFileHandle Create(string path) => Count() is var _ ? base.Create(path) : null!;

    internal override void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long at)
    {
        if (Fails())
        {
            // half of it reaches the disk
            base.Write(file, bytes[..(bytes.Length / 2)], at);
            throw Fault();
        }
        base.Write(file, bytes, at);
    }

    internal override void Cut(SafeFileHandle file, long length)
    {
        Count();
        base.Cut(file, length);
    }

    internal override void Sync(SafeFileHandle file)
    {
        // no power fails here, so nothing needs to reach the disk itself
        Count();
        OnSync();
    }

    internal override void SyncFolder(string folder) => Count();

    internal override void Delete(string path)
    {
        Count();
        base.Delete(path);
    }

    private int Count() => Fails() ? throw Fault() : Calls;

    private bool Fails() => ++Calls >= FailsAt && FailsAt > 0 && (!Heals || Calls == FailsAt);

    private IOException Fault() => new($"call {Calls} fails");
}
