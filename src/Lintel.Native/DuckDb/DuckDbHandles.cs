// duckdb.h 1.5: what the C API hands out, each with the call that ends it
using System.Runtime.InteropServices;

namespace Lintel.Native.DuckDb;

/// <summary>Outcome of a call: 0 or an error; must be looked at.</summary>
internal enum DuckDbState
{
    Success = 0,
    Error = 1,
}

internal static class DuckDbStates
{
    /// <exception cref="NativeException">The call failed; <paramref name="message"/> is read only then.</exception>
    internal static void OrThrow(this DuckDbState state, string operation, Func<string?> message)
    {
        if (state != DuckDbState.Success)
        {
            throw new NativeException("DuckDB", operation, message() ?? "no message");
        }
    }

    internal static void OrThrow(this DuckDbState state, string operation) =>
        state.OrThrow(operation, static () => null);
}

internal sealed class DuckDbConfigHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        DuckDbLibrary.duckdb_destroy_config(ref handle);
        return true;
    }
}

internal sealed class DuckDbDatabaseHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        DuckDbLibrary.duckdb_close(ref handle);
        return true;
    }
}

internal sealed class DuckDbConnectionHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        DuckDbLibrary.duckdb_disconnect(ref handle);
        return true;
    }
}

/// <summary>A <c>duckdb_result</c>: 48 bytes of our own, filled and emptied by the library.</summary>
internal sealed unsafe class DuckDbResultHandle : SafeHandle
{
    internal DuckDbResultHandle()
        : base(0, ownsHandle: true) =>
        SetHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(DuckDbResultValue)));

    public override bool IsInvalid => handle == 0;

    /// <summary>The struct itself: one call takes it by value.</summary>
    internal DuckDbResultValue Value => *(DuckDbResultValue*)handle;

    protected override bool ReleaseHandle()
    {
        DuckDbLibrary.duckdb_destroy_result(handle);
        NativeMemory.Free((void*)handle);
        return true;
    }
}

/// <summary>Mirror of <c>duckdb_result</c>; only its size matters here.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DuckDbResultValue
{
    internal ulong DeprecatedColumnCount;
    internal ulong DeprecatedRowCount;
    internal ulong DeprecatedRowsChanged;
    internal nint DeprecatedColumns;
    internal nint DeprecatedErrorMessage;
    internal nint Internal;
}

internal sealed class DuckDbChunkHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        DuckDbLibrary.duckdb_destroy_data_chunk(ref handle);
        return true;
    }
}

internal sealed class DuckDbLogicalTypeHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        DuckDbLibrary.duckdb_destroy_logical_type(ref handle);
        return true;
    }
}

internal sealed class DuckDbAppenderHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    // a failure here is that of a flush which Complete() reports when it matters
    protected override bool ReleaseHandle() => DuckDbLibrary.duckdb_appender_destroy(ref handle) == DuckDbState.Success;
}
