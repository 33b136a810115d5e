// duckdb.h 1.5: query execution, result functions, data chunks and vectors
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lintel.Native.DuckDb;

internal static partial class DuckDbLibrary
{
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial DuckDbState duckdb_query(DuckDbConnectionHandle connection, string query, DuckDbResultHandle result);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial void duckdb_destroy_result(nint result);

    /// <returns>Borrowed until the result is destroyed; 0: no error.</returns>
    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial nint duckdb_result_error(DuckDbResultHandle result);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial ulong duckdb_column_count(DuckDbResultHandle result);

    /// <returns>Borrowed until the result is destroyed.</returns>
    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial nint duckdb_column_name(DuckDbResultHandle result, ulong column);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial DuckDbType duckdb_column_type(DuckDbResultHandle result, ulong column);

    /// <returns>Ours; invalid at the end.</returns>
    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial DuckDbChunkHandle duckdb_fetch_chunk(DuckDbResultValue result);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial void duckdb_destroy_data_chunk(ref nint chunk);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial ulong duckdb_data_chunk_get_size(DuckDbChunkHandle chunk);

    /// <returns>Borrowed from the chunk.</returns>
    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial nint duckdb_data_chunk_get_vector(DuckDbChunkHandle chunk, ulong column);

    /// <returns>Borrowed from the chunk.</returns>
    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial nint duckdb_vector_get_data(nint vector);

    /// <returns>One bit a row, 1 = there; 0: all are there.</returns>
    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial nint duckdb_vector_get_validity(nint vector);
}
