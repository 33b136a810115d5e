// duckdb.h 1.5: appender, and the chunks that are filled for it
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lintel.Native.DuckDb;

internal static partial class DuckDbLibrary
{
    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial DuckDbLogicalTypeHandle duckdb_create_logical_type(DuckDbType type);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial void duckdb_destroy_logical_type(ref nint type);

    /// <param name="types">Borrowed for the call.</param>
    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial DuckDbChunkHandle duckdb_create_data_chunk([In] nint[] types, ulong columnCount);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial void duckdb_data_chunk_reset(DuckDbChunkHandle chunk);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial void duckdb_data_chunk_set_size(DuckDbChunkHandle chunk, ulong size);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial void duckdb_vector_ensure_validity_writable(nint vector);

    /// <param name="text">UTF-8, copied.</param>
    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial void duckdb_vector_assign_string_element_len(nint vector, ulong index, in byte text, ulong length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial DuckDbState duckdb_appender_create(
        DuckDbConnectionHandle connection, string? schema, string table, out DuckDbAppenderHandle appender);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial DuckDbState duckdb_append_data_chunk(DuckDbAppenderHandle appender, DuckDbChunkHandle chunk);

    /// <returns>Borrowed until the appender is destroyed; 0: no error.</returns>
    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial nint duckdb_appender_error(DuckDbAppenderHandle appender);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial DuckDbState duckdb_appender_close(DuckDbAppenderHandle appender);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial DuckDbState duckdb_appender_destroy(ref nint appender);
}
