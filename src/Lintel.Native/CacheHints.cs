using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Lintel.Native;

/// <summary>Tells the processor what will be read soon. Never changes a result; nothing on processors that have no such hint.</summary>
public static class CacheHints
{
    /// <summary>Begins to bring the cache line of a place into all caches. The place may lie past the end of its object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Load<T>(ref readonly T place)
    {
        if (Sse.IsSupported) { Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place))); }
    }
}
