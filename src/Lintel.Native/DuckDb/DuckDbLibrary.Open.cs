// duckdb.h 1.5: open, connect, configuration
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lintel.Native.DuckDb;

/// <summary>The C API as it is. Strings returned are borrowed unless said.</summary>
internal static partial class DuckDbLibrary
{
    private const string Library = NativeLibraries.DuckDb;

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial nint duckdb_library_version();

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial DuckDbState duckdb_create_config(out DuckDbConfigHandle config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial DuckDbState duckdb_set_config(DuckDbConfigHandle config, string name, string option);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial void duckdb_destroy_config(ref nint config);

    /// <param name="error">Ours: freed with <see cref="duckdb_free"/>.</param>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial DuckDbState duckdb_open_ext(
        string? path, out DuckDbDatabaseHandle database, DuckDbConfigHandle config, out nint error);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial void duckdb_close(ref nint database);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial DuckDbState duckdb_connect(DuckDbDatabaseHandle database, out DuckDbConnectionHandle connection);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial void duckdb_disconnect(ref nint connection);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial void duckdb_free(nint memory);
}
