using System.Runtime.InteropServices;
using System.Text;

namespace Lintel.Native.DuckDb;

/// <summary>Fills an existing table, column-wise and chunk by chunk. <see cref="Complete"/> ends it; without it nothing is promised.</summary>
public sealed class DuckDbAppender : IDisposable
{
    /// <summary>Rows of one chunk: DuckDB's vector size.</summary>
    public const int ChunkRows = 2048;

    private readonly DuckDbAppenderHandle _appender;
    private readonly DuckDbChunkHandle _chunk;
    private readonly DuckDbType[] _types;

    /// <param name="types">Types of the table's columns, in order.</param>
    public DuckDbAppender(DuckDbConnection connection, string table, ReadOnlySpan<DuckDbType> types)
    {
        _types = types.ToArray();
        DuckDbLibrary.duckdb_appender_create(connection.Handle, null, table, out _appender)
            .OrThrow($"append to {table}", () => Marshal.PtrToStringUTF8(DuckDbLibrary.duckdb_appender_error(_appender!)));
        var handles = Array.ConvertAll(_types, static t => DuckDbLibrary.duckdb_create_logical_type(t));
        try
        {
            _chunk = DuckDbLibrary.duckdb_create_data_chunk(
                Array.ConvertAll(handles, static h => h.DangerousGetHandle()), (ulong)handles.Length);
        }
        finally
        {
            foreach (var handle in handles) { handle.Dispose(); }
        }
    }

    /// <summary>Writes a column of the chunk that <see cref="Append"/> sends.</summary>
    /// <param name="values">At most <see cref="ChunkRows"/>.</param>
    public unsafe void Set<T>(int column, ReadOnlySpan<T> values) where T : unmanaged
    {
        if (sizeof(T) != DuckDbChunk.WidthOf(_types[column]))
        {
            throw new ArgumentException($"column {column} is {_types[column]}, got {typeof(T).Name}", nameof(values));
        }
        values.CopyTo(new Span<T>((void*)DuckDbLibrary.duckdb_vector_get_data(Vector(column)), ChunkRows));
    }

    /// <summary>Writes one text of the chunk.</summary>
    public void SetText(int column, int row, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        DuckDbLibrary.duckdb_vector_assign_string_element_len(
            Vector(column), (ulong)row, in MemoryMarshal.GetReference<byte>(bytes.Length == 0 ? [0] : bytes), (ulong)bytes.Length);
    }

    /// <summary>Marks one row of the chunk's column as missing.</summary>
    public unsafe void SetMissing(int column, int row)
    {
        var vector = Vector(column);
        DuckDbLibrary.duckdb_vector_ensure_validity_writable(vector);
        var mask = (ulong*)DuckDbLibrary.duckdb_vector_get_validity(vector);
        mask[row >> 6] &= ~(1UL << (row & 63));
    }

    /// <summary>Sends the first rows of the chunk and empties it.</summary>
    public void Append(int rowCount)
    {
        DuckDbLibrary.duckdb_data_chunk_set_size(_chunk, (ulong)rowCount);
        DuckDbLibrary.duckdb_append_data_chunk(_appender, _chunk).OrThrow("append", Message);
        DuckDbLibrary.duckdb_data_chunk_reset(_chunk);
    }

    /// <summary>Ends the rows; the table holds them all.</summary>
    public void Complete() => DuckDbLibrary.duckdb_appender_close(_appender).OrThrow("end append", Message);

    public void Dispose()
    {
        _chunk.Dispose();
        _appender.Dispose();
    }

    private string? Message() => Marshal.PtrToStringUTF8(DuckDbLibrary.duckdb_appender_error(_appender));

    private nint Vector(int column) => DuckDbLibrary.duckdb_data_chunk_get_vector(_chunk, (ulong)column);
}
